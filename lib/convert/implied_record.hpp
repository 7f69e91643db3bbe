// What is fitted to option volatilities, and read from their prices, to the parts of a vol record.
#pragma once

#include <span>

#include "record/vol.hpp"
#include "vol/surface/fitted_smile.hpp"
#include "vol/surface/implied_term.hpp"
#include "vol/surface/variance_index.hpp"

namespace tidemark::convert {

/// Without what is fitted to it.
record::VolTerm vol_term(const vol::ChainExpiry& expiry, const vol::ImpliedTerm& term);

/// With the delta convention where it is not the forward's.
record::ImpliedVol implied_vol(const vol::ImpliedAtHorizon& implied, pricing::DeltaConvention convention);

/// Fills svi and svi_fit. An end of an interval in the infinite is written as 700 or -700: the last
/// log-moneyness that means a price.
void put_smile(record::VolTerm& out, const vol::FittedSmile& smile,
               std::span<const vol::MoneynessInterval> calendar_crossed);

record::SsviTerm ssvi_term(const vol::SurfaceTerm& term);
record::SsviSurface ssvi_surface(const vol::FittedSurface& surface);

record::ModelFreeTerm model_free_term(const vol::ExpiryStrip& expiry);
record::ModelFreeIndex model_free_index(const vol::VarianceIndex& index, double horizon_days);

}  // namespace tidemark::convert
