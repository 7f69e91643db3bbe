// Every estimator by name, whatever it is made from. The --estimator option, its help, the man page, the
// evaluation of forecasts and the invariants tests all read this one list.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/measure.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "vol/bars/bar_logs.hpp"
#include "vol/bars/close_to_close.hpp"
#include "vol/bars/ewma.hpp"
#include "vol/bars/garman_klass.hpp"
#include "vol/bars/garman_klass_yang_zhang.hpp"
#include "vol/bars/parkinson.hpp"
#include "vol/bars/riskmetrics2006.hpp"
#include "vol/bars/rogers_satchell.hpp"
#include "vol/bars/yang_zhang.hpp"
#include "vol/bars/zero_mean.hpp"
#include "vol/daily/day_model.hpp"

namespace tidemark::vol {

/// The sums of all estimators, fed bar by bar: what a stream keeps of a series, however long. Values only, no
/// allocation, so a copy of it is a saved state.
struct RunningVol {
    PerYear bars_per_year;
    CloseToCloseSum close_to_close;
    ZeroMeanSum zero_mean;
    ParkinsonSum parkinson;
    GarmanKlassSum garman_klass;
    GarmanKlassYangZhangSum garman_klass_yang_zhang;
    RogersSatchellSum rogers_satchell;
    YangZhangSum yang_zhang;
    EwmaSum ewma;
    RiskMetrics2006Sum riskmetrics2006;

    /// The decays depend on the length of a bar. Fails with out_of_range unless it is finite and above 0.
    static Result<RunningVol> make(PerYear bars_per_year);
    void add(const BarLogs& bar);
};

/// From bars, one by one.
struct BarSum {
    std::int64_t min_bars;
    Result<AnnualVol> (*estimate)(std::span<const OhlcBar> bars, PerYear bars_per_year);
    Result<AnnualVol> (*of)(const RunningVol& running);  // the same of the bars fed so far
    bool decays = false;  // forgets by itself: then it reads every bar; the others read a window alone
};

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
