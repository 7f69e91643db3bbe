#include "vol/estimators.hpp"

#include <algorithm>

#include "vol/bars/bar_estimate.hpp"
#include "vol/realized/return_measures.hpp"

namespace tidemark::vol {
namespace {

template <auto member>
Result<AnnualVol> of(const RunningVol& running) {
    return annual_vol(running.*member, running.bars_per_year);
}

constexpr DayModel garch_of(GarchModel model, Innovation innovation) {
    return {daily_garch(model, innovation)};
}

constexpr Estimator all[] = {
    {CloseToCloseSum::name, "bars of one length; the mean return is removed",
     BarSum{3, close_to_close, of<&RunningVol::close_to_close>}},
    {ZeroMeanSum::name, "mean return 0", BarSum{2, zero_mean, of<&RunningVol::zero_mean>}},
    {ParkinsonSum::name, "no drift, no jump between bars", BarSum{2, parkinson, of<&RunningVol::parkinson>}},
    {GarmanKlassSum::name, "no drift, no gap between bars",
     BarSum{2, garman_klass, of<&RunningVol::garman_klass>}},
    {GarmanKlassYangZhangSum::name, "no drift",
     BarSum{3, garman_klass_yang_zhang, of<&RunningVol::garman_klass_yang_zhang>}},
    {RogersSatchellSum::name, "no gap between bars",
     BarSum{2, rogers_satchell, of<&RunningVol::rogers_satchell>}},
    {YangZhangSum::name, "constant drift", BarSum{3, yang_zhang, of<&RunningVol::yang_zhang>}},
    {EwmaSum::name, "mean return 0; decay 0.94 a day", BarSum{2, ewma, of<&RunningVol::ewma>, true}},
    {RiskMetrics2006Sum::name, "mean return 0; decays from 4 days to a year",
     BarSum{2, riskmetrics2006, of<&RunningVol::riskmetrics2006>, true}},
    {"realized-variance", "jumps count; sampled at 5 minutes where bars are shorter",
     ReturnMeasure{sampled_variance}},
    {"bipower", "jumps do not count", ReturnMeasure{bipower_measure}},
    {"min-rv", "jumps do not count, nor bars that stood still", ReturnMeasure{min_rv_measure}},
    {"med-rv", "jumps do not count", ReturnMeasure{med_rv_measure}},
    {"two-scale", "noise of the price is white", ReturnMeasure{two_scale_measure}},
    {"realized-kernel", "noise of the price is short-lived", ReturnMeasure{kernel_measure}},
    {"semivariance-down", "falls alone, twice", ReturnMeasure{falls_measure}},
    {"semivariance-up", "rises alone, twice", ReturnMeasure{rises_measure}},
    {"garch-normal", "GARCH(1,1), mean return 0", garch_of(GarchModel::garch, Innovation::normal)},
    {"garch-t", "the same with Student errors", garch_of(GarchModel::garch, Innovation::student_t)},
    {"gjr-normal", "falls weigh more than rises", garch_of(GarchModel::gjr, Innovation::normal)},
    {"gjr-t", "the same with Student errors", garch_of(GarchModel::gjr, Innovation::student_t)},
    {"egarch-normal", "moves of the logarithm of variance", garch_of(GarchModel::egarch, Innovation::normal)},
    {"egarch-t", "the same with Student errors", garch_of(GarchModel::egarch, Innovation::student_t)},
    {"har", "variance by the day, week and month before", DayModel{HarScale::level}},
    {"har-sqrt", "the same of its root", DayModel{HarScale::sqrt}},
    {"har-log", "the same of its logarithm", DayModel{HarScale::log}},
    {"irregular", "trades; decay of an hour", TradeMeasure{}},
};

constexpr std::size_t bar_count = static_cast<std::size_t>(
    std::count_if(std::begin(all), std::end(all), [](const Estimator& e) { return e.bars() != nullptr; }));

std::vector<std::string> names_of(std::span<const Estimator> some) {
    std::vector<std::string> list;
    for (const Estimator& e : some) list.emplace_back(e.name);
    return list;
}

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
        std::find_if(std::begin(all), std::end(all), [&](const Estimator& e) { return e.name == name; });
    return it == std::end(all) ? nullptr : it;
}

}  // namespace tidemark::vol
