// One expiry's quotes to an SVI slice that is free of butterfly arbitrage.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/measure.hpp"
#include "core/result.hpp"
#include "vol/svi/svi.hpp"
#include "vol/svi/svi_arbitrage.hpp"
#include "vol/svi/svi_quotes.hpp"

namespace tidemark::vol {

struct SviFitOptions {
    bool robust = true;          // Huber's weights (1964), so that a stale quote does not bend the smile
    bool butterfly_free = true;  // false: the best fit as it is, for check_butterfly to judge
};

struct SviFit {
    SviRaw slice;  // free of butterflies unless the options say otherwise
    VolError error;
    bool repaired = false;  // the best fit had butterfly arbitrage; this is the best found without
    std::vector<MoneynessInterval> negative;  // where the best fit's density was below 0, ascending
    std::size_t quotes = 0;                   // that counted
};

inline constexpr std::size_t svi_min_strikes = 5;  // as many as parameters

/// Least weighted squared vol error: quasi_explicit_fit, polished; where that admits a butterfly, free_fit.
/// The vol error is taken as (w - vol^2 years) / (2 vol years), its first order. Fails as counted_quotes
/// does, below svi_min_strikes.
Result<SviFit> fit_svi(std::span<const SviQuote> quotes, YearFraction years, SviFitOptions options = {});

}  // namespace tidemark::vol
