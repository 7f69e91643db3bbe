// Model-free implied variance: a strip of out-of-the-money options weighted by 1/K^2.
// Cboe, Volatility Index Methodology v6.0 (2026); the selection rules are the same as in the 2019 paper.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/measure.hpp"
#include "core/result.hpp"
#include "vol/surface/term_structure.hpp"

namespace tidemark::vol {

/// One strike's quotes in the strike's currency; 0 or NaN where there is none.
struct StripQuote {
    double strike = 0.0;
    double call_bid = 0.0, call_ask = 0.0;
    double put_bid = 0.0, put_ask = 0.0;
};

struct StripRules {
    double rate_per_year = 0.0;     // continuously compounded, to expiry
    std::optional<Price> forward;   // empty: from put-call parity, least_gap_forward
    std::size_t min_strikes = 5;    // fewer are no strip
    double max_outer_delta = 0.10;  // a strip that ends nearer the money leaves too much out
};

/// One selected strike.
struct StripTerm {
    double strike = 0.0;
    double price = 0.0;         // mid of the put below K0, of the call above, the mean of both at K0
    double delta_k = 0.0;       // half the gap between selected neighbours, the whole one at the ends
    double contribution = 0.0;  // delta_k / K^2 e^(RT) price
};

/// What part of the distribution the strikes reach.
struct StripCoverage {
    std::size_t puts = 0, calls = 0;  // below and above K0
    double put_delta = 0.0;           // size of the lowest strike's put delta at the strip's own vol
    double call_delta = 0.0;          // of the highest strike's call
};

struct VarianceStrip {
    Price forward;
    Price k0;  // the highest listed strike at or below the forward
    YearFraction years;
    std::vector<StripTerm> terms;  // ascending
    double sum = 0.0;              // of the contributions
    double annual_variance = 0.0;  // 2/T sum - (F/K0 - 1)^2 / T
    StripCoverage coverage;
};

/// One expiry's variance. From K0 outward a strike without a bid is passed over and two in a row end the
/// side, whatever is quoted beyond. At K0 a side that is not quoted is taken from the other by parity. Coin
/// premiums are to be multiplied by the forward first, with rate 0.
///
/// On coin-settled options this is not DVOL, whose method is not published; name it model_free_iv.
/// Fails with out_of_domain unless years > 0 and strikes are > 0, and where the variance comes out not > 0;
/// conflict where a strike comes twice; not_enough_data where no strike lies at or below the forward, K0 is
/// quoted on neither side, or the strip falls short of the rules.
Result<VarianceStrip> variance_strip(std::span<const StripQuote> quotes, YearFraction years,
                                     const StripRules& rules = {});

enum class StripReach { ok, few_strikes, short_wing };

/// Whether the strip's strikes are as many, and reach as far, as the rules want.
StripReach reach_of(const VarianceStrip& strip, const StripRules& rules = {});

/// The larger of the deltas of its outermost strikes.
double outer_delta(const VarianceStrip& strip);

/// The strips as a term structure, whose vol_at(30 days) is, between two expiries, Cboe's
/// sqrt((T1 s1 (N2 - N)/(N2 - N1) + T2 s2 (N - N1)/(N2 - N1)) N365/N); outside them it stays flat where Cboe
/// would extrapolate. Fails as TermStructure::make does.
Result<TermStructure> model_free_terms(std::span<const VarianceStrip> strips);

}  // namespace tidemark::vol
