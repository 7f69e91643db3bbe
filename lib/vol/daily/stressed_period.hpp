// The worst stretch of a history: what an anchor gives extra weight, so that calm years do not lull it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "vol/history/daily_history.hpp"

namespace tidemark::vol {

struct BarVariance {
    std::int32_t first_day = 0, last_day = 0;  // since 1970, both within
    double variance_per_bar = 0.0;             // mean squared log return of the bars that are there
};

/// All days from first_day on. None without bars.
std::optional<BarVariance> bar_variance_since(std::span<const DaySum> days, std::int32_t first_day);

/// The stretch of `length` days, 1 or more, in which bars moved most. Stretches that lack half of their days
/// are not taken. None where the history is no longer than that.
std::optional<BarVariance> stressed_period(std::span<const DaySum> days, std::int32_t length);

/// (1 - weight) variance + weight stressed, and never below `variance`: EMIR RTS 153/2013 Art. 28(1)(b) asks
/// for a weight of 25 % or more. Wants 0 <= weight <= 1.
double weighted_variance(double variance, double stressed, double weight);

}  // namespace tidemark::vol
