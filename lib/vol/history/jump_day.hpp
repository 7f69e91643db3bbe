// Whether the last whole day jumped, and how much of its variance that was.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "vol/history/correlation.hpp"
#include "vol/history/daily_history.hpp"
#include "vol/realized/jump_test.hpp"

namespace tidemark::vol {

struct JumpDay {
    std::int32_t day = 0;     // since 1970
    std::size_t returns = 0;  // of it
    JumpTest test;
    Rate share;  // of the day's variance that jumps gave
};

/// By jump_test_ratio and jump_share over the returns that opened on that day. None where no day is whole,
/// or these fail: fewer than 3 returns, or too little movement to judge by.
std::optional<JumpDay> jump_day(const DailyHistory& history, std::span<const TimedReturn> returns);

}  // namespace tidemark::vol
