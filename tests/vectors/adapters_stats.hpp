// What the adapters of the stats layer share.
#pragma once

#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "adapter.hpp"
#include "core/result.hpp"

namespace tidemark::vectors {

void add_stats_backtests(Registry& registry);
void add_stats_tails(Registry& registry);
void add_stats_regressions(Registry& registry);
void add_stats_scores(Registry& registry);

/// The value, or an exception that the runner prints.
template <class T>
T value_of(Result<T> result) {
    if (!result)
        throw std::runtime_error(std::string{errc_name(result.error().code)} + ": " + result.error().message);
    return *std::move(result);
}

/// null for a number that does not exist.
inline Json json_of(double x) {
    return std::isnan(x) ? Json{} : Json(x);
}

inline std::vector<double> numbers(const Json& array) {
    return array.get<std::vector<double>>();
}

/// The series that a vector names: `data`, and `column` or `scale` ("return_pct/100") or `losses` ("-ret");
/// the file's last column where it names none.
std::vector<double> series(const Json& input, const Context& context);

}  // namespace tidemark::vectors
