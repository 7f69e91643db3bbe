// Every estimator that is made from bars alone, one by one, by name.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/measure.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "vol/bars/running_vol.hpp"

namespace tidemark::vol {

struct BarSum {
    std::string_view name;
    std::string_view assumes;
    std::int64_t min_bars;
    Result<AnnualVol> (*estimate)(std::span<const OhlcBar> bars, PerYear bars_per_year);
    Result<AnnualVol> (*of)(const RunningVol& running);  // the same of the bars fed so far
    bool decays = false;  // forgets by itself: then it reads every bar; the others read a window alone
};

template <auto member>
Result<AnnualVol> sum_of(const RunningVol& running) {
    return annual_vol(running.*member, running.bars_per_year);
}

inline constexpr BarSum bar_sums[] = {
    {CloseToCloseSum::name, "bars of one length; the mean return is removed", 3, close_to_close,
     sum_of<&RunningVol::close_to_close>},
    {ZeroMeanSum::name, "mean return 0", 2, zero_mean, sum_of<&RunningVol::zero_mean>},
    {ParkinsonSum::name, "no drift, no jump between bars", 2, parkinson, sum_of<&RunningVol::parkinson>},
    {GarmanKlassSum::name, "no drift, no gap between bars", 2, garman_klass,
     sum_of<&RunningVol::garman_klass>},
    {GarmanKlassYangZhangSum::name, "no drift", 3, garman_klass_yang_zhang,
     sum_of<&RunningVol::garman_klass_yang_zhang>},
    {RogersSatchellSum::name, "no gap between bars", 2, rogers_satchell,
     sum_of<&RunningVol::rogers_satchell>},
    {YangZhangSum::name, "constant drift", 3, yang_zhang, sum_of<&RunningVol::yang_zhang>},
    {EwmaSum::name, "mean return 0; decay 0.94 a day", 2, ewma, sum_of<&RunningVol::ewma>, true},
    {RiskMetrics2006Sum::name, "mean return 0; decays from 4 days to a year", 2, riskmetrics2006,
     sum_of<&RunningVol::riskmetrics2006>, true},
};

}  // namespace tidemark::vol
