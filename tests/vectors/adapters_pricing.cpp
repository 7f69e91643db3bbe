#include <cmath>
#include <limits>

#include "adapter.hpp"
#include "pricing/black76.hpp"
#include "pricing/delta.hpp"
#include "pricing/implied_vol.hpp"
#include "pricing/vol_shock.hpp"

namespace tidemark::vectors {
namespace {

using namespace tidemark::pricing;

/// A member as a number; not a number where it is missing or is not one, as in {"price": null}.
double number(const Json& input, const char* name,
              double missing = std::numeric_limits<double>::quiet_NaN()) {
    if (!input.contains(name)) return missing;
    const Json& value = input.at(name);
    return value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
}

OptionType type_of(const Json& input) {
    return input.at("type").get<std::string>().front() == 'P' ? OptionType::put : OptionType::call;
}

OptionTerms terms_of(const Json& input) {
    return {Price{number(input, "F")},
            Price{number(input, "K")},
            YearFraction{number(input, "T")},
            AnnualVol{number(input, "sigma")},
            type_of(input),
            number(input, "df", 1.0)};
}

QuotedOption quote_of(const Json& input, double price) {
    return {Price{price},
            Price{number(input, "F")},
            Price{number(input, "K")},
            YearFraction{number(input, "T")},
            type_of(input),
            number(input, "df", 1.0)};
}

Json vol_or_null(const ImpliedVol& vol) {
    if (vol.status != ImpliedVolStatus::ok) return nullptr;
    return vol.annual_vol.value();
}

Json greeks(const Json& input, const Context&) {
    const Greeks g = black76_greeks(terms_of(input)).value();
    const CoinGreeks coin = inverse_greeks(terms_of(input)).value();
    return {{"price", g.value},
            {"price_coin", coin.premium},
            {"delta", g.delta_forward},
            {"delta_premium_adjusted", g.delta_premium_adjusted},
            {"gamma", g.gamma},
            {"vega", g.vega},
            {"theta_per_year", g.theta_per_year},
            {"vanna", g.vanna},
            {"volga", g.volga},
            {"prob_itm", g.prob_itm}};
}

Json discounted(const Json& input, const Context&) {
    const Greeks g = black76_greeks(terms_of(input)).value();
    return {{"price", g.value},
            {"delta_forward", g.delta_forward},
            {"delta_discounted", g.delta_discounted},
            {"vega", g.vega}};
}

Json inverse_option(const Json& input, const Context&) {
    const Greeks g = black76_greeks(terms_of(input)).value();
    const CoinGreeks coin = inverse_greeks(terms_of(input)).value();
    return {{"premium_coin", coin.premium},
            {"premium_usd", g.value},
            {"delta_exchange", g.delta_forward},
            {"delta_premium_adjusted", g.delta_premium_adjusted},
            {"gamma", g.gamma},
            {"vega_per_point_usd", g.vega / 100.0},
            {"vega_per_point_coin", coin.vega / 100.0},
            {"theta_per_day_usd", g.theta_per_year / 365.0},
            {"dV_coin_dF", coin.delta}};
}

Json implied(const Json& input, const Context&) {
    return vol_or_null(implied_vol(quote_of(input, number(input, "price"))));
}

Json implied_status(const Json& input, const Context&) {
    const ImpliedVol vol = implied_vol(quote_of(input, number(input, "price")));
    return {{"status", implied_vol_status_name(vol.status)}, {"iv", vol_or_null(vol)}};
}

Json deribit_mark(const Json& input, const Context&) {
    const ImpliedVol vol = implied_vol(quote_of(input, number(input, "mark_coin") * number(input, "F")));
    OptionTerms terms = terms_of(input);
    terms.annual_vol = vol.annual_vol;
    const Greeks g = black76_greeks(terms).value();
    return {{"iv_from_mark", vol_or_null(vol)},
            {"exchange_mark_iv", vol_or_null(vol)},
            {"delta", g.delta_forward},
            {"delta_own", g.delta_forward},
            {"vega_per_point_usd", g.vega / 100.0}};
}

Price strike_at_delta(const Json& input, DeltaConvention convention) {
    return strike_for_delta(Price{number(input, "F")}, YearFraction{number(input, "T")},
                            AnnualVol{number(input, "sigma")}, number(input, "delta"), type_of(input),
                            convention)
        .value();
}

Json delta_strike(const Json& input, const Context&) {
    return {{"K", strike_at_delta(input, DeltaConvention::forward).value()}};
}

Json straddle_strikes(const Json& input, const Context&) {
    const auto at = [&](DeltaConvention convention) {
        return dns_strike(Price{number(input, "F")}, YearFraction{number(input, "T")},
                          AnnualVol{number(input, "sigma")}, convention)
            .value()
            .value();
    };
    return {{"K_unadjusted", at(DeltaConvention::forward)},
            {"K_premium_adjusted", at(DeltaConvention::premium_adjusted)}};
}

Json vol_shock(const Json& input, const Context&) {
    const VolShock shock{.range_up = number(input, "range_up"),
                         .range_down = number(input, "range_down"),
                         .min_vol_for_up = AnnualVol{number(input, "min_vol_for_up")},
                         .short_power = number(input, "short_power"),
                         .long_power = number(input, "long_power")};
    const ShockedVols vols = shocked_vols(AnnualVol{number(input, "iv")}, number(input, "days"), shock);
    return {{"vol_up", vols.up.value()}, {"vol_down", vols.down.value()}};
}

}  // namespace

void add_pricing(Registry& registry) {
    registry["black76.greeks"] = greeks;
    registry["black76.discounted"] = discounted;
    registry["inverse_option"] = inverse_option;
    for (const char* name : {"implied_vol.regular", "implied_vol.hard", "implied_vol.itm"})
        registry[name] = implied;
    registry["implied_vol.status"] = implied_status;
    registry["deribit.mark_iv"] = deribit_mark;
    registry["delta.strike_flat_vol"] = delta_strike;
    registry["delta.dns_strike"] = straddle_strikes;
    registry["margin.deribit_style_vol_shock"] = vol_shock;
}

}  // namespace tidemark::vectors
