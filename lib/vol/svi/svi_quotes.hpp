// The quotes that a slice is fitted to, and how far a slice is from them.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/measure.hpp"
#include "core/result.hpp"
#include "vol/svi/svi.hpp"

namespace tidemark::vol {

/// At which a simplex over the error of a smile has closed in: what stats::nelder_mead calls its tolerance.
inline constexpr double simplex_tolerance = 1e-12;

/// weight is that of the squared vol error: vega, or 1 / (half the bid-ask spread in vol)^2, to count errors
/// in spreads. A quote of weight 0 is left out.
struct SviQuote {
    double log_moneyness = 0.0;
    double vol = 0.0;
    double weight = 1.0;
};

/// weight is that of the squared total-variance error, >= 0.
struct VarianceQuote {
    double log_moneyness = 0.0;
    double total_variance = 0.0;
    double weight = 1.0;
};

/// The quotes with weight, ascending, in an order that does not depend on the order they came in, which would
/// change the last bits of every sum. Fails with out_of_domain for a quote that is not finite, a vol or years
/// not > 0, or a weight < 0; with not_enough_data below min_strikes different strikes.
Result<std::vector<SviQuote>> counted_quotes(std::span<const SviQuote> quotes, YearFraction years,
                                             std::size_t min_strikes);

/// Weighted so that weighted_squared_error is, to first order in w, the weighted mean squared vol error:
/// d vol / d w = 1 / (2 vol years). Wants what counted_quotes gives.
std::vector<VarianceQuote> variance_quotes(std::span<const SviQuote> quotes, YearFraction years);

/// sum weight (w(k) - total_variance)^2.
double weighted_squared_error(std::span<const VarianceQuote> quotes, const SviRaw& slice);

struct VolError {
    double rmse = 0.0;      // root of the weighted mean square, annual vol
    double greatest = 0.0;  // of any quote, whatever its weight
};

/// Exact vol errors, not their first order. Wants a quote with weight > 0.
VolError vol_error(std::span<const SviQuote> quotes, const SviRaw& slice, YearFraction years);

}  // namespace tidemark::vol
