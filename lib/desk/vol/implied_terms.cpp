#include "desk/vol/implied_terms.hpp"

#include <algorithm>
#include <utility>

#include "desk/vol/model_free_record.hpp"
#include "desk/vol/option_chain.hpp"
#include "desk/vol/svi_record.hpp"
#include "vol/surface/smile.hpp"
#include "vol/surface/term_structure.hpp"

namespace tidemark::desk {
namespace {

using VolOfOption = std::optional<double> ChainOption::*;

std::vector<vol::SmileQuote> smile_quotes(const ChainExpiry& expiry, VolOfOption vol) {
    std::vector<vol::SmileQuote> quotes;
    for (const ChainOption& option : expiry.options) {
        if (option.*vol) quotes.push_back({option.strike, option.type, *(option.*vol)});
    }
    return quotes;
}

std::optional<double> atm_vol(const ChainExpiry& expiry, VolOfOption vol) {
    const auto smile = vol::QuotedSmile::make(smile_quotes(expiry, vol), expiry.forward, expiry.years);
    if (!smile) return std::nullopt;
    const auto at = smile->vol_at(expiry.forward);
    return at ? std::optional{at->value()} : std::nullopt;
}

record::DeltaConvention convention_of(const VolOptions& options) {
    using enum record::DeltaConvention;
    return options.delta == "forward" ? forward : premium_adjusted;
}

void put_smile(record::VolTerm& term, const ChainExpiry& expiry, const VolOptions& options) {
    const auto convention = convention_of(options) == record::DeltaConvention::forward
                                ? pricing::DeltaConvention::forward
                                : pricing::DeltaConvention::premium_adjusted;
    const auto smile =
        vol::smile_summary(smile_quotes(expiry, &ChainOption::vol), expiry.forward, expiry.years, convention);
    if (!smile || !smile->atm_vol) {
        term.status = record::TermStatus::missing;
        return;
    }
    term.atm_vol = smile->atm_vol;
    term.rr25 = smile->rr25;
    term.bf25 = smile->bf25;
    term.status = smile->rr25 && smile->bf25 ? record::TermStatus::ok : record::TermStatus::partial;
}

record::VolTerm term_of(const ChainExpiry& expiry, const VolOptions& options) {
    record::VolTerm term;
    term.expiry_ts = expiry.expiry;
    term.years = expiry.years.value();
    term.forward_price = expiry.forward.value();
    if (expiry.forward_by_parity) term.forward_by_parity = true;
    put_smile(term, expiry, options);
    term.atm_bid_vol = atm_vol(expiry, &ChainOption::bid_vol);
    term.atm_ask_vol = atm_vol(expiry, &ChainOption::ask_vol);
    term.inverted = expiry.inverted;
    if (options.svi) put_svi(term, expiry.options);
    return term;
}

/// The skew of the first term at or beyond the horizon that is wholly quoted, or of the last before it.
void put_skew(record::ImpliedVol& implied, const std::vector<record::VolTerm>& terms,
              const VolOptions& options) {
    const auto convention = convention_of(options);
    if (convention != record::DeltaConvention::forward) implied.delta_convention = convention;
    for (const record::VolTerm& term : terms) {
        if (term.status != record::TermStatus::ok) continue;
        implied.rr25 = term.rr25;
        implied.bf25 = term.bf25;
        if (term.years >= implied.horizon_years) return;
    }
}

std::optional<record::ImpliedVol> at_horizon(const std::vector<record::VolTerm>& terms,
                                             const VolOptions& options) {
    std::vector<vol::TermVol> vols;
    for (const record::VolTerm& term : terms) {
        if (term.atm_vol) vols.push_back({YearFraction{term.years}, AnnualVol{*term.atm_vol}});
    }
    const auto structure = vol::TermStructure::make(vols);
    if (!structure) return std::nullopt;
    record::ImpliedVol implied;
    implied.horizon_years = static_cast<double>(options.horizon_ms) / ms_per_year;
    const auto at = structure->vol_at(YearFraction{implied.horizon_years});
    if (!at) return std::nullopt;
    implied.annual_vol = at->value();
    put_skew(implied, terms, options);
    return implied;
}

/// What marks tell that are too old to be in the terms.
void add_older(ImpliedTerms& out, const market::Market& market, market::AssetId underlying,
               VolOptions options) {
    if (options.ticker_max_age_ms >= ms_per_day) return;
    options.ticker_max_age_ms = ms_per_day;
    options.svi = options.ssvi = false;
    for (const ChainExpiry& expiry : option_chain(market, underlying, options))
        out.older_terms.push_back(term_of(expiry, options));
    out.older = at_horizon(out.older_terms, options);
}

}  // namespace

ImpliedTerms implied_terms(const market::Market& market, market::AssetId underlying,
                           const VolOptions& options) {
    const std::vector<ChainExpiry> chain = option_chain(market, underlying, options);
    ImpliedTerms out;
    if (chain.empty()) return out;
    for (const ChainExpiry& expiry : chain) {
        out.terms.push_back(term_of(expiry, options));
        out.newest = std::max(out.newest, expiry.newest);
    }
    put_calendar_crossings(out.terms);
    const auto index = put_model_free(out.terms, chain, options);
    const auto surface = options.ssvi ? put_ssvi(out.terms, chain) : std::nullopt;
    out.at_horizon = at_horizon(out.terms, options);
    add_older(out, market, underlying, options);
    if (!out.at_horizon) return out;
    out.at_horizon->as_of_ts = std::min_element(chain.begin(), chain.end(), [](const auto& a, const auto& b) {
                                   return a.oldest < b.oldest;
                               })->oldest;
    out.at_horizon->model_free = index;
    out.at_horizon->surface = surface;
    return out;
}

}  // namespace tidemark::desk
