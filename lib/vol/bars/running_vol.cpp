#include "vol/bars/running_vol.hpp"

#include "core/time.hpp"

namespace tidemark::vol {

Result<RunningVol> RunningVol::make(PerYear bars_per_year) {
    RunningVol running;
    running.bars_per_year = bars_per_year;
    const auto scales = RiskMetrics2006Sum::make({}, bars_per_year.value() / days_per_year);
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

}  // namespace tidemark::vol
