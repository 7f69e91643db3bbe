// What the options of each expiry say of its volatility, and what all of them say at a horizon.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/measure.hpp"
#include "pricing/delta.hpp"
#include "vol/surface/option_chain.hpp"

namespace tidemark::vol {

/// Empty is what the strikes do not reach.
struct ImpliedTerm {
    YearFraction years;
    std::optional<double> atm_vol, atm_bid_vol, atm_ask_vol;  // at the forward
    std::optional<double> rr25, bf25;                         // only where there is atm_vol

    [[nodiscard]] bool whole() const { return rr25 && bf25; }
};

ImpliedTerm implied_term(const ChainExpiry& expiry, pricing::DeltaConvention convention);
std::vector<ImpliedTerm> implied_terms(std::span<const ChainExpiry> chain,
                                       pricing::DeltaConvention convention);

struct ImpliedAtHorizon {
    AnnualVol annual_vol;
    YearFraction horizon;
    std::optional<double> rr25, bf25;  // of the first whole term at or beyond it, or of the last before it
};

/// At the money, interpolated in total variance. None where no term has a volatility. Wants terms in the
/// order of their expiries, as they come in a chain.
std::optional<ImpliedAtHorizon> implied_at(std::span<const ImpliedTerm> terms, YearFraction horizon);

/// The volatility at the money of the longest term that has one; 0 where none has.
double longest_vol(std::span<const ImpliedTerm> terms);

}  // namespace tidemark::vol
