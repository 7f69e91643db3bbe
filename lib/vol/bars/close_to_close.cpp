#include "vol/bars/close_to_close.hpp"

#include "vol/bars/bar_estimate.hpp"

namespace tidemark::vol {

Result<AnnualVol> close_to_close(std::span<const OhlcBar> bars, PerYear bars_per_year) {
    return annual_vol(sum_over<CloseToCloseSum>(bars), bars_per_year);
}

}  // namespace tidemark::vol
