// The Basel traffic light: Basel Committee (January 1996), Supervisory framework for the use of backtesting;
// MAR99.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/result.hpp"

namespace tidemark::stats {

enum class Zone { green, yellow, red };

std::string_view zone_name(Zone zone);

struct TrafficLight {
    double cumulative;  // probability of as many exceptions or fewer, were the model right
    double type1;       // probability of as many or more: of rejecting a right model by drawing the line here
    Zone zone;          // yellow from 95 % cumulative, red from 99.99 %
};

/// Any number of days and any exception probability, as in the framework's annex. Fails with out_of_domain
/// unless 0 <= exceptions <= days, days >= 1, 0 < p < 1.
Result<TrafficLight> traffic_light(std::int64_t exceptions, std::int64_t days, double p);

/// Where the zones of a sample begin.
struct ZoneEdges {
    std::int64_t max_green;
    std::int64_t first_red;
};

/// Fails as traffic_light does.
Result<ZoneEdges> zone_edges(std::int64_t days, double p);

/// What the committee's 1996 table adds to the multiplier 3, and the whole multiplier of MAR99.9 table 1,
/// after that many exceptions in 250 days at 99 %, the only case it gives.
double plus_factor_1996(std::int64_t exceptions);
double multiplier_mar99(std::int64_t exceptions);

}  // namespace tidemark::stats
