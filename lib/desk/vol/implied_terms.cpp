#include "desk/vol/implied_terms.hpp"

#include <algorithm>

#include "convert/vol_record.hpp"
#include "desk/vol/model_free_record.hpp"
#include "desk/vol/svi_record.hpp"
#include "vol/surface/implied_term.hpp"
#include "vol/surface/option_chain.hpp"

namespace tidemark::desk {
namespace {

using Chain = std::vector<vol::ChainExpiry>;

pricing::DeltaConvention convention_of(const VolOptions& options) {
    return options.delta == "forward" ? pricing::DeltaConvention::forward
                                      : pricing::DeltaConvention::premium_adjusted;
}

record::VolTerm term_of(const vol::ChainExpiry& expiry, const vol::ImpliedTerm& implied,
                        const VolOptions& options) {
    record::VolTerm term = convert::vol_term(expiry, implied);
    if (options.svi) put_svi(term, expiry.options);
    return term;
}

Timestamp newest_of(const Chain& chain) {
    return std::max_element(chain.begin(), chain.end(),
                            [](const auto& a, const auto& b) { return a.newest < b.newest; })
        ->newest;
}

Timestamp oldest_of(const Chain& chain) {
    return std::min_element(chain.begin(), chain.end(),
                            [](const auto& a, const auto& b) { return a.oldest < b.oldest; })
        ->oldest;
}

}  // namespace

ImpliedTerms implied_terms(const market::Market& market, market::AssetId underlying,
                           const VolOptions& options) {
    const vol::ChainRules rules{{options.ticker_max_age_ms}, options.rate_per_year};
    const YearFraction horizon = years_of(options.horizon_ms);
    const Chain chain = vol::option_chain(market, underlying, rules);
    ImpliedTerms out;
    if (chain.empty()) return out;
    const auto terms = vol::implied_terms(chain, convention_of(options));
    for (std::size_t i = 0; i < chain.size(); ++i) out.terms.push_back(term_of(chain[i], terms[i], options));
    put_calendar_crossings(out.terms);
    const auto index = put_model_free(out.terms, chain, options);
    const auto surface = options.ssvi ? put_ssvi(out.terms, chain) : std::nullopt;
    out.newest = newest_of(chain);
    out.longest_vol = vol::longest_vol(terms);
    out.older = vol::older_marks(market, underlying, rules, horizon);
    const auto implied = vol::implied_at(terms, horizon);
    if (!implied) return out;
    out.at_horizon = convert::implied_vol(*implied, convention_of(options));
    out.at_horizon->as_of_ts = oldest_of(chain);
    out.at_horizon->model_free = index;
    out.at_horizon->surface = surface;
    return out;
}

}  // namespace tidemark::desk
