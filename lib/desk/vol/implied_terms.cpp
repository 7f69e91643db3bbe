#include "desk/vol/implied_terms.hpp"

#include <algorithm>

#include "convert/implied_record.hpp"
#include "vol/surface/fitted_smile.hpp"
#include "vol/surface/implied_term.hpp"
#include "vol/surface/option_chain.hpp"
#include "vol/surface/variance_index.hpp"

namespace tidemark::desk {
namespace {

using Chain = std::vector<vol::ChainExpiry>;

pricing::DeltaConvention convention_of(const VolOptions& options) {
    return options.delta == "forward" ? pricing::DeltaConvention::forward
                                      : pricing::DeltaConvention::premium_adjusted;
}

/// All that is read from a chain, one an expiry.
struct ChainFigures {
    std::vector<vol::ImpliedTerm> terms;
    vol::FittedSmiles smiles;  // empty unless asked for
    vol::ExpiryStrips strips;
    std::optional<vol::FittedSurface> surface;  // where it is asked for
};

ChainFigures figures_of(const Chain& chain, const VolOptions& options) {
    ChainFigures out{vol::implied_terms(chain, convention_of(options)), {}, vol::expiry_strips(chain), {}};
    if (options.svi) out.smiles = vol::fitted_smiles(chain);
    if (options.ssvi) out.surface = vol::fitted_surface(chain);
    return out;
}

std::vector<record::VolTerm> records_of(const Chain& chain, const ChainFigures& figures) {
    const auto crossed = vol::calendar_crossings(figures.smiles);
    std::vector<record::VolTerm> out;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        record::VolTerm& term = out.emplace_back(convert::vol_term(chain[i], figures.terms[i]));
        if (!figures.smiles.empty() && figures.smiles[i])
            convert::put_smile(term, *figures.smiles[i], crossed[i]);
        if (figures.strips[i]) term.model_free = convert::model_free_term(*figures.strips[i]);
        if (figures.surface && figures.surface->terms[i])
            term.ssvi = convert::ssvi_term(*figures.surface->terms[i]);
    }
    return out;
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

/// None unless a term has a volatility at the money.
std::optional<record::ImpliedVol> at_horizon(const Chain& chain, const ChainFigures& figures,
                                             const VolOptions& options) {
    const YearFraction horizon = years_of(options.horizon_ms);
    const auto implied = vol::implied_at(figures.terms, horizon);
    if (!implied) return std::nullopt;
    record::ImpliedVol out = convert::implied_vol(*implied, convention_of(options));
    out.as_of_ts = oldest_of(chain);
    const auto index = vol::variance_index(figures.strips, years_of(options.index_horizon_ms), horizon);
    if (index) out.model_free = convert::model_free_index(*index, days_of(options.index_horizon_ms));
    if (figures.surface) out.surface = convert::ssvi_surface(*figures.surface);
    return out;
}

}  // namespace

ImpliedTerms implied_terms(const market::Market& market, market::AssetId underlying,
                           const VolOptions& options) {
    const vol::ChainRules rules{{options.ticker_max_age_ms}, options.rate_per_year};
    const Chain chain = vol::option_chain(market, underlying, rules);
    ImpliedTerms out;
    if (chain.empty()) return out;
    const ChainFigures figures = figures_of(chain, options);
    out.terms = records_of(chain, figures);
    out.at_horizon = at_horizon(chain, figures, options);
    out.newest = newest_of(chain);
    out.longest_vol = vol::longest_vol(figures.terms);
    out.older = vol::older_marks(market, underlying, rules, years_of(options.horizon_ms));
    return out;
}

}  // namespace tidemark::desk
