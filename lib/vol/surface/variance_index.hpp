// The strip of each expiry of a chain, and the index over those that reach far enough.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/measure.hpp"
#include "vol/surface/model_free.hpp"
#include "vol/surface/option_chain.hpp"

namespace tidemark::vol {

/// What the bids and asks of one expiry give.
struct ExpiryStrip {
    std::optional<VarianceStrip> strip;   // whatever its strikes reach; none where variance_strip fails
    StripReach reach = StripReach::ok;    // of the strip, by the usual StripRules
    std::optional<AnnualVol> annual_vol;  // only of a strip that reaches as far as these want
};

/// By variance_strip at the expiry's own rate. None where no option of the expiry has a bid.
std::optional<ExpiryStrip> expiry_strip(const ChainExpiry& expiry);

using ExpiryStrips = std::vector<std::optional<ExpiryStrip>>;  // one an expiry of the chain

ExpiryStrips expiry_strips(std::span<const ChainExpiry> chain);

struct VarianceIndex {
    AnnualVol annual_vol;    // at its horizon
    AnnualVol at_margin;     // at the horizon of margins
    YearFraction horizon;    // of annual_vol
    bool bracketed = false;  // expiries lie on both sides of it
};

/// Interpolated in total variance over the strips that have a volatility; both horizons > 0. None where no
/// strip has one.
std::optional<VarianceIndex> variance_index(std::span<const std::optional<ExpiryStrip>> strips,
                                            YearFraction horizon, YearFraction margin_horizon);

}  // namespace tidemark::vol
