// Option volatilities to fitted smiles: a slice an expiry, and one surface over all.
#pragma once

#include <optional>
#include <span>

#include "record/vol.hpp"
#include "vol/surface/option_chain.hpp"

namespace tidemark::desk {

/// Fits the volatilities of the options out of the money, as vol::fit_quotes weighs them, and fills the
/// term's svi and svi_fit. Fills nothing where the quotes are too few for five parameters. Wants the options
/// of the term.
void put_svi(record::VolTerm& term, std::span<const vol::ChainOption> options);

/// Names where the slice of a term has less total variance than that of the last one before it that has a
/// slice: calendar arbitrage. Wants terms in the order of expiries, fitted by put_svi.
void put_calendar_crossings(std::span<record::VolTerm> terms);

/// Fits one SSVI surface to the expiries that have two strikes or more, weighted as put_svi weighs, and fills
/// these terms' ssvi. Gives the surface; none where no expiry has as many. Wants one term an expiry, in the
/// same order.
std::optional<record::SsviSurface> put_ssvi(std::span<record::VolTerm> terms,
                                            std::span<const vol::ChainExpiry> chain);

}  // namespace tidemark::desk
