#include "vol/bars/bar_estimate.hpp"

#include <fmt/format.h>

#include <cmath>

#include "vol/bars/annualise.hpp"

namespace tidemark::vol {

Result<AnnualVol> checked_annual_vol(std::string_view name, std::string_view unit, std::int64_t samples,
                                     std::int64_t min_samples, double variance_per_bar,
                                     PerYear bars_per_year) {
    if (!(bars_per_year.value() > 0.0 && std::isfinite(bars_per_year.value()))) {
        return Error{Errc::out_of_range,
                     fmt::format("want bars in a year above 0, got {}", bars_per_year.value()), "", 0};
    }
    if (samples < min_samples) {
        return Error{Errc::not_enough_data,
                     fmt::format("{} wants at least {} {}, got {}", name, min_samples, unit, samples), "", 0};
    }
    return annualise(variance_per_bar, bars_per_year);
}

}  // namespace tidemark::vol
