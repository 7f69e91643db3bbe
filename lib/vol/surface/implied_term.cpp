#include "vol/surface/implied_term.hpp"

#include "vol/surface/chain_quotes.hpp"
#include "vol/surface/smile.hpp"
#include "vol/surface/term_structure.hpp"

namespace tidemark::vol {
namespace {

void put_skew(ImpliedAtHorizon& implied, std::span<const ImpliedTerm> terms) {
    for (const ImpliedTerm& term : terms) {
        if (!term.whole()) continue;
        implied.rr25 = term.rr25;
        implied.bf25 = term.bf25;
        if (term.years >= implied.horizon) return;
    }
}

}  // namespace

ImpliedTerm implied_term(const ChainExpiry& expiry, pricing::DeltaConvention convention) {
    ImpliedTerm term;
    term.years = expiry.years;
    term.atm_bid_vol = atm_vol(expiry, &ChainOption::bid_vol);
    term.atm_ask_vol = atm_vol(expiry, &ChainOption::ask_vol);
    const auto smile =
        smile_summary(smile_quotes(expiry, &ChainOption::vol), expiry.forward, expiry.years, convention);
    if (!smile || !smile->atm_vol) return term;
    term.atm_vol = smile->atm_vol;
    term.rr25 = smile->rr25;
    term.bf25 = smile->bf25;
    return term;
}

std::vector<ImpliedTerm> implied_terms(std::span<const ChainExpiry> chain,
                                       pricing::DeltaConvention convention) {
    std::vector<ImpliedTerm> terms;
    for (const ChainExpiry& expiry : chain) terms.push_back(implied_term(expiry, convention));
    return terms;
}

std::optional<ImpliedAtHorizon> implied_at(std::span<const ImpliedTerm> terms, YearFraction horizon) {
    std::vector<TermVol> vols;
    for (const ImpliedTerm& term : terms) {
        if (term.atm_vol) vols.push_back({term.years, AnnualVol{*term.atm_vol}});
    }
    const auto structure = TermStructure::make(vols);
    if (!structure) return std::nullopt;
    const auto at = structure->vol_at(horizon);
    if (!at) return std::nullopt;
    ImpliedAtHorizon implied{*at, horizon, {}, {}};
    put_skew(implied, terms);
    return implied;
}

double longest_vol(std::span<const ImpliedTerm> terms) {
    double longest = 0.0;
    for (const ImpliedTerm& term : terms) longest = term.atm_vol.value_or(longest);
    return longest;
}

}  // namespace tidemark::vol
