#include "vol/bars/rogers_satchell.hpp"

#include "vol/bars/bar_estimate.hpp"

namespace tidemark::vol {

Result<AnnualVol> rogers_satchell(std::span<const OhlcBar> bars, PerYear bars_per_year) {
    return annual_vol(sum_over<RogersSatchellSum>(bars), bars_per_year);
}

}  // namespace tidemark::vol
