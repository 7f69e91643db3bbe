#include "market/plausibility.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "pricing/black76.hpp"

namespace tidemark::market {
namespace {

Error suspect(std::string_view field, const std::string& wanted, double got, std::string_view remedy) {
    return {Errc::unit_suspect,
            fmt::format("want {}, got {}: {} (--accept-suspect believes it)", wanted, got, remedy),
            std::string{field}, 0};
}

bool within(double value, double of, double factor) {
    return value <= of * factor && value * factor >= of;
}

/// In units of the mark; absent where the quote does not say enough of itself.
std::optional<double> own_value(const Quote& quote, const Terms& terms) {
    if (!quote.mark_vol || !quote.forward_price || !terms.expiry) return std::nullopt;
    if (terms.expiry->ms - quote.ts.ms <= bounds::option_settling_ms) return std::nullopt;
    const double std_dev = *quote.mark_vol * std::sqrt(years_between(quote.ts, *terms.expiry).value());
    if (!(terms.strike > 0.0)) return std::nullopt;
    const double value =
        pricing::black76_value(*quote.forward_price, terms.strike, std_dev, terms.option_type);
    return quote.in_coin ? value / *quote.forward_price : value;
}

Status plausible_option(const Quote& quote, const Terms& terms) {
    const auto value = quote.mark_price ? own_value(quote, terms) : std::nullopt;
    if (!value) return Ok{};
    const double mark = *quote.mark_price;
    const double tick = bounds::option_tick_rate * (quote.in_coin ? 1.0 : *quote.forward_price);
    if (within(mark, *value, bounds::option_mark_factor) || std::fabs(mark - *value) <= tick) return Ok{};
    return suspect("mark_price",
                   fmt::format("a mark within a factor of {} of {:.6g}, its value at its own mark_vol and "
                               "forward_price",
                               bounds::option_mark_factor, *value),
                   mark, quote.in_coin ? "price_unit quote?" : "price_unit coin?");
}

/// A side without a price is no quote, and a crossed pair another fault than a wide one.
Status plausible_spread(const Quote& quote) {
    const double bid = quote.bid_price.value_or(0.0), ask = quote.ask_price.value_or(0.0);
    if (!(bid > 0.0) || !(ask > bid)) return Ok{};
    const double rate = (ask - bid) / (ask + bid);
    if (rate <= bounds::half_spread_rate) return Ok{};
    return suspect(
        "ask_price",
        fmt::format("half a spread of at most {} of mid over the bid {}", bounds::half_spread_rate, bid), ask,
        "are bid and ask of one instrument and unit?");
}

}  // namespace

Status plausible_quote(const Quote& quote, const Terms& terms) {
    return terms.kind == ContractKind::option ? plausible_option(quote, terms) : plausible_spread(quote);
}

Status plausible_price(const AssetPrice& price) {
    if (price.confidence < price.price) return Ok{};
    return suspect("confidence", fmt::format("a half width below the price {}", price.price),
                   price.confidence, "per cent or basis points?");
}

Status plausible_par(double price, std::string_view field) {
    if (within(price, 1.0, bounds::par_factor)) return Ok{};
    return suspect(
        field, fmt::format("a price within a factor of {} of 1 for what counts at par", bounds::par_factor),
        price, "per cent, or another asset?");
}

Status plausible_vol(const VolState& vol, std::optional<double> measured) {
    const double least = bounds::least_vol_of_anchor * vol.base_annual_vol;
    if (vol.annual_vol >= least || (measured && within(vol.annual_vol, *measured, 2.0))) return Ok{};
    return suspect(
        "annual_vol",
        fmt::format("at least {} of base_annual_vol {}", bounds::least_vol_of_anchor, vol.base_annual_vol),
        vol.annual_vol, "daily for annual, or per cent of a fraction?");
}

Status plausible_funding(std::optional<double> rate) {
    if (!rate || std::fabs(*rate) <= bounds::funding_rate) return Ok{};
    return suspect("funding_rate", fmt::format("a fraction within {} a period", bounds::funding_rate), *rate,
                   "per cent?");
}

}  // namespace tidemark::market
