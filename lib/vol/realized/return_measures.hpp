// Realised measures as estimators of a window: each gives the variance of all its bars together.
#pragma once

#include <cstdint>
#include <span>

#include "core/result.hpp"

namespace tidemark::vol {

// Returns of bars of one length, oldest first; a move across missing bars is that of the first of them. All
// fail as the measures of realized.hpp and realized_kernel.hpp do, with out_of_domain where the variance
// comes out at 0 or below: nothing moved, or noise was all there was.

/// Realised variance over 5 minutes, averaged over the starting points; over one bar where bars are longer.
Result<double> sampled_variance(std::span<const double> returns, std::int64_t interval_ms);
/// See scaled_bipower_variation, min_rv, med_rv.
Result<double> bipower_measure(std::span<const double> returns, std::int64_t interval_ms);
Result<double> min_rv_measure(std::span<const double> returns, std::int64_t interval_ms);
Result<double> med_rv_measure(std::span<const double> returns, std::int64_t interval_ms);
/// See two_scale_variance: the slow scale is 20 minutes, or two bars where they are longer.
Result<double> two_scale_measure(std::span<const double> returns, std::int64_t interval_ms);
/// See realized_kernel, with the lags of kernel_lags.
Result<double> kernel_measure(std::span<const double> returns, std::int64_t interval_ms);
/// Twice the semivariance: what the variance would be if the other half moved as this one did.
Result<double> falls_measure(std::span<const double> returns, std::int64_t interval_ms);
Result<double> rises_measure(std::span<const double> returns, std::int64_t interval_ms);

}  // namespace tidemark::vol
