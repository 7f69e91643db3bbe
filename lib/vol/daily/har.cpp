#include "vol/daily/har.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tidemark::vol {
namespace {

Error senseless(const char* what) {
    return {Errc::out_of_range, what, "", 0};
}

bool fits(std::span<const double> optional, std::size_t size, double least) {
    if (optional.empty()) return true;
    return optional.size() == size && std::all_of(optional.begin(), optional.end(), [least](double x) {
               return x >= least && std::isfinite(x);
           });
}

Status check(const HarSeries& series, const HarSpec& spec) {
    if (spec.windows.empty() || spec.horizon == 0 ||
        std::find(spec.windows.begin(), spec.windows.end(), std::size_t{0}) != spec.windows.end()) {
        return senseless("want windows and a horizon of at least 1 period");
    }
    const std::size_t n = series.variance.size();
    if (!fits(series.variance, n, 0.0) || !fits(series.down, n, 0.0) || !fits(series.up, n, 0.0) ||
        !fits(series.jump, n, 0.0)) {
        return senseless("want finite measures of at least 0, all as many as there are variances");
    }
    if (series.down.empty() != series.up.empty()) return senseless("want both semivariances or neither");
    const auto zero = [](std::span<const double> some) {
        return std::find(some.begin(), some.end(), 0.0) != some.end();
    };
    if (spec.scale == HarScale::log && (zero(series.variance) || zero(series.down) || zero(series.up))) {
        return senseless("a variance of 0 has no logarithm: use the sqrt scale");
    }
    return Ok{};
}

double scaled(double variance, HarScale scale) {
    if (scale == HarScale::sqrt) return std::sqrt(variance);
    return scale == HarScale::log ? std::log(variance) : variance;
}

double unscaled(double forecast, double residual_variance, HarScale scale) {
    if (scale == HarScale::sqrt) return forecast * forecast + residual_variance;
    return scale == HarScale::log ? std::exp(forecast + residual_variance / 2.0) : forecast;
}

void append_row(std::vector<double>& out, const HarSeries& series, const HarSpec& spec, std::size_t t) {
    out.push_back(1.0);
    bool first = true;
    for (const std::size_t w : spec.windows) {
        const bool split = first && !series.down.empty();
        first = false;
        if (split) {
            out.push_back(scaled(trailing_mean(series.down, t, w), spec.scale));
            out.push_back(scaled(trailing_mean(series.up, t, w), spec.scale));
        } else {
            out.push_back(scaled(trailing_mean(series.variance, t, w), spec.scale));
        }
    }
    if (series.jump.empty()) return;
    out.push_back(spec.scale == HarScale::log ? std::log1p(series.jump[t])
                                              : scaled(series.jump[t], spec.scale));
}

std::size_t longest_window(const HarSpec& spec) {
    return *std::max_element(spec.windows.begin(), spec.windows.end());
}

/// Never below the smallest variance seen.
double forecast_from(const stats::LeastSquares& ols, const HarSeries& series, const HarSpec& spec) {
    std::vector<double> last;
    append_row(last, series, spec, series.variance.size() - 1);
    const double forecast =
        unscaled(std::inner_product(last.begin(), last.end(), ols.coefficients.begin(), 0.0),
                 ols.residual_variance, spec.scale);
    return std::max(forecast, *std::min_element(series.variance.begin(), series.variance.end()));
}

}  // namespace

double trailing_mean(std::span<const double> variances, std::size_t last, std::size_t window) {
    const auto some = variances.subspan(last + 1 - window, window);
    return std::accumulate(some.begin(), some.end(), 0.0) / static_cast<double>(window);
}

Result<HarFit> har(const HarSeries& series, const HarSpec& spec) {
    if (const auto ok = check(series, spec); !ok) return ok.error();
    const std::size_t n = series.variance.size();
    const std::size_t longest = longest_window(spec);
    stats::Design design{
        {}, 1 + spec.windows.size() + (series.down.empty() ? 0U : 1U) + (series.jump.empty() ? 0U : 1U)};
    std::vector<double> target;
    for (std::size_t t = longest - 1; t + spec.horizon < n; ++t) {
        append_row(design.values, series, spec, t);
        target.push_back(scaled(trailing_mean(series.variance, t + spec.horizon, spec.horizon), spec.scale));
    }
    auto ols = stats::least_squares(design, target);
    if (!ols) return ols.error();
    auto errors = stats::newey_west_errors(design, ols->residuals, std::max<std::size_t>(5, spec.horizon));
    if (!errors) return errors.error();
    const double forecast = forecast_from(*ols, series, spec);
    const std::size_t rows = target.size();
    return HarFit{*std::move(ols), *std::move(errors), forecast, rows};
}

Result<double> har_forecast(const stats::LeastSquares& ols, const HarSeries& series, const HarSpec& spec) {
    if (const auto ok = check(series, spec); !ok) return ok.error();
    if (series.variance.size() < longest_window(spec))
        return Error{
            Errc::not_enough_data,
            fmt::format("want at least {} variances, got {}", longest_window(spec), series.variance.size()),
            "", 0};
    return forecast_from(ols, series, spec);
}

}  // namespace tidemark::vol
