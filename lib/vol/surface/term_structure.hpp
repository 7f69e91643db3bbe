// Volatility by horizon: total variance between expiries, forward volatility, calendar arbitrage.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/measure.hpp"
#include "core/result.hpp"
#include "core/total_variance.hpp"

namespace tidemark::vol {

/// One expiry's volatility at one fixed moneyness, usually at the forward.
struct TermVol {
    YearFraction years;
    AnnualVol vol;
};

/// Invariant: at least one expiry; years ascending, distinct, > 0; vols finite, >= 0.
/// Calendar arbitrage is allowed and reported, as real quotes have it.
class TermStructure {
public:
    /// Takes the expiries in any order. Fails with not_enough_data when empty, out_of_domain for a year
    /// fraction or vol outside its range, conflict when two expiries share a year fraction.
    static Result<TermStructure> make(std::span<const TermVol> expiries);

    [[nodiscard]] std::span<const TermVol> expiries() const { return expiries_; }

    /// Volatility to any horizon > 0: linear in total variance between expiries; the first expiry's vol
    /// before it and the last one's after it (flat, as nothing quoted speaks of either). Fails with
    /// out_of_domain for a horizon that is not positive and finite.
    [[nodiscard]] Result<AnnualVol> vol_at(YearFraction horizon) const;

    /// Volatility over [from, to], sqrt((w(to) - w(from)) / (to - from)) with w of vol_at; from 0 it is
    /// vol_at(to). Fails with out_of_domain unless 0 <= from < to, and where total variance falls between
    /// the two, as no volatility accrues a negative variance.
    [[nodiscard]] Result<AnnualVol> forward_vol(YearFraction from, YearFraction to) const;

    /// The indices i of expiries() whose total variance is below that of i - 1: calendar arbitrage
    /// (Gatheral and Jacquier 2014, definition 2.2). A fall within rounding of equality is none.
    [[nodiscard]] std::vector<std::size_t> calendar_arbitrage() const;

private:
    explicit TermStructure(std::vector<TermVol> expiries) : expiries_{std::move(expiries)} {}

    [[nodiscard]] double variance_at(double horizon_years) const;

    std::vector<TermVol> expiries_;
};

}  // namespace tidemark::vol
