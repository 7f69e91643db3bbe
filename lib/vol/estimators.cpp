#include "vol/estimators.hpp"

#include <algorithm>

#include "vol/bar_estimate.hpp"

namespace tidemark::vol {
namespace {

template <auto member>
Result<AnnualVol> of(const RunningVol& running) {
    return annual_vol(running.*member, running.bars_per_year);
}

constexpr Estimator all[] = {
    {CloseToCloseSum::name, "bars of one length; the mean return is removed", 3, close_to_close,
     of<&RunningVol::close_to_close>},
    {ZeroMeanSum::name, "mean return 0", 2, zero_mean, of<&RunningVol::zero_mean>},
    {ParkinsonSum::name, "no drift, no jump between bars", 2, parkinson, of<&RunningVol::parkinson>},
    {GarmanKlassSum::name, "no drift, no gap between bars", 2, garman_klass, of<&RunningVol::garman_klass>},
    {GarmanKlassYangZhangSum::name, "no drift", 3, garman_klass_yang_zhang,
     of<&RunningVol::garman_klass_yang_zhang>},
    {RogersSatchellSum::name, "no gap between bars", 2, rogers_satchell, of<&RunningVol::rogers_satchell>},
    {YangZhangSum::name, "constant drift", 3, yang_zhang, of<&RunningVol::yang_zhang>},
    {EwmaSum::name, "mean return 0; decay 0.94 a day", 2, ewma, of<&RunningVol::ewma>},
    {RiskMetrics2006Sum::name, "mean return 0; decays from 4 days to a year", 2, riskmetrics2006,
     of<&RunningVol::riskmetrics2006>},
};

}  // namespace

Result<RunningVol> RunningVol::make(PerYear bars_per_year) {
    RunningVol running;
    running.bars_per_year = bars_per_year;
    const auto scales = RiskMetrics2006Sum::make({}, bars_per_year.value() / 365.0);
    if (!scales) return scales.error();
    running.riskmetrics2006 = *scales;
    running.ewma.lambda = ewma_decay_per_bar(riskmetrics_daily_decay, bars_per_year);
    return running;
}

void RunningVol::add(const BarLogs& bar) {
    close_to_close.add(bar);
    zero_mean.add(bar);
    parkinson.add(bar);
    garman_klass.add(bar);
    garman_klass_yang_zhang.add(bar);
    rogers_satchell.add(bar);
    yang_zhang.add(bar);
    ewma.add(bar);
    riskmetrics2006.add(bar);
}

std::span<const Estimator> estimators() {
    return all;
}

std::vector<std::string> names() {
    std::vector<std::string> list;
    for (const Estimator& e : all) list.emplace_back(e.name);
    return list;
}

const Estimator* find(std::string_view name) {
    const auto* const it =
        std::find_if(std::begin(all), std::end(all), [&](const Estimator& e) { return e.name == name; });
    return it == std::end(all) ? nullptr : it;
}

}  // namespace tidemark::vol
