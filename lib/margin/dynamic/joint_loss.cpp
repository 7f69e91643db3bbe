#include "margin/dynamic/joint_loss.hpp"

#include <algorithm>
#include <cmath>

#include "pricing/row_kernel.hpp"
#include "stats/optimise/positive_semidefinite.hpp"

namespace tidemark::margin {

JointLosses::JointLosses(const market::Market& market, const DynamicParams& params)
    : market_{market},
      low_{params.correlation_low},
      high_{params.correlation_high},
      band_{params.correlation_band},
      freshness_{market::freshness(params.correlation_max_age_seconds)} {}

void JointLosses::refresh(Timestamp now) {
    const market::Correlations& measured = market_.correlations();
    fresh_ = measured.version != 0 && freshness_.holds(measured.ts, now);
    if (checked_ == measured.version) return;
    checked_ = measured.version;
    consistent_ = stats::positive_semidefinite(measured.matrix, measured.assets.size());
}

JointLosses::Bounds JointLosses::bounds(const LossRow& a, const LossRow& b) const {
    const auto measured = fresh_ ? market_.correlation(a.underlying, b.underlying) : std::nullopt;
    if (!measured) return {low_, high_};
    return {std::clamp(*measured - band_, low_, high_), std::clamp(*measured + band_, low_, high_)};
}

double JointLosses::loss_of(std::span<const LossRow> rows, std::size_t* worst) {
    sum_.assign(rows[0].change.begin(), rows[0].change.end());
    for (const LossRow& row : rows.subspan(1)) pricing::add_row(sum_, row.change, 1.0);
    const pricing::Minimum least = pricing::min_of(sum_);
    if (worst != nullptr) *worst = least.index;
    return std::max(0.0, -least.value);
}

/// The bounds of every pair, the least correlation, and how far each row's pairs may hedge better than that.
void JointLosses::find_room(std::span<const LossRow> rows) {
    const std::size_t n = rows.size();
    bounds_.resize(n * n);
    least_ = 1.0;
    bool linear = true;
    for (std::size_t i = 0; i < n; ++i) {
        linear = linear && rows[i].linear;
        for (std::size_t j = 0; j < i; ++j) {
            bounds_[i * n + j] = bounds_[j * n + i] = bounds(rows[i], rows[j]);
            least_ = std::min(least_, bounds_[i * n + j].low);
        }
    }
    const bool believed = !fresh_ || consistent_;
    room_.assign(n, believed ? 1.0 : 0.0);
    if (linear || !believed) return;
    for (std::size_t i = 0; i < n; ++i) {
        double wanted = 0.0;
        for (std::size_t j = 0; j < n; ++j) {
            if (j != i) wanted += bounds_[i * n + j].low - least_;
        }
        if (wanted > 1.0 - least_) room_[i] = (1.0 - least_) / wanted;
    }
}

double JointLosses::square_of(std::span<const LossRow> rows, double together) {
    find_room(rows);
    double square = least_ * together * together;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const LossRow& a = rows[i];
        square += (1.0 - least_) * a.worst() * a.worst();
        for (std::size_t j = 0; j < i; ++j) {
            const LossRow& b = rows[j];
            const auto [low, high] = bounds_[i * rows.size() + j];
            const double e = (low - least_) * std::min(room_[i], room_[j]);
            square += 2.0 * (high - least_ - e) * (a.down * b.down + a.up * b.up);
            if (e == 0.0) continue;
            const LossRow pair[] = {b, a};
            const double joint = loss_of(pair, nullptr);
            square += e * (joint * joint - a.worst() * a.worst() - b.worst() * b.worst());
        }
    }
    return std::max(square, least_ * together * together);
}

JointLoss JointLosses::of(std::span<const LossRow> rows, Timestamp now) {
    JointLoss out;
    if (rows.empty()) return out;
    double alone = 0.0;
    for (const LossRow& row : rows) alone += row.worst();
    out.together = loss_of(rows, &out.worst);
    out.risk = alone;
    if (rows.size() == 1) {
        out.together = alone;
        return out;
    }
    refresh(now);
    out.correlated = fresh_;
    const double square = square_of(rows, out.together);
    if (square < alone * alone) out.risk = std::sqrt(square);
    return out;
}

}  // namespace tidemark::margin
