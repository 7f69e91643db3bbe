// Variance from ticks, where the bid-ask bounce would swell a plain sum of squares.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/result.hpp"

namespace tidemark::vol {

/// Parzen's weight: 1 - 6x^2 + 6x^3 up to 1/2, 2(1-x)^3 up to 1, then 0. Wants x >= 0.
double parzen_weight(double x);

/// Realised kernel g_0 + 2 sum_{h=1..lags} k(h/(lags+1)) g_h with Parzen weights, g_h the sum of r_i r_{i-h}:
/// Barndorff-Nielsen, Hansen, Lunde and Shephard (2009), Econometrics Journal 12(3). Never negative, so the
/// one for margin. With 0 lags it is the realised variance. Fails with not_enough_data unless there are more
/// returns than lags.
Result<double> realized_kernel(std::span<const double> returns, std::size_t lags);

/// The flat-top form of the same authors (Econometrica 76(6), 2008): lag h is weighted k((h-1)/lags). Less
/// biased by noise, but may come out negative.
Result<double> flat_top_kernel(std::span<const double> returns, std::size_t lags);

/// The number of lags of least error: c* xi^(4/5) n^(3/5), c* = (12^2/0.269)^(1/5), xi^2 = noise variance /
/// integrated variance; noise variance by RV/(2n), integrated variance by RV over every `sparse_step` returns
/// (20 minutes of them), averaged over the offsets. Rounded up, and below n.
/// Fails with not_enough_data below sparse_step returns, out_of_range where sparse_step is 0.
Result<std::size_t> kernel_lags(std::span<const double> returns, std::size_t sparse_step);

/// Log returns of prices whose first and last `ends` are replaced by their means, as the kernel's theory asks
/// for. Fails with not_enough_data below 2 ends + 1 prices, out_of_range where ends is 0 or a price is not
/// above 0.
Result<std::vector<double>> end_averaged_returns(std::span<const double> prices, std::size_t ends);

/// Realised variance of returns over `step` ticks, averaged over the starting points: sum of
/// (ln p_{i+step} - ln p_i)^2 / step.
Result<double> subsampled_variance(std::span<const double> returns, std::size_t step);

/// Two-scale estimator, Zhang, Mykland and Ait-Sahalia (2005), JASA 100: with m prices, n_K = (m-K+1)/K,
///
///     (1 - n_slow/n_fast)^-1 (RV over slow ticks - n_slow/n_fast RV over fast ticks)
///
/// Fails with out_of_range unless 1 <= fast < slow, not_enough_data below slow returns.
Result<double> two_scale_variance(std::span<const double> returns, std::size_t slow, std::size_t fast = 1);

}  // namespace tidemark::vol
