#include "vol/svi/svi_calibration.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "stats/distributions/order_statistics.hpp"
#include "vol/svi/svi_arbitrage.hpp"
#include "vol/svi/svi_free_fit.hpp"
#include "vol/svi/svi_polish.hpp"
#include "vol/svi/svi_quasi_explicit.hpp"

namespace tidemark::vol {
namespace {

constexpr int robust_rounds = 6;
constexpr double huber_knee = 1.345;       // 95 % efficient for normal errors (Huber 1981)
constexpr double normal_mad = 0.67448975;  // median absolute deviation of a standard normal
constexpr double exact_fit = 1e-9;         // vol: below it errors are the solver's, not the market's

using Quotes = std::vector<VarianceQuote>;

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
    const double knee = huber_knee * stats::upper_median(errors) / normal_mad;
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
        slice = polish(quotes, slice);
    }
    return slice;
}

}  // namespace

Result<SviFit> fit_svi(std::span<const SviQuote> quotes, YearFraction years, SviFitOptions options) {
    const auto counted = counted_quotes(quotes, years, svi_min_strikes);
    if (!counted) return counted.error();
    Quotes variances = variance_quotes(*counted, years);
    const auto first = quasi_explicit_fit(variances);
    if (!first) return first.error();
    SviRaw best = polish(variances, *first);
    if (options.robust) best = robust_fit(variances, best);
    const auto found = check_butterfly(best);
    if (!found && options.butterfly_free) return found.error();
    const bool repair = options.butterfly_free && !found->arbitrage_free;
    const auto kept = repair ? free_fit(variances) : Result<SviRaw>{best};
    if (!kept) return kept.error();
    return SviFit{.slice = *kept,
                  .error = vol_error(*counted, *kept, years),
                  .repaired = *kept != best,
                  .negative = found ? found->negative : std::vector<MoneynessInterval>{},
                  .quotes = counted->size()};
}

}  // namespace tidemark::vol
