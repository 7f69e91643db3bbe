// How series move together: correlations that stay positive definite however few the returns are. The sums
// are plain ones in the order of time, not Eigen's, whose order is that of the vectors it was compiled for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"

namespace tidemark::vol {

/// The log return over the bar that opened then, from the close of the bar just before it.
struct TimedReturn {
    Timestamp open;
    double log_return = 0.0;
};

/// Returns that every series has, row after row, `series` to a row.
struct SynchronousReturns {
    std::vector<double> values;
    std::size_t series = 0;
    std::int64_t left_out = 0;  // bars, between the first and the last common one, that some series lacks

    [[nodiscard]] std::size_t rows() const { return series == 0 ? 0 : values.size() / series; }
    [[nodiscard]] std::span<const double> row(std::size_t i) const {
        return std::span{values}.subspan(i * series, series);
    }
};

/// The returns of a series in the order of time, one a call; none at its end.
using NextReturn = std::function<std::optional<TimedReturn>()>;

/// Keeps the bars that all series have: a return against a stale or absent price would pull every correlation
/// to 0 (Epps 1979). `rows` is about how many there will be.
SynchronousReturns synchronous_returns(std::vector<NextReturn> series, std::size_t rows);

struct ShrunkCorrelation {
    std::vector<double> matrix;  // row by row, ones on the diagonal, symmetric to the bit
    double shrinkage = 0.0;      // weight of the identity
};

/// The least weight of the identity: it keeps two copies of one series apart.
inline constexpr double correlation_min_shrinkage = 1e-6;

/// Fewer returns say next to nothing of how series move together: two always seem to move as one.
inline constexpr std::size_t correlation_believed_returns = 20;

/// (1 - d) C + d I, where C is the correlation of the returns weighted by decay^age (1: the plain sample) and
/// d is the optimal weight of Ledoit and Wolf (2004), Journal of Multivariate Analysis 88(2), for returns
/// scaled to unit variance:
///
///     d = min(sum_t w_t^2 |z_t z_t' - C|^2, |C - I|^2) / |C - I|^2        w_t = 1/T where there is no decay
///
/// A series that does not move is uncorrelated with all others. Least eigenvalue >= d > 0.
/// Fails with not_enough_data below two rows, out_of_range unless 0 < decay <= 1, out_of_domain for a return
/// that is not finite.
Result<ShrunkCorrelation> shrunk_correlation(SynchronousReturns returns, double decay = 1.0);

}  // namespace tidemark::vol
