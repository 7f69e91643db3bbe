#include "convert/implied_record.hpp"

#include <algorithm>
#include <cstdint>

namespace tidemark::convert {
namespace {

json::Named counts_named(const vol::InversionCounts& counts) {
    json::Named out;
    for (const auto& [status, count] : counts) out.emplace_back(status, static_cast<double>(count));
    return out;
}

record::TermStatus status_of(const vol::ImpliedTerm& term) {
    if (!term.atm_vol) return record::TermStatus::missing;
    return term.whole() ? record::TermStatus::ok : record::TermStatus::partial;
}

json::Level level_of(const vol::MoneynessInterval& interval) {
    constexpr double furthest = 700.0;  // exp() of which is still a number
    return {std::clamp(interval.from, -furthest, furthest), std::clamp(interval.to, -furthest, furthest)};
}

record::StripStatus status_of(vol::StripReach reach) {
    switch (reach) {
        case vol::StripReach::few_strikes:
            return record::StripStatus::few_strikes;
        case vol::StripReach::short_wing:
            return record::StripStatus::short_wing;
        case vol::StripReach::ok:
            break;
    }
    return record::StripStatus::ok;
}

record::SviFit svi_fit(const vol::FittedSmile& smile) {
    record::SviFit out;
    out.rmse_vol = smile.fit.error.rmse;
    out.half_spread_vol = smile.half_spread;
    out.quotes = static_cast<std::int64_t>(smile.fit.quotes);
    out.repaired = smile.fit.repaired;
    out.least_log_moneyness = smile.least_log_moneyness;
    out.greatest_log_moneyness = smile.greatest_log_moneyness;
    for (const vol::MoneynessInterval& negative : smile.fit.negative)
        out.butterfly_negative.push_back(level_of(negative));
    return out;
}

}  // namespace

record::VolTerm vol_term(const vol::ChainExpiry& expiry, const vol::ImpliedTerm& term) {
    record::VolTerm out;
    out.expiry_ts = expiry.expiry;
    out.years = expiry.years.value();
    out.forward_price = expiry.forward.value();
    if (expiry.forward_by_parity) out.forward_by_parity = true;
    out.atm_vol = term.atm_vol;
    out.atm_bid_vol = term.atm_bid_vol;
    out.atm_ask_vol = term.atm_ask_vol;
    out.rr25 = term.rr25;
    out.bf25 = term.bf25;
    out.status = status_of(term);
    const vol::Inversions& inverted = expiry.inverted;
    if (inverted.any())
        out.inverted = {counts_named(inverted.mark), counts_named(inverted.mid), counts_named(inverted.bid),
                        counts_named(inverted.ask)};
    return out;
}

record::ImpliedVol implied_vol(const vol::ImpliedAtHorizon& implied, pricing::DeltaConvention convention) {
    record::ImpliedVol out;
    out.annual_vol = implied.annual_vol.value();
    out.horizon_years = implied.horizon.value();
    out.rr25 = implied.rr25;
    out.bf25 = implied.bf25;
    if (convention != pricing::DeltaConvention::forward)
        out.delta_convention = record::DeltaConvention::premium_adjusted;
    return out;
}

void put_smile(record::VolTerm& out, const vol::FittedSmile& smile,
               std::span<const vol::MoneynessInterval> calendar_crossed) {
    const vol::SviRaw& slice = smile.fit.slice;
    out.svi = {slice.a, slice.b, slice.rho, slice.m, slice.sigma};
    out.svi_fit = svi_fit(smile);
    for (const vol::MoneynessInterval& crossed : calendar_crossed)
        out.svi_fit->calendar_crossed.push_back({crossed.from, crossed.to});
}

record::SsviTerm ssvi_term(const vol::SurfaceTerm& term) {
    return {term.theta, term.error.rmse, term.error.greatest, term.half_spread,
            static_cast<std::int64_t>(term.quotes)};
}

record::SsviSurface ssvi_surface(const vol::FittedSurface& surface) {
    return {surface.shape.rho,
            surface.shape.eta,
            surface.shape.gamma,
            surface.rmse,
            static_cast<std::int64_t>(surface.fitted()),
            static_cast<std::int64_t>(surface.quotes())};
}

record::ModelFreeTerm model_free_term(const vol::ExpiryStrip& expiry) {
    record::ModelFreeTerm out;
    out.status = record::StripStatus::unquoted;
    if (!expiry.strip) return out;
    const vol::VarianceStrip& strip = *expiry.strip;
    out.status = status_of(expiry.reach);
    out.strikes = static_cast<std::int64_t>(strip.terms.size());
    out.forward_price = strip.forward.value();
    out.least_strike = strip.terms.front().strike;
    out.greatest_strike = strip.terms.back().strike;
    out.outer_delta = vol::outer_delta(strip);
    if (expiry.annual_vol) out.annual_vol = expiry.annual_vol->value();
    return out;
}

record::ModelFreeIndex model_free_index(const vol::VarianceIndex& index, double horizon_days) {
    return {index.annual_vol.value(), horizon_days, index.at_margin.value(), index.bracketed};
}

}  // namespace tidemark::convert
