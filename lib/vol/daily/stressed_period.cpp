#include "vol/daily/stressed_period.hpp"

#include <algorithm>

namespace tidemark::vol {
namespace {

struct Total {
    double variance = 0.0;
    std::int64_t bars = 0;

    void add(const DaySum& day, int sign) {
        variance += sign * day.variance;
        bars += sign * day.bars;
    }
};

/// Sums anew: a running total would keep the rounding of what has left it.
double mean_of(std::span<const DaySum> days) {
    Total total;
    for (const DaySum& day : days) total.add(day, 1);
    return total.variance / static_cast<double>(total.bars);
}

}  // namespace

std::optional<BarVariance> bar_variance_since(std::span<const DaySum> days, std::int32_t first_day) {
    const auto from = std::find_if(days.begin(), days.end(),
                                   [first_day](const DaySum& day) { return day.day >= first_day; });
    const auto some = days.subspan(static_cast<std::size_t>(from - days.begin()));
    if (some.empty()) return std::nullopt;
    return BarVariance{some.front().day, some.back().day, mean_of(some)};
}

std::optional<BarVariance> stressed_period(std::span<const DaySum> days, std::int32_t length) {
    std::optional<BarVariance> worst;
    std::span<const DaySum> worst_days;
    Total total;
    std::size_t first = 0;
    for (std::size_t last = 0; last < days.size(); ++last) {
        total.add(days[last], 1);
        for (; days[first].day <= days[last].day - length; ++first) total.add(days[first], -1);
        const bool whole = days[last].day - days.front().day >= length;
        const std::size_t there = last - first + 1;
        if (!whole || 2 * there < static_cast<std::size_t>(length)) continue;
        const double mean = total.variance / static_cast<double>(total.bars);
        if (worst && mean <= worst->variance_per_bar) continue;
        worst = BarVariance{days[last].day - length + 1, days[last].day, mean};
        worst_days = days.subspan(first, there);
    }
    if (worst) worst->variance_per_bar = mean_of(worst_days);
    return worst;
}

double weighted_variance(double variance, double stressed, double weight) {
    return std::max(variance, (1.0 - weight) * variance + weight * stressed);
}

}  // namespace tidemark::vol
