#include "vol/bars/garman_klass.hpp"

#include "vol/bars/bar_estimate.hpp"

namespace tidemark::vol {

Result<AnnualVol> garman_klass(std::span<const OhlcBar> bars, PerYear bars_per_year) {
    return annual_vol(sum_over<GarmanKlassSum>(bars), bars_per_year);
}

}  // namespace tidemark::vol
