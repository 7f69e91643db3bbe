// Quotes and books under a shock.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "core/result.hpp"
#include "market/market.hpp"
#include "market/shock.hpp"

namespace tidemark::market {

/// What happens to the quotes of one instrument.
struct QuoteShock {
    double price_factor = 1.0;  // of its prices in its quote asset
    Change vol{};
    double spread_factor = 1.0;
};

/// A quote under a shock. Prices are multiplied; an option is repriced in full, at its volatility after the
/// shock and from its forward to the new one. Its mark moves by the change of its Black-76 value, so that it
/// stays worth what unit_value says of a Shift, but not below 0; bid and ask each at the volatility that
/// gives them, and in proportion to the mark where none does; a bid or ask of 0 is none and stays. Then bid
/// and ask move apart by half the change of their distance each; the volatilities of an option's bid and ask
/// follow, and are gone where none gives the new price. Fails with missing_field without the forward_price of
/// an option, with missing_market or out_of_domain without a volatility of its mark, with out_of_range where
/// that would not be above 0.
Result<Quote> shocked(const Quote& quote, const Terms& terms, const QuoteShock& by, std::string_view symbol);

/// The levels [price, qty] of a book that is not an option's, best first.
void shock_book(std::span<std::array<double, 2>> bids, std::span<std::array<double, 2>> asks,
                const QuoteShock& by, double depth_factor);

}  // namespace tidemark::market
