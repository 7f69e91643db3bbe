#include "vol/headline/older_marks.hpp"

#include "vol/surface/implied_term.hpp"

namespace tidemark::vol {

OlderMarks older_marks(const market::Market& market, market::AssetId underlying, ChainRules rules,
                       YearFraction horizon) {
    OlderMarks out;
    if (rules.ticker.max_age_ms >= older_marks_max_age_ms) return out;
    rules.ticker.max_age_ms = older_marks_max_age_ms;
    const auto terms =
        implied_terms(option_chain(market, underlying, rules), pricing::DeltaConvention::forward);
    out.longest_vol = longest_vol(terms);
    if (const auto implied = implied_at(terms, horizon)) out.at_horizon = implied->annual_vol;
    return out;
}

}  // namespace tidemark::vol
