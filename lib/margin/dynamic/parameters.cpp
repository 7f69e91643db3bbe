#include "margin/dynamic/parameters.hpp"

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"

namespace tidemark::margin {
Status consistent(const DynamicParams& p) {
    if (p.correlation_low > p.correlation_high)
        return bad_policy("want it not above correlation_high", "correlation_low");
    const auto has = [&](double fraction) {
        return std::find(p.spot_fractions.begin(), p.spot_fractions.end(), fraction) !=
               p.spot_fractions.end();
    };
    if (!has(-1.0) || !has(0.0) || !has(1.0))
        return bad_policy("want -1, 0 and 1 among them", "spot_fractions");
    if (!(p.buffer_release_start < p.buffer_release_end))
        return bad_policy("want it below buffer_release_end", "buffer_release_start");
    // Else a market that grows wilder would need less on the way.
    if (p.calm_buffer * p.buffer_release_end > p.buffer_release_end - p.buffer_release_start)
        return bad_policy("want it released over a longer stretch of volatility", "calm_buffer");
    if (p.state_factors.size() != 4 || !std::is_sorted(p.state_factors.begin(), p.state_factors.end()))
        return bad_policy("want four that do not fall: calm, watch, stressed, exhausted", "state_factors");
    for (const double tail : p.tail_fractions) {
        if (!(std::fabs(tail) > 1.0))
            return bad_policy("want each beyond the range: below -1 or above 1", "tail_fractions");
    }
    return Ok{};
}

}  // namespace tidemark::margin
