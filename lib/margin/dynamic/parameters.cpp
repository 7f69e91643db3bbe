#include "margin/dynamic/parameters.hpp"

#include <algorithm>
#include <cmath>

namespace tidemark::margin {
namespace {

Error contradiction(std::string_view field, std::string_view wanted) {
    return {Errc::policy, std::string{wanted}, std::string{field}, 0};
}

}  // namespace

Status consistent(const DynamicParams& p) {
    if (p.correlation_low > p.correlation_high)
        return contradiction("correlation_low", "want it not above correlation_high");
    const auto has = [&](double fraction) {
        return std::find(p.spot_fractions.begin(), p.spot_fractions.end(), fraction) !=
               p.spot_fractions.end();
    };
    if (!has(-1.0) || !has(0.0) || !has(1.0))
        return contradiction("spot_fractions", "want -1, 0 and 1 among them");
    if (!(p.buffer_release_start < p.buffer_release_end))
        return contradiction("buffer_release_start", "want it below buffer_release_end");
    // Else a market that grows wilder would need less on the way.
    if (p.calm_buffer * p.buffer_release_end > p.buffer_release_end - p.buffer_release_start)
        return contradiction("calm_buffer", "want it released over a longer stretch of volatility");
    if (p.state_factors.size() != 4 || !std::is_sorted(p.state_factors.begin(), p.state_factors.end()))
        return contradiction("state_factors", "want four that do not fall: calm, watch, stressed, exhausted");
    for (const double tail : p.tail_fractions) {
        if (!(std::fabs(tail) > 1.0))
            return contradiction("tail_fractions", "want each beyond the range: below -1 or above 1");
    }
    return Ok{};
}

}  // namespace tidemark::margin
