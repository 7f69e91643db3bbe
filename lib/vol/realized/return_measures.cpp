#include "vol/realized/return_measures.hpp"

#include <algorithm>

#include "core/time.hpp"
#include "vol/realized/realized.hpp"
#include "vol/realized/realized_kernel.hpp"

namespace tidemark::vol {
namespace {

/// At least `least` bars.
std::size_t bars_of(std::int64_t minutes, std::int64_t interval_ms, std::int64_t least) {
    return static_cast<std::size_t>(std::max(minutes * ms_per_minute / interval_ms, least));
}

Result<double> moved(const Result<double>& variance) {
    if (!variance || *variance > 0.0) return variance;
    return Error{Errc::out_of_domain, "want returns that move, more than by noise", "", 0};
}

}  // namespace

Result<double> sampled_variance(std::span<const double> returns, std::int64_t interval_ms) {
    const std::size_t step = bars_of(5, interval_ms, 1);
    return moved(step == 1 ? realized_variance(returns) : subsampled_variance(returns, step));
}

Result<double> bipower_measure(std::span<const double> returns, std::int64_t) {
    return moved(scaled_bipower_variation(returns));
}

Result<double> min_rv_measure(std::span<const double> returns, std::int64_t) {
    return moved(min_rv(returns));
}

Result<double> med_rv_measure(std::span<const double> returns, std::int64_t) {
    return moved(med_rv(returns));
}

Result<double> two_scale_measure(std::span<const double> returns, std::int64_t interval_ms) {
    return moved(two_scale_variance(returns, bars_of(20, interval_ms, 2)));
}

Result<double> kernel_measure(std::span<const double> returns, std::int64_t interval_ms) {
    const auto lags = kernel_lags(returns, bars_of(20, interval_ms, 1));
    if (!lags) return lags.error();
    return moved(realized_kernel(returns, *lags));
}

Result<double> falls_measure(std::span<const double> returns, std::int64_t) {
    const auto halves = realized_semivariance(returns);
    if (!halves) return halves.error();
    return moved(2.0 * halves->down);
}

Result<double> rises_measure(std::span<const double> returns, std::int64_t) {
    const auto halves = realized_semivariance(returns);
    if (!halves) return halves.error();
    return moved(2.0 * halves->up);
}

}  // namespace tidemark::vol
