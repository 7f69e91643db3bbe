#include "margin/dynamic/range.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"
#include "core/time.hpp"
#include "stats/backtest/historical.hpp"
#include "stats/distributions/normal.hpp"
#include "stats/distributions/student_t.hpp"

namespace tidemark::margin {
namespace {

Result<double> historical_shortfall(const DynamicParams& params) {
    const double tail = 1.0 - params.confidence;
    const auto least = static_cast<std::size_t>(std::ceil(1.0 / tail - 1e-9));
    if (params.standardised_returns.size() < least)
        return bad_policy(fmt::format("want at least {} for a confidence of {}, got {}", least,
                                      params.confidence, params.standardised_returns.size()),
                          "standardised_returns");
    std::vector<double> mirrored = params.standardised_returns;
    for (double& value : mirrored) value = -value;
    const auto down = stats::historical_risk(params.standardised_returns, tail);
    if (!down) return down.error();
    const auto up = stats::historical_risk(mirrored, tail);
    if (!up) return up.error();
    const double worse = std::max(down->expected_shortfall, up->expected_shortfall);
    if (worse > 0.0) return worse;
    return bad_policy("want returns of both signs", "standardised_returns");
}

/// In standard deviations.
Result<double> unit_shortfall(const DynamicParams& params) {
    const double tail = 1.0 - params.confidence;
    if (params.residuals == "filtered_historical") return historical_shortfall(params);
    if (params.residuals == "normal") {
        const auto normal = stats::normal_expected_shortfall(tail);
        return normal ? Result<double>{-*normal} : normal.error();
    }
    if (params.residuals == "student_t") {
        const auto student = stats::student_t_tail(tail, params.tail_degrees_of_freedom);
        return student ? Result<double>{-student->expected_shortfall} : student.error();
    }
    return bad_policy(
        fmt::format("want student_t, normal or filtered_historical, got '{}'", params.residuals),
        "residuals");
}

double released_buffer(double multiplier, const DynamicParams& p) {
    const double left = (p.buffer_release_end - multiplier) / (p.buffer_release_end - p.buffer_release_start);
    return p.calm_buffer * std::clamp(left, 0.0, 1.0);
}

}  // namespace

Result<double> shortfall_factor(const DynamicParams& params) {
    const auto unit = unit_shortfall(params);
    if (!unit) return unit.error();
    return *unit * std::sqrt(params.horizon_days / days_per_year);
}

LimitedVol limited_vol(const std::vector<market::VolStep>& steps, const DynamicParams& params) {
    LimitedVol out{steps.front().annual_vol, {}};
    for (std::size_t i = 1; i < steps.size(); ++i) {
        const double days = days_between(steps[i - 1].ts, steps[i].ts);
        const double most = out.annual_vol * std::pow(1.0 + params.vol_max_rise_per_day, days);
        const double least = out.annual_vol * std::pow(1.0 - params.vol_max_fall_per_day, days);
        const double measured = steps[i].annual_vol;
        out = {std::clamp(measured, least, most), {}};
        if (measured > most * params.vol_override_ratio) {
            out = {measured, Speed::override};
        } else if (measured > most) {
            out.speed = Speed::rise_limited;
        } else if (measured < least) {
            out.speed = Speed::fall_limited;
        }
    }
    return out;
}

double volatility_multiplier(const market::VolState& vol, double annual_vol, const DynamicParams& params) {
    const double stressed = params.stressed_vol_multiple * vol.base_annual_vol;
    const double weight = std::max(params.stress_weight, vol.stress_prob.value_or(0.0));
    const double in_use = annual_vol + weight * std::max(0.0, stressed - annual_vol);
    const double multiplier = in_use / vol.base_annual_vol;
    return std::clamp(multiplier * (1.0 + released_buffer(multiplier, params)), params.multiplier_floor,
                      params.multiplier_cap);
}

Range range_of(const market::VolState& vol, const LimitedVol& limited, double shortfall_factor,
               const DynamicParams& params) {
    Range range;
    range.base = shortfall_factor * vol.base_annual_vol;
    range.multiplier = volatility_multiplier(vol, limited.annual_vol, params);
    range.annual_vol = vol.base_annual_vol * range.multiplier;
    range.limited = limited;
    double down = 1.0 + params.unquoted_skew, up = down;
    if (vol.implied_vol && vol.rr25 && vol.bf25) {
        const double wings = *vol.implied_vol + *vol.bf25;
        down = std::max(1.0, (wings - 0.5 * *vol.rr25) / *vol.implied_vol);
        up = std::max(1.0, (wings + 0.5 * *vol.rr25) / *vol.implied_vol);
    }
    range.down = std::min(params.max_down_move,
                          range.base * range.multiplier * (1.0 + params.skew_weight * (down - 1.0)));
    range.up = range.base * range.multiplier * (1.0 + params.skew_weight * (up - 1.0));
    return range;
}

}  // namespace tidemark::margin
