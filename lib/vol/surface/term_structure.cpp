#include "vol/surface/term_structure.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/positive.hpp"

namespace tidemark::vol {
namespace {

// Two total variances that came from equal ones through vol = sqrt(w / T) differ by a few ulp.
constexpr double variance_rounding = 1e-14;

Status check(const TermVol& expiry) {
    const double vol = expiry.vol.value();
    if (is_positive(expiry.years.value()) && vol >= 0.0 && std::isfinite(vol)) return Ok{};
    return Error{Errc::out_of_domain,
                 fmt::format("a term wants years > 0 and vol >= 0, got {} and {}", expiry.years.value(), vol),
                 "", 0};
}

double variance(const TermVol& expiry) {
    return total_variance(expiry.vol, expiry.years);
}

}  // namespace

Result<TermStructure> TermStructure::make(std::span<const TermVol> expiries) {
    if (expiries.empty())
        return Error{Errc::not_enough_data, "a term structure wants an expiry, got none", "", 0};
    for (const TermVol& expiry : expiries) {
        if (const Status checked = check(expiry); !checked) return checked.error();
    }
    std::vector<TermVol> sorted(expiries.begin(), expiries.end());
    std::ranges::sort(sorted, {}, &TermVol::years);
    const auto twin = std::ranges::adjacent_find(sorted, {}, &TermVol::years);
    if (twin != sorted.end()) {
        return Error{Errc::conflict,
                     fmt::format("want one vol an expiry, got two at {} years", twin->years.value()), "", 0};
    }
    return TermStructure{std::move(sorted)};
}

double TermStructure::variance_at(double horizon_years) const {
    const YearFraction horizon{horizon_years};
    const auto above = std::ranges::lower_bound(expiries_, horizon, {}, &TermVol::years);
    if (above == expiries_.begin()) return total_variance(above->vol, horizon);
    const auto below = above - 1;
    if (above == expiries_.end()) return total_variance(below->vol, horizon);
    const double share = (horizon - below->years) / (above->years - below->years);
    return std::lerp(variance(*below), variance(*above), share);
}

Result<AnnualVol> TermStructure::vol_at(YearFraction horizon) const {
    if (!is_positive(horizon.value())) {
        return Error{Errc::out_of_domain, fmt::format("want a horizon > 0 years, got {}", horizon.value()),
                     "", 0};
    }
    return vol_of_total_variance(variance_at(horizon.value()), horizon);
}

Result<AnnualVol> TermStructure::forward_vol(YearFraction from, YearFraction to) const {
    const bool ordered = from >= YearFraction{0.0} && from < to && std::isfinite(to.value());
    if (!ordered) {
        return Error{
            Errc::out_of_domain,
            fmt::format("a forward vol wants 0 <= from < to, got {} and {}", from.value(), to.value()), "",
            0};
    }
    const double last = variance_at(to.value());
    const double accrued = last - variance_at(from.value());
    if (accrued < -variance_rounding * last) {
        return Error{Errc::out_of_domain,
                     fmt::format("total variance falls by {} between {} and {} years", -accrued, from.value(),
                                 to.value()),
                     "", 0};
    }
    return vol_of_total_variance(std::max(accrued, 0.0), to - from);
}

std::vector<std::size_t> TermStructure::calendar_arbitrage() const {
    std::vector<std::size_t> found;
    for (std::size_t i = 1; i < expiries_.size(); ++i) {
        const double before = variance(expiries_[i - 1]);
        if (variance(expiries_[i]) < before * (1.0 - variance_rounding)) found.push_back(i);
    }
    return found;
}

}  // namespace tidemark::vol
