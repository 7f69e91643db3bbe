#include "vol/svi/svi_quotes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>

#include "core/total_variance.hpp"

namespace tidemark::vol {
namespace {

Status check(const SviQuote& quote) {
    const bool usable = std::isfinite(quote.log_moneyness) && quote.vol > 0.0 && std::isfinite(quote.vol) &&
                        quote.weight >= 0.0 && std::isfinite(quote.weight);
    if (usable) return Ok{};
    return Error{Errc::out_of_domain,
                 fmt::format("an svi quote wants a finite k, vol > 0 and weight >= 0, got {}, {} and {}",
                             quote.log_moneyness, quote.vol, quote.weight),
                 "", 0};
}

std::size_t strike_count(std::span<const SviQuote> sorted) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i == 0 || sorted[i].log_moneyness != sorted[i - 1].log_moneyness) ++count;
    }
    return count;
}

double total_weight(std::span<const SviQuote> quotes) {
    double sum = 0.0;
    for (const SviQuote& quote : quotes) sum += quote.weight;
    return sum;
}

}  // namespace

Result<std::vector<SviQuote>> counted_quotes(std::span<const SviQuote> quotes, YearFraction years,
                                             std::size_t min_strikes) {
    if (!(years.value() > 0.0 && std::isfinite(years.value()))) {
        return Error{Errc::out_of_domain, fmt::format("want years > 0, got {}", years.value()), "", 0};
    }
    for (const SviQuote& quote : quotes) {
        if (const Status checked = check(quote); !checked) return checked.error();
    }
    std::vector<SviQuote> counted;
    std::ranges::copy_if(quotes, std::back_inserter(counted),
                         [](const SviQuote& quote) { return quote.weight > 0.0; });
    std::ranges::sort(counted, [](const SviQuote& x, const SviQuote& y) {
        return std::tie(x.log_moneyness, x.vol, x.weight) < std::tie(y.log_moneyness, y.vol, y.weight);
    });
    if (const std::size_t strikes = strike_count(counted); strikes < min_strikes) {
        return Error{Errc::not_enough_data,
                     fmt::format("a smile fit wants {} strikes, got {}", min_strikes, strikes), "", 0};
    }
    return counted;
}

std::vector<VarianceQuote> variance_quotes(std::span<const SviQuote> quotes, YearFraction years) {
    const double total = total_weight(quotes);
    std::vector<VarianceQuote> out;
    for (const SviQuote& quote : quotes) {
        const double vol_per_variance = 1.0 / (2.0 * quote.vol * years.value());
        out.push_back({quote.log_moneyness, total_variance(AnnualVol{quote.vol}, years),
                       quote.weight / total * vol_per_variance * vol_per_variance});
    }
    return out;
}

double weighted_squared_error(std::span<const VarianceQuote> quotes, const SviRaw& slice) {
    double sum = 0.0;
    for (const VarianceQuote& quote : quotes) {
        const double error = total_variance(slice, quote.log_moneyness) - quote.total_variance;
        sum += quote.weight * error * error;
    }
    return sum;
}

VolError vol_error(std::span<const SviQuote> quotes, const SviRaw& slice, YearFraction years) {
    double sum = 0.0;
    double greatest = 0.0;
    for (const SviQuote& quote : quotes) {
        const double variance = std::max(total_variance(slice, quote.log_moneyness), 0.0);
        const double error = vol_of_total_variance(variance, years).value() - quote.vol;
        sum += quote.weight * error * error;
        greatest = std::max(greatest, std::abs(error));
    }
    return {std::sqrt(sum / total_weight(quotes)), greatest};
}

}  // namespace tidemark::vol
