// Every estimator by name, whatever it is made from. The --estimator option, its help, the man page, the
// evaluation of forecasts and the invariants tests all read this one list.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/result.hpp"
#include "vol/bars/bar_sums.hpp"
#include "vol/daily/day_model.hpp"

namespace tidemark::vol {

/// From the log returns of the window's bars, all together: their variance. Fails as realized.hpp says, and
/// with out_of_domain where it comes out at 0 or below.
struct ReturnMeasure {
    Result<double> (*variance)(std::span<const double> returns, std::int64_t interval_ms);
};

/// From trades as they come: see TradeTape.
struct TradeMeasure {};

struct Estimator {
    std::string_view name;
    std::string_view assumes;
    std::variant<BarSum, ReturnMeasure, DayModel, TradeMeasure> from;

    [[nodiscard]] constexpr const BarSum* bars() const { return std::get_if<BarSum>(&from); }
    [[nodiscard]] const ReturnMeasure* returns() const { return std::get_if<ReturnMeasure>(&from); }
    [[nodiscard]] const DayModel* days() const { return std::get_if<DayModel>(&from); }
    [[nodiscard]] bool trades() const { return std::holds_alternative<TradeMeasure>(from); }
};

std::span<const Estimator> estimators();
std::vector<std::string> names();

/// Those from bars alone: the first of the list.
std::span<const Estimator> bar_estimators();
std::vector<std::string> bar_names();

/// The estimator of that name, or null where there is none.
const Estimator* find(std::string_view name);

}  // namespace tidemark::vol
