// Smiles fitted to the options of a chain: a slice an expiry, and one surface over all.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/measure.hpp"
#include "vol/surface/option_chain.hpp"
#include "vol/svi/ssvi_calibration.hpp"
#include "vol/svi/svi_arbitrage.hpp"
#include "vol/svi/svi_calibration.hpp"

namespace tidemark::vol {

/// The slice of one expiry, and what it was fitted to.
struct FittedSmile {
    SviFit fit;
    double least_log_moneyness = 0.0, greatest_log_moneyness = 0.0;  // of the options
    std::optional<double> half_spread;                               // as in FitQuotes
};

/// Of the options out of the money, as fit_quotes weighs them. None where fit_svi fails: the quotes are too
/// few for five parameters.
std::optional<FittedSmile> fitted_smile(Price forward, YearFraction years,
                                        std::span<const ChainOption> options);

using FittedSmiles = std::vector<std::optional<FittedSmile>>;  // one an expiry of the chain

FittedSmiles fitted_smiles(std::span<const ChainExpiry> chain);

/// Where the slice of an expiry has less total variance than that of the last one before it that has a slice:
/// calendar arbitrage, ascending, within the strikes that both quote. Beyond these a slice is a guess, and so
/// would be its arbitrage. One list a smile. Wants smiles in the order of their expiries.
std::vector<std::vector<MoneynessInterval>> calendar_crossings(
    std::span<const std::optional<FittedSmile>> smiles);

/// One expiry of the surface.
struct SurfaceTerm {
    double theta = 0.0;  // total variance at the forward
    VolError error;
    std::optional<double> half_spread;  // as in FitQuotes
    std::size_t quotes = 0;
};

struct FittedSurface {
    SsviShape shape;
    double rmse = 0.0;                              // root mean square of the terms', annual vol
    std::vector<std::optional<SurfaceTerm>> terms;  // one an expiry of the chain; none below two strikes

    [[nodiscard]] std::size_t fitted() const;  // terms
    [[nodiscard]] std::size_t quotes() const;
};

/// One SSVI surface over the expiries that have two strikes or more, weighted as fitted_smile weighs. None
/// where no expiry has as many.
std::optional<FittedSurface> fitted_surface(std::span<const ChainExpiry> chain);

}  // namespace tidemark::vol
