// The forward that a chain of calls and puts implies.
#pragma once

#include <span>

#include "core/measure.hpp"
#include "core/result.hpp"

namespace tidemark::vol {

/// Mids of a call and a put at one strike. A price that is not finite stands for no quote: the row is left
/// out.
struct ParityQuote {
    double strike = 0.0;
    double call_price = 0.0;
    double put_price = 0.0;
};

/// F = K + (C - P) / discount_factor at the strike where |C - P| is smallest, the lowest of equals: Cboe's
/// rule (Volatility Index Methodology v6.0). Prices in the strike's currency. Fails with not_enough_data when
/// no row has both prices; out_of_domain unless discount_factor > 0 and the forward comes out > 0.
Result<Price> least_gap_forward(std::span<const ParityQuote> chain, double discount_factor);

inline constexpr int median_forward_strikes = 9;

/// The median of K + (C - P) / discount_factor over the median_forward_strikes strikes with the smallest
/// |C - P|, or as many as there are: one stale quote moves it by no more than its neighbours differ.
/// Fails as least_gap_forward does.
Result<Price> median_forward(std::span<const ParityQuote> chain, double discount_factor);

/// As median_forward for premiums in coin, c = C/F without discount (Deribit's inverse options):
/// c - p = 1 - K/F, so F = K / (1 - (c - p)). Fails as least_gap_forward does.
Result<Price> median_forward_coin(std::span<const ParityQuote> chain);

}  // namespace tidemark::vol
