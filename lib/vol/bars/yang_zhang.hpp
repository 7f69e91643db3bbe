// Drift-independent volatility of least variance, Yang and Zhang (2000), Journal of Business 73(3).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>

#include "core/measure.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "vol/bars/bar_estimate.hpp"
#include "vol/bars/bar_logs.hpp"
#include "vol/bars/rogers_satchell.hpp"
#include "vol/bars/running_moments.hpp"

namespace tidemark::vol {

/// The sum behind yang_zhang: one bar at a time, constant memory.
struct YangZhangSum {
    static constexpr std::string_view name = "yang-zhang";
    static constexpr std::string_view unit = "linked bars";
    static constexpr std::int64_t min_samples = 2;

    RunningMoments openings, moves;
    double range_sum = 0.0;  // of Rogers-Satchell terms

    void add(const BarLogs& bar) {
        if (!bar.linked) return;
        openings.add_over(bar.across, bar.missing);
        moves.add_over(0.0, bar.missing);
        openings.add(bar.o);
        moves.add(bar.c);
        range_sum += RogersSatchellSum::of(bar);
    }
    [[nodiscard]] std::int64_t samples() const { return moves.count; }
    [[nodiscard]] double variance_per_bar() const {
        const auto n = static_cast<double>(moves.count);
        const double k = 0.34 / (1.34 + (n + 1.0) / (n - 1.0));
        return openings.sample_variance() + k * moves.sample_variance() + (1.0 - k) * range_sum / n;
    }

    static constexpr auto stored() {
        using T = YangZhangSum;
        return std::tuple{&T::openings, &T::moves, &T::range_sum};
    }
};

/// Annualised volatility from n open-high-low-close bars after the first, which gives only its close:
///
///     variance per bar = var(o) + k var(c) + (1 - k) Rogers-Satchell,   k = 0.34 / (1.34 + (n+1)/(n-1))
///
/// o = ln(O_t/C_{t-1}), c = ln(C/O), var with divisor n - 1. The 1.34 belongs in the denominator of k;
/// versions with 1 there are wrong.
/// Fails with not_enough_data below two bars after the first.
inline Result<AnnualVol> yang_zhang(std::span<const OhlcBar> bars, PerYear bars_per_year) {
    return estimate<YangZhangSum>(bars, bars_per_year);
}

}  // namespace tidemark::vol
