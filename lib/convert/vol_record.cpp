#include "convert/vol_record.hpp"

#include <cstdint>

namespace tidemark::convert {
namespace {

json::Named named(const vol::InversionCounts& counts) {
    json::Named out;
    for (const auto& [status, count] : counts) out.emplace_back(status, static_cast<double>(count));
    return out;
}

record::TermStatus status_of(const vol::ImpliedTerm& term) {
    if (!term.atm_vol) return record::TermStatus::missing;
    return term.whole() ? record::TermStatus::ok : record::TermStatus::partial;
}

Timestamp start_of(std::int64_t day) {
    return Timestamp{day * ms_per_day};
}

std::string_view estimator_of(const vol::Headline& headline, const record::Vol& out) {
    switch (headline.source) {
        case vol::HeadlineSource::implied:
            break;
        case vol::HeadlineSource::realized:
            return out.realized->estimator;
        case vol::HeadlineSource::blend:
            return "blend";
        case vol::HeadlineSource::older_marks:
            return "implied, older marks";
    }
    return "implied";
}

record::VolAnchor made_of(const vol::BarAnchor& bars, const AnchorTerms& terms) {
    record::VolAnchor made;
    made.estimator = terms.estimator;
    made.annual_vol = bars.unstressed.value();
    made.days = bars.days;
    if (!bars.stressed) return made;
    made.stressed_weight = terms.stressed_weight;
    made.stressed_annual_vol = bars.stressed->annual_vol.value();
    made.stressed_from_ts = start_of(bars.stressed->first_day);
    made.stressed_to_ts = start_of(bars.stressed->last_day + std::int64_t{1});
    return made;
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
        out.inverted = {named(inverted.mark), named(inverted.mid), named(inverted.bid), named(inverted.ask)};
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

void put_headline(record::Vol& out, const vol::Headline& headline, const vol::HeadlineInput& from,
                  const BlendTerms& terms) {
    out.annual_vol = headline.annual_vol.value();
    out.estimator = estimator_of(headline, out);
    if (!headline.blend) return;
    out.blend = {terms.policy,
                 vol::blend_rule_name(headline.blend->rule),
                 terms.horizon_days,
                 from.implied->annual_vol.value(),
                 from.realized->annual_vol.value(),
                 headline.blend->implied_share,
                 headline.blend->realized_share};
}

void put_anchor(record::Vol& out, const vol::Anchor& anchor, const std::optional<vol::BarAnchor>& bars,
                const AnchorTerms& terms) {
    out.base_annual_vol = anchor.annual_vol.value();
    out.base_estimator = anchor.of_bars ? terms.estimator : "implied, longest term";
    if (anchor.of_bars && (bars->bounded || bars->stressed)) out.anchor = made_of(*bars, terms);
}

}  // namespace tidemark::convert
