#include "vol/svi_calibration.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "vol/svi_arbitrage.hpp"
#include "vol/svi_polish.hpp"
#include "vol/svi_quasi_explicit.hpp"
#include "vol/svi_repair.hpp"

namespace tidemark::vol {
namespace {

constexpr int robust_rounds = 6;
constexpr double huber_knee = 1.345;       // 95 % efficient for normal errors (Huber 1981)
constexpr double normal_mad = 0.67448975;  // median absolute deviation of a standard normal
constexpr double exact_fit = 1e-9;         // vol: below it errors are the solver's, not the market's

constexpr int free_rounds = 12;
constexpr double density_margin = 1e-4;  // the rounds aim above 0 so that they end at or above it
constexpr double first_stiffness = 1e-2;
constexpr double stiffening = 4.0;
constexpr int points_an_interval = 9;
constexpr double tail_reach = 3.0;  // log-moneyness that stands for an infinite end

using Quotes = std::vector<VarianceQuote>;

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// Each quote's error in units of what its own weight says it should be.
std::vector<double> weighted_errors(const Quotes& quotes, const SviRaw& slice) {
    std::vector<double> errors;
    for (const VarianceQuote& quote : quotes) {
        const double error = total_variance(slice, quote.log_moneyness) - quote.total_variance;
        errors.push_back(std::abs(error) * std::sqrt(quote.weight));
    }
    return errors;
}

Quotes reweighted(const Quotes& quotes, const SviRaw& slice) {
    const std::vector<double> errors = weighted_errors(quotes, slice);
    const double knee = huber_knee * median(errors) / normal_mad;
    Quotes out = quotes;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (errors[i] > knee) out[i].weight *= knee / errors[i];
    }
    return out;
}

/// Leaves the weights it ended with in `quotes`.
SviRaw robust_fit(Quotes& quotes, const SviRaw& first) {
    const Quotes given = quotes;
    SviRaw slice = first;
    for (int i = 0; i < robust_rounds; ++i) {
        if (std::sqrt(weighted_squared_error(quotes, slice)) < exact_fit) break;
        quotes = reweighted(given, slice);
        slice = polish(quotes, {}, slice);
    }
    return slice;
}

void add_points(std::vector<double>& points, const MoneynessInterval& interval) {
    const double from = std::max(interval.from, -tail_reach);
    const double to = std::min(interval.to, tail_reach);
    for (int i = 0; i < points_an_interval; ++i) {
        points.push_back(std::lerp(from, to, i / (points_an_interval - 1.0)));
    }
}

/// Exchange method: hold the density up where it fell, refit, look again everywhere.
Result<SviRaw> free_fit(const Quotes& quotes, const SviRaw& start) {
    SviRaw slice = start;
    std::vector<double> points;
    double stiffness = first_stiffness;
    for (int i = 0; i < free_rounds; ++i, stiffness *= stiffening) {
        const auto found = check_butterfly(slice);
        if (!found) return found.error();
        if (found->arbitrage_free) return slice;
        for (const MoneynessInterval& interval : found->negative) add_points(points, interval);
        slice = polish(quotes, {points, density_margin, stiffness}, slice);
    }
    return nearest_free_slice(slice);
}

}  // namespace

Result<SviFit> fit_svi(std::span<const SviQuote> quotes, YearFraction years, SviFitOptions options) {
    const auto counted = counted_quotes(quotes, years, svi_min_strikes);
    if (!counted) return counted.error();
    Quotes variances = variance_quotes(*counted, years);
    const auto first = quasi_explicit_fit(variances);
    if (!first) return first.error();
    SviRaw best = polish(variances, {}, *first);
    if (options.robust) best = robust_fit(variances, best);
    return free_fit(variances, best).and_then([&](const SviRaw& free) -> Result<SviFit> {
        return SviFit{.slice = free,
                      .error = vol_error(*counted, free, years),
                      .repaired = free != best,
                      .quotes = counted->size()};
    });
}

}  // namespace tidemark::vol
