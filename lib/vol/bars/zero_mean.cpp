#include "vol/bars/zero_mean.hpp"

#include "vol/bars/bar_estimate.hpp"

namespace tidemark::vol {

Result<AnnualVol> zero_mean(std::span<const OhlcBar> bars, PerYear bars_per_year) {
    return annual_vol(sum_over<ZeroMeanSum>(bars), bars_per_year);
}

}  // namespace tidemark::vol
