// Where a conditional variance model expects the variance to go.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/measure.hpp"
#include "core/result.hpp"
#include "vol/garch/garch.hpp"

namespace tidemark::vol {

struct GarchForecast {
    std::vector<double> variances;        // of the next 1, 2, ... returns
    std::optional<double> unconditional;  // where they go in the end; none where persistence >= 1
    std::optional<double> half_life;      // returns until a shock is half gone; none where it never is
};

/// garch and gjr: h_{T+1} is known and h_{T+k+1} = omega + persistence h_{T+k}, which grows without end where
/// persistence >= 1 (by omega a step at 1). egarch: the product of the expectations of exp(beta^i (omega +
/// alpha
/// (|z| - sqrt(2/pi)) + gamma z)) for normal z, in closed form.
/// Fails with out_of_range unless horizon >= 1 and next_variance > 0, with out_of_domain for egarch with
/// Student errors beyond one step, whose expected variance is infinite.
Result<GarchForecast> garch_forecast(GarchModel model, Innovation innovation,
                                     const GarchParameters& parameters, double next_variance,
                                     std::size_t horizon);

/// The path of egarch where the residuals seen stand for the law of those to come: their expectations are
/// finite whatever the errors were fitted as. Fails with out_of_range as garch_forecast does,
/// not_enough_data without residuals.
Result<GarchForecast> egarch_forecast(const GarchParameters& parameters, double next_variance,
                                      std::span<const double> residuals, std::size_t horizon);

/// Annualised volatility over the next 1, 2, ... returns: the term structure of the path.
std::vector<AnnualVol> term_vols(std::span<const double> variances, PerYear returns_per_year);

}  // namespace tidemark::vol
