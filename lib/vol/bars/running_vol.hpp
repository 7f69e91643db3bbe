// The sums of all bar estimators, fed bar by bar: what a stream keeps of a series, however long.
#pragma once

#include <tuple>

#include "core/measure.hpp"
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

namespace tidemark::vol {

/// Values only, no allocation, so a copy of it is a saved state.
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

    /// To be read into one that was made for the same length of a bar.
    static constexpr auto stored() {
        using T = RunningVol;
        return std::tuple{&T::close_to_close,          &T::zero_mean,       &T::parkinson,  &T::garman_klass,
                          &T::garman_klass_yang_zhang, &T::rogers_satchell, &T::yang_zhang, &T::ewma,
                          &T::riskmetrics2006};
    }
};

}  // namespace tidemark::vol
