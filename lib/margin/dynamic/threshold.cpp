#include "margin/dynamic/threshold.hpp"

#include <algorithm>

#include "stats/distributions/normal.hpp"

namespace tidemark::margin {
namespace {

/// Of the sum, by the threshold.
double slope(const ThresholdCosts& c, double threshold) {
    const double beyond = threshold - c.close_out;
    const double insolvent = c.latency_deviation > 0.0 ? stats::normal_cdf(-beyond / c.latency_deviation)
                                                       : (beyond < 0.0 ? 1.0 : 0.0);
    double false_alarms = 0.0;
    if (c.monitor_deviation > 0.0)
        false_alarms = c.false_cost / c.monitor_deviation *
                       stats::normal_density((c.maintenance - threshold) / c.monitor_deviation);
    return c.capital_rate + false_alarms - insolvent;
}

}  // namespace

double liquidation_threshold(const ThresholdCosts& costs) {
    constexpr int halvings = 40;
    double low = std::min(costs.floor, costs.maintenance), high = costs.maintenance;
    for (int i = 0; i < halvings; ++i) {
        const double middle = 0.5 * (low + high);
        (slope(costs, middle) < 0.0 ? low : high) = middle;
    }
    return high;
}

}  // namespace tidemark::margin
