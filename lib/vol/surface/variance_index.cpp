#include "vol/surface/variance_index.hpp"

#include <algorithm>
#include <cmath>

#include "vol/surface/chain_quotes.hpp"

namespace tidemark::vol {
namespace {

bool has_bid(const ChainExpiry& expiry) {
    return std::any_of(expiry.options.begin(), expiry.options.end(),
                       [](const ChainOption& option) { return option.bid_price.has_value(); });
}

}  // namespace

std::optional<ExpiryStrip> expiry_strip(const ChainExpiry& expiry) {
    if (!has_bid(expiry)) return std::nullopt;
    // Whatever the strikes reach, so that it can be told how far that is; reach_of judges it.
    const StripRules any_reach{
        .rate_per_year = expiry.rate_per_year, .forward = {}, .min_strikes = 2, .max_outer_delta = 1.0};
    ExpiryStrip out;
    const auto strip = variance_strip(strip_quotes(expiry), expiry.years, any_reach);
    if (!strip) return out;
    out.strip = *strip;
    out.reach = reach_of(*strip);
    if (out.reach == StripReach::ok) out.annual_vol = AnnualVol{std::sqrt(strip->annual_variance)};
    return out;
}

ExpiryStrips expiry_strips(std::span<const ChainExpiry> chain) {
    ExpiryStrips strips;
    for (const ChainExpiry& expiry : chain) strips.push_back(expiry_strip(expiry));
    return strips;
}

std::optional<VarianceIndex> variance_index(std::span<const std::optional<ExpiryStrip>> strips,
                                            YearFraction horizon, YearFraction margin_horizon) {
    std::vector<VarianceStrip> whole;
    for (const std::optional<ExpiryStrip>& strip : strips) {
        if (strip && strip->annual_vol) whole.push_back(*strip->strip);
    }
    const auto terms = model_free_terms(whole);
    if (!terms) return std::nullopt;
    const auto index = terms->vol_at(horizon), at_margin = terms->vol_at(margin_horizon);
    if (!index || !at_margin) return std::nullopt;
    const auto expiries = terms->expiries();
    return VarianceIndex{*index, *at_margin, horizon,
                         expiries.front().years <= horizon && horizon <= expiries.back().years};
}

}  // namespace tidemark::vol
