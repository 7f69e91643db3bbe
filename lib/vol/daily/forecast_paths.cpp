#include "vol/daily/forecast_paths.hpp"

#include <fmt/format.h>

#include <iterator>
#include <optional>
#include <span>

#include "vol/bars/bar_sums.hpp"
#include "vol/daily/day_models.hpp"

namespace tidemark::vol {
namespace {

using Path = Result<std::vector<double>>;

Path estimator_path(const DaySeries& days, std::size_t first, std::size_t which) {
    std::vector<double> path;
    for (std::size_t day = first; day < days.size(); ++day) path.push_back(days.estimates()[day - 1][which]);
    return path;
}

/// A sum that takes one variance a day and knows the next.
template <class Sum>
Path sum_path(Sum sum, std::span<const double> variances, std::size_t first) {
    std::vector<double> path;
    for (std::size_t day = 0; day < variances.size(); ++day) {
        if (day >= first) path.push_back(sum.variance_per_bar());
        sum.add_variance(variances[day]);
    }
    return path;
}

Path riskmetrics2006_path(std::span<const double> variances, std::size_t first) {
    const auto sum = RiskMetrics2006Sum::make({}, 1.0);
    if (!sum) return sum.error();
    return sum_path(*sum, variances, first);
}

Path har_path(const DaySeries& days, std::size_t first, HarScale scale) {
    const std::span<const double> variances{days.variances()};
    std::vector<double> path;
    for (std::size_t day = first; day < days.size(); ++day) {
        const auto fit = har({variances.first(day), {}, {}, {}}, har_crypto(scale));
        if (!fit) return fit.error();
        path.push_back(fit->forecast);
    }
    return path;
}

Path garch_path(const DaySeries& days, std::size_t first, const GarchSpec& spec) {
    const std::span<const double> returns{days.returns()};
    std::optional<GarchParameters> parameters;
    std::vector<double> path;
    for (std::size_t day = first; day < days.size(); ++day) {
        if ((day - first) % refit_days == 0) {
            const auto fit = garch_fit(returns.first(day), spec);
            if (!fit) return fit.error();
            if (fit->status != FitStatus::not_converged) parameters = fit->parameters;
        }
        if (!parameters)
            return Error{Errc::no_convergence, fmt::format("the fit to the first {} days gave none", first),
                         "", 0};
        const auto run = garch_filter(returns.first(day), spec, *parameters);
        if (!run) return run.error();
        const double scale = residual_scale(residuals_of(returns.first(day), parameters->mu, run->variances));
        path.push_back(run->next_variance * scale * scale);
    }
    return path;
}

Path model_path(const DaySeries& days, std::size_t first, const DayModel& model) {
    if (const auto* const scale = std::get_if<HarScale>(&model.spec)) return har_path(days, first, *scale);
    return garch_path(days, first, std::get<GarchSpec>(model.spec));
}

}  // namespace

std::vector<ForecastPath> forecast_paths(const DaySeries& days, std::size_t first) {
    std::vector<ForecastPath> paths;
    for (std::size_t which = 0; which < std::size(bar_sums); ++which)
        paths.push_back({std::string{bar_sums[which].name}, estimator_path(days, first, which)});
    std::vector<double> squares;
    for (const double r : days.returns()) squares.push_back(r * r);
    paths.push_back({"ewma-daily", sum_path(EwmaSum{}, squares, first)});
    paths.push_back({"ewma-realized", sum_path(EwmaSum{}, days.variances(), first)});
    paths.push_back({"riskmetrics2006-daily", riskmetrics2006_path(squares, first)});
    paths.push_back({"riskmetrics2006-realized", riskmetrics2006_path(days.variances(), first)});
    for (const NamedDayModel& day : day_models)
        paths.push_back({std::string{day.name}, model_path(days, first, day.model)});
    return paths;
}

}  // namespace tidemark::vol
