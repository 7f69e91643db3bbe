#include "stats/backtest/traffic_light.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/errors.hpp"
#include "stats/distributions/tail_probability.hpp"

namespace tidemark::stats {
namespace {

constexpr double yellow_from = 0.95;
constexpr double red_from = 0.9999;

/// From 4 exceptions or fewer to 10 or more.
constexpr std::array<double, 7> plus_factors_1996{0.0, 0.4, 0.5, 0.65, 0.75, 0.85, 1.0};
constexpr std::array<double, 7> multipliers_mar99{1.5, 1.7, 1.76, 1.83, 1.88, 1.92, 2.0};

double entry(const std::array<double, 7>& table, std::int64_t exceptions) {
    return table[static_cast<std::size_t>(std::clamp<std::int64_t>(exceptions, 4, 10) - 4)];
}

Zone zone_at(double cumulative) {
    if (cumulative >= red_from) return Zone::red;
    return cumulative >= yellow_from ? Zone::yellow : Zone::green;
}

}  // namespace

std::string_view zone_name(Zone zone) {
    switch (zone) {
        case Zone::green:
            return "green";
        case Zone::yellow:
            return "yellow";
        case Zone::red:
            return "red";
    }
    return "red";
}

Result<TrafficLight> traffic_light(std::int64_t exceptions, std::int64_t days, double p) {
    if (!(days >= 1 && exceptions >= 0 && exceptions <= days && p > 0.0 && p < 1.0)) {
        return out_of_domain(fmt::format("want 0 to {} exceptions of probability inside 0 to 1, got {} of {}",
                                         days, exceptions, p));
    }
    const double cumulative = binomial_cdf(exceptions, days, p);
    return TrafficLight{cumulative, 1.0 - binomial_cdf(exceptions - 1, days, p), zone_at(cumulative)};
}

Result<ZoneEdges> zone_edges(std::int64_t days, double p) {
    if (const auto none = traffic_light(0, days, p); !none) return none.error();
    std::int64_t first_yellow = 0;
    while (zone_at(binomial_cdf(first_yellow, days, p)) == Zone::green) ++first_yellow;
    std::int64_t first_red = first_yellow;
    while (zone_at(binomial_cdf(first_red, days, p)) != Zone::red) ++first_red;
    return ZoneEdges{first_yellow - 1, first_red};
}

double plus_factor_1996(std::int64_t exceptions) {
    return entry(plus_factors_1996, exceptions);
}
double multiplier_mar99(std::int64_t exceptions) {
    return entry(multipliers_mar99, exceptions);
}

}  // namespace tidemark::stats
