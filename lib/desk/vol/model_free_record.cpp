#include "desk/vol/model_free_record.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "vol/surface/chain_quotes.hpp"
#include "vol/surface/model_free.hpp"

namespace tidemark::desk {
namespace {

bool has_bid(const vol::ChainExpiry& expiry) {
    return std::any_of(expiry.options.begin(), expiry.options.end(),
                       [](const vol::ChainOption& option) { return option.bid_price.has_value(); });
}

record::StripStatus status_of(const vol::VarianceStrip& strip) {
    switch (vol::reach_of(strip)) {
        case vol::StripReach::few_strikes:
            return record::StripStatus::few_strikes;
        case vol::StripReach::short_wing:
            return record::StripStatus::short_wing;
        case vol::StripReach::ok:
            break;
    }
    return record::StripStatus::ok;
}

record::ModelFreeTerm term_of(const Result<vol::VarianceStrip>& strip) {
    record::ModelFreeTerm term;
    term.status = record::StripStatus::unquoted;
    if (!strip) return term;
    term.status = status_of(*strip);
    term.strikes = static_cast<std::int64_t>(strip->terms.size());
    term.forward_price = strip->forward.value();
    term.least_strike = strip->terms.front().strike;
    term.greatest_strike = strip->terms.back().strike;
    term.outer_delta = vol::outer_delta(*strip);
    if (term.status == record::StripStatus::ok) term.annual_vol = std::sqrt(strip->annual_variance);
    return term;
}

std::optional<record::ModelFreeIndex> index_of(const std::vector<vol::VarianceStrip>& strips,
                                               const VolOptions& options) {
    const auto terms = vol::model_free_terms(strips);
    if (!terms) return std::nullopt;
    const YearFraction horizon = years_of(options.index_horizon_ms);
    const auto index = terms->vol_at(horizon), at_margin = terms->vol_at(years_of(options.horizon_ms));
    if (!index || !at_margin) return std::nullopt;
    return record::ModelFreeIndex{
        .annual_vol = index->value(),
        .horizon_days = days_of(options.index_horizon_ms),
        .margin_horizon_vol = at_margin->value(),
        .bracketed = terms->expiries().front().years <= horizon && horizon <= terms->expiries().back().years};
}

}  // namespace

std::optional<record::ModelFreeIndex> put_model_free(std::span<record::VolTerm> terms,
                                                     std::span<const vol::ChainExpiry> chain,
                                                     const VolOptions& options) {
    // Whatever the strikes reach, so that the record says how far that is; reach_of judges it.
    constexpr vol::StripRules any_reach{.forward = {}, .min_strikes = 2, .max_outer_delta = 1.0};
    std::vector<vol::VarianceStrip> strips;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        if (!has_bid(chain[i])) continue;
        vol::StripRules rules = any_reach;
        rules.rate_per_year = chain[i].rate_per_year;
        const auto strip = vol::variance_strip(vol::strip_quotes(chain[i]), chain[i].years, rules);
        terms[i].model_free = term_of(strip);
        if (terms[i].model_free->annual_vol) strips.push_back(*strip);
    }
    return index_of(strips, options);
}

}  // namespace tidemark::desk
