#include "vol/estimators.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "vol/daily/day_models.hpp"
#include "vol/realized/return_measures.hpp"

namespace tidemark::vol {
namespace {

constexpr Estimator return_measures[] = {
    {"realized-variance", "jumps count; sampled at 5 minutes where bars are shorter",
     ReturnMeasure{sampled_variance}},
    {"bipower", "jumps do not count", ReturnMeasure{bipower_measure}},
    {"min-rv", "jumps do not count, nor bars that stood still", ReturnMeasure{min_rv_measure}},
    {"med-rv", "jumps do not count", ReturnMeasure{med_rv_measure}},
    {"two-scale", "noise of the price is white", ReturnMeasure{two_scale_measure}},
    {"realized-kernel", "noise of the price is short-lived", ReturnMeasure{kernel_measure}},
    {"semivariance-down", "falls alone, twice", ReturnMeasure{falls_measure}},
    {"semivariance-up", "rises alone, twice", ReturnMeasure{rises_measure}},
};

constexpr Estimator of_trades{"irregular", "trades; decay of an hour", TradeMeasure{}};

constexpr std::size_t bar_count = std::size(bar_sums);

/// The lists of the rooms, one after the other.
constexpr auto all = [] {
    std::array<Estimator, bar_count + std::size(return_measures) + std::size(day_models) + 1> list{};
    std::size_t at = 0;
    for (const BarSum& sum : bar_sums) list[at++] = {sum.name, sum.assumes, sum};
    for (const Estimator& measure : return_measures) list[at++] = measure;
    for (const NamedDayModel& day : day_models) list[at++] = {day.name, day.assumes, day.model};
    list[at] = of_trades;
    return list;
}();

std::vector<std::string> names_of(std::span<const Estimator> some) {
    std::vector<std::string> list;
    for (const Estimator& e : some) list.emplace_back(e.name);
    return list;
}

}  // namespace

std::span<const Estimator> estimators() {
    return all;
}

std::vector<std::string> names() {
    return names_of(all);
}

std::span<const Estimator> bar_estimators() {
    return std::span{all}.first(bar_count);
}

std::vector<std::string> bar_names() {
    return names_of(bar_estimators());
}

const Estimator* find(std::string_view name) {
    const auto* const it =
        std::find_if(all.begin(), all.end(), [&](const Estimator& e) { return e.name == name; });
    return it == all.end() ? nullptr : it;
}

}  // namespace tidemark::vol
