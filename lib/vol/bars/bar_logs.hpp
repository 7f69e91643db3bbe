// The logarithms that every bar estimator is made of, taken once a bar.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/log_ratio.hpp"
#include "core/measure.hpp"
#include "core/ohlc_bar.hpp"

namespace tidemark::vol {

/// Log price moves within one bar, and from the close before it. Estimators share these.
struct BarLogs {
    double u = 0.0;       // ln(high / low)
    double c = 0.0;       // ln(close / open)
    double ho = 0.0;      // ln(high / open)
    double hc = 0.0;      // ln(high / close)
    double lo = 0.0;      // ln(low / open)
    double lc = 0.0;      // ln(low / close)
    double o = 0.0;       // ln(open / previous close); 0 where not linked
    double r = 0.0;       // ln(close / previous close); 0 where not linked
    bool linked = false;  // follows a bar; estimators that need the previous close skip one that does not
    std::int64_t missing = 0;  // bars due before it and not there, over which `across` is the move
    double across = 0.0;       // ln(open / last close before them)
};

/// The first bar of a series, or the first after a gap whose move belongs to no bar.
inline BarLogs bar_logs(const OhlcBar& bar) {
    BarLogs logs;
    logs.ho = log_ratio(bar.high(), bar.open());
    logs.lo = log_ratio(bar.low(), bar.open());
    logs.c = log_ratio(bar.close(), bar.open());
    logs.u = logs.ho - logs.lo;
    // Exact logs of a consistent bar have these signs; rounded ones may miss by an ulp.
    logs.hc = std::max(0.0, logs.ho - logs.c);
    logs.lc = std::min(0.0, logs.lo - logs.c);
    return logs;
}

/// A bar that follows one that closed at previous_close, which must be above 0.
inline BarLogs bar_logs(Price previous_close, const OhlcBar& bar) {
    BarLogs logs = bar_logs(bar);
    logs.o = log_ratio(bar.open(), previous_close.value());
    logs.r = logs.o + logs.c;
    logs.linked = true;
    return logs;
}

/// A bar after so many that are not there. The move across them is theirs, over the time that they would have
/// taken; its own is from its open.
inline BarLogs bar_logs_after_gap(Price last_close, const OhlcBar& bar, std::int64_t missing) {
    BarLogs logs = bar_logs(bar);
    logs.r = logs.c;
    logs.linked = true;
    logs.missing = missing;
    logs.across = log_ratio(bar.open(), last_close.value());
    return logs;
}

}  // namespace tidemark::vol
