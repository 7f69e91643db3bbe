// The headline and the anchor as they were calculated to the parts of a vol record.
#pragma once

#include <string_view>

#include "record/vol.hpp"
#include "vol/headline/anchor.hpp"
#include "vol/headline/headline.hpp"

namespace tidemark::convert {

/// How the blend's parts stand in a record: which policy weighs them, and over how many days.
struct BlendTerms {
    std::string_view policy;
    double horizon_days = 0.0;
};

/// Wants what the headline was made from, and the realised volatility in the record where it is among that.
void put_headline(record::Vol& out, const vol::Headline& headline, const vol::HeadlineInput& from,
                  const BlendTerms& terms);

/// `bars` is the anchor of bars where there is one, by the estimator and with the weight named.
struct AnchorTerms {
    std::string_view estimator;
    double stressed_weight = 0.0;
};
void put_anchor(record::Vol& out, const vol::Anchor& anchor, const std::optional<vol::BarAnchor>& bars,
                const AnchorTerms& terms);

}  // namespace tidemark::convert
