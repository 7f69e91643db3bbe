#include "vol/bars/annualise.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/time.hpp"

namespace tidemark::vol {

Result<PerYear> bars_per_year(std::int64_t bar_ms) {
    if (bar_ms <= 0) {
        return Error{Errc::out_of_range, fmt::format("want a bar longer than 0 ms, got {}", bar_ms), "", 0};
    }
    return PerYear{ms_per_year / static_cast<double>(bar_ms)};
}

AnnualVol annualise(double variance_per_bar, PerYear bars_per_year) {
    return AnnualVol{std::sqrt(variance_per_bar * bars_per_year.value())};
}

double variance_per_bar(AnnualVol annual_vol, PerYear bars_per_year) {
    return annual_vol.value() * annual_vol.value() / bars_per_year.value();
}

}  // namespace tidemark::vol
