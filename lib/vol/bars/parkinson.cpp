#include "vol/bars/parkinson.hpp"

#include "vol/bars/bar_estimate.hpp"

namespace tidemark::vol {

Result<AnnualVol> parkinson(std::span<const OhlcBar> bars, PerYear bars_per_year) {
    return annual_vol(sum_over<ParkinsonSum>(bars), bars_per_year);
}

}  // namespace tidemark::vol
