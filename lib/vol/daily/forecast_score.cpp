#include "vol/daily/forecast_score.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "stats/backtest/christoffersen.hpp"
#include "stats/distributions/normal.hpp"
#include "stats/optimise/least_squares.hpp"
#include "vol/daily/forecast_paths.hpp"

namespace tidemark::vol {
namespace {

Status put_losses(ForecastScore& out, std::span<const double> forecasts, std::span<const double> variances) {
    double squared = 0.0, forecast = 0.0, realised = 0.0, qlike = 0.0;
    for (std::size_t day = 0; day < forecasts.size(); ++day) {
        const auto loss = stats::qlike(variances[day], forecasts[day]);
        if (!loss) return loss.error();
        out.losses.push_back(*loss);
        qlike += *loss;
        squared += (forecasts[day] - variances[day]) * (forecasts[day] - variances[day]);
        forecast += forecasts[day];
        realised += variances[day];
    }
    const auto days = static_cast<double>(forecasts.size());
    out.qlike = qlike / days;
    out.mse = squared / days;
    out.bias = forecast / realised;
    return Ok{};
}

/// In units of the mean variance, so that the fit does not depend on the unit.
Status put_regression(ForecastScore& out, std::span<const double> forecasts,
                      std::span<const double> variances) {
    double unit = 0.0;
    for (const double v : variances) unit += v / static_cast<double>(variances.size());
    stats::Design design{{}, 2};
    std::vector<double> target;
    for (std::size_t day = 0; day < forecasts.size(); ++day) {
        design.values.insert(design.values.end(), {1.0, forecasts[day] / unit});
        target.push_back(variances[day] / unit);
    }
    const auto fit = stats::least_squares(design, target);
    if (!fit) return fit.error();
    out.intercept = fit->coefficients[0] * unit;
    out.slope = fit->coefficients[1];
    out.r_squared = fit->r_squared;
    return Ok{};
}

Status put_coverage(ForecastScore& out, std::span<const double> forecasts, std::span<const double> returns) {
    const auto quantile = stats::normal_quantile(forecast_var_probability);
    if (!quantile) return quantile.error();
    std::vector<int> failed;
    for (std::size_t day = 0; day < forecasts.size(); ++day)
        failed.push_back(returns[day] < *quantile * std::sqrt(forecasts[day]) ? 1 : 0);
    out.failures = std::count(failed.begin(), failed.end(), 1);
    const auto days = static_cast<std::int64_t>(failed.size());
    const auto kupiec = stats::proportion_of_failures(out.failures, days, forecast_var_probability);
    if (!kupiec) return kupiec.error();
    const stats::TransitionCounts counts = stats::transition_counts(failed);
    const auto clusters = stats::independence(counts);
    if (!clusters) return clusters.error();
    const auto both = stats::conditional_coverage(counts, out.failures, days, forecast_var_probability);
    if (!both) return both.error();
    out.kupiec_p = kupiec->p_value;
    out.independence_p = clusters->test.p_value;
    out.coverage_p = both->p_value;
    return Ok{};
}

Contender judge(const ForecastPath& path, std::span<const double> variances,
                std::span<const double> returns) {
    if (!path.variances) return {path.name, path.variances.error(), {}};
    return {path.name, forecast_score(*path.variances, variances, returns), {}};
}

void rank(std::vector<Contender>& ranking) {
    std::stable_sort(ranking.begin(), ranking.end(), [](const Contender& a, const Contender& b) {
        if (!a.score || !b.score) return static_cast<bool>(a.score) && !b.score;
        return a.score->qlike < b.score->qlike;
    });
    for (Contender& contender : ranking) {
        if (!contender.score || &contender == &ranking.front()) continue;
        const auto test = stats::diebold_mariano(contender.score->losses, ranking.front().score->losses, 1);
        if (test) contender.against_best = *test;
    }
}

}  // namespace

Result<ForecastScore> forecast_score(std::span<const double> forecasts, std::span<const double> variances,
                                     std::span<const double> returns) {
    if (forecasts.size() != variances.size() || forecasts.size() != returns.size())
        return Error{
            Errc::out_of_domain,
            fmt::format("want as many forecasts as days, got {} and {}", forecasts.size(), variances.size()),
            "", 0};
    if (forecasts.size() < 3)
        return Error{Errc::not_enough_data, fmt::format("want at least 3 days, got {}", forecasts.size()), "",
                     0};
    ForecastScore out;
    if (const Status put = put_losses(out, forecasts, variances); !put) return put.error();
    if (const Status put = put_regression(out, forecasts, variances); !put) return put.error();
    if (const Status put = put_coverage(out, forecasts, returns); !put) return put.error();
    return out;
}

Result<ForecastContest> forecast_contest(const DaySeries& days) {
    if (days.size() < contest_min_days)
        return Error{
            Errc::not_enough_data,
            fmt::format("evaluation wants at least {} whole days, got {}", contest_min_days, days.size()), "",
            0};
    const std::size_t first = std::min(contest_training_days, days.size() / 2);
    ForecastContest out;
    out.training_days = static_cast<std::int64_t>(first);
    out.days = static_cast<std::int64_t>(days.size() - first);
    for (const ForecastPath& path : forecast_paths(days, first))
        out.ranking.push_back(judge(path, std::span{days.variances()}.subspan(first),
                                    std::span{days.returns()}.subspan(first)));
    rank(out.ranking);
    return out;
}

}  // namespace tidemark::vol
