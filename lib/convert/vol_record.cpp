#include "convert/vol_record.hpp"

#include <cstdint>

namespace tidemark::convert {
namespace {

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
