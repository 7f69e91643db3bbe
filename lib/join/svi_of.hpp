// One expiry's option marks to a fitted slice.
#pragma once

#include <span>

#include "market/market.hpp"
#include "record/vol.hpp"

namespace tidemark::join {

/// Fits the marks of the options out of the money and fills the term's svi and svi_fit. Errors are counted in
/// half bid-ask spreads of volatility, by bid_vol and ask_vol or else inverted from the prices; an option
/// quoted on one side weighs as the widest of the others, and all weigh the same where none is quoted on
/// both. Fills nothing where the quotes are too few for five parameters. Wants options of the term, with
/// marks.
void put_svi(record::VolTerm& term, std::span<const market::Instrument* const> options);

/// Names where the slice of a term has less total variance than that of the last one before it that has a
/// slice: calendar arbitrage. Wants terms in the order of expiries, fitted by put_svi.
void put_calendar_crossings(std::span<record::VolTerm> terms);

}  // namespace tidemark::join
