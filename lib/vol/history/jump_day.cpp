#include "vol/history/jump_day.hpp"

#include <algorithm>
#include <vector>

namespace tidemark::vol {

std::optional<JumpDay> jump_day(const DailyHistory& history, std::span<const TimedReturn> returns) {
    const auto days = history.days();
    const auto last =
        std::find_if(days.rbegin(), days.rend(), [&](const DaySum& day) { return history.whole(day); });
    if (last == days.rend()) return std::nullopt;
    std::vector<double> of_day;
    for (const TimedReturn& move : returns) {
        if (move.open.ms / ms_per_day == last->day) of_day.push_back(move.log_return);
    }
    const auto test = jump_test_ratio(of_day);
    const auto share = jump_share(of_day);
    if (!test || !share) return std::nullopt;
    return JumpDay{last->day, of_day.size(), *test, share->share};
}

}  // namespace tidemark::vol
