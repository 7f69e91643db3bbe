#include "vol/headline/anchor.hpp"

#include <algorithm>
#include <cmath>

#include "vol/bars/annualise.hpp"
#include "vol/daily/stressed_period.hpp"

namespace tidemark::vol {
namespace {

AnnualVol annual_vol(double variance_per_bar, std::int64_t interval_ms, const AnchorRules& rules) {
    const double bars_a_day = static_cast<double>(ms_per_day) / static_cast<double>(interval_ms);
    return annualise(variance_per_bar * bars_a_day, rules.days_per_year);
}

/// The first day that the anchor looks back to; 0 is every day.
std::int32_t first_day_of(std::span<const DaySum> days, const AnchorRules& rules) {
    if (rules.days == 0 || days.empty()) return 0;
    return std::max(0, days.back().day - rules.days + 1);
}

std::span<const DaySum> days_since(std::span<const DaySum> days, std::int32_t first) {
    const auto within =
        std::find_if(days.begin(), days.end(), [first](const DaySum& day) { return day.day >= first; });
    return days.subspan(static_cast<std::size_t>(within - days.begin()));
}

void put_stress(BarAnchor& anchor, std::span<const DaySum> days, std::int64_t interval_ms,
                const AnchorRules& rules) {
    if (rules.stressed_weight == 0.0) return;
    const auto worst = stressed_period(days, rules.stressed_days);
    if (!worst) return;
    const AnnualVol stressed = annual_vol(worst->variance_per_bar, interval_ms, rules);
    anchor.stressed = StressedStretch{stressed, worst->first_day, worst->last_day};
    const double calm = anchor.unstressed.value();
    anchor.annual_vol = AnnualVol{std::sqrt(
        weighted_variance(calm * calm, stressed.value() * stressed.value(), rules.stressed_weight))};
}

}  // namespace

std::optional<BarAnchor> bar_anchor(std::span<const DaySum> days, AnnualVol over_all,
                                    std::int64_t interval_ms, const AnchorRules& rules) {
    const std::int32_t first = first_day_of(days, rules);
    const auto part = bar_variance_since(days, first);
    if (!part) return std::nullopt;
    BarAnchor out;
    out.bounded = days.front().day < first;
    out.unstressed = out.bounded ? annual_vol(part->variance_per_bar, interval_ms, rules) : over_all;
    if (!(out.unstressed.value() > 0.0)) return std::nullopt;
    out.annual_vol = out.unstressed;
    out.days = part->last_day - part->first_day + 1;
    put_stress(out, days_since(days, first), interval_ms, rules);
    return out;
}

std::optional<Anchor> long_run_anchor(const std::optional<BarAnchor>& bars, std::int64_t history_ms,
                                      double longest_implied) {
    const bool few_days = history_ms < least_anchor_ms;
    if (bars && !(few_days && bars->annual_vol.value() < longest_implied))
        return Anchor{bars->annual_vol, true};
    if (!(longest_implied > 0.0)) return std::nullopt;
    return Anchor{AnnualVol{longest_implied}, false};
}

}  // namespace tidemark::vol
