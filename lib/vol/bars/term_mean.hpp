// The mean of one term a bar: what the estimators that differ in nothing but that term are made of.
#pragma once

#include <cstdint>
#include <tuple>

#include "vol/bars/bar_logs.hpp"

namespace tidemark::vol {

/// One bar at a time, constant memory. Sum names itself, and has of(BarLogs), the term of a bar, and
/// linked_only, whether a bar that follows none has none.
template <class Sum>
struct TermMean {
    static constexpr std::int64_t min_samples = 2;

    std::int64_t count = 0;
    double sum = 0.0;

    void add(const BarLogs& bar) {
        if (Sum::linked_only && !bar.linked) return;
        count += 1 + bar.missing;
        sum += Sum::of(bar) + bar.across * bar.across;
    }
    [[nodiscard]] std::int64_t samples() const { return count; }
    [[nodiscard]] double variance_per_bar() const { return sum / static_cast<double>(count); }

    static constexpr auto stored() { return std::tuple{&TermMean::count, &TermMean::sum}; }
};

}  // namespace tidemark::vol
