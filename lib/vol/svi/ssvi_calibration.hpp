// Several expiries' quotes to one SSVI surface without static arbitrage.
#pragma once

#include <span>
#include <vector>

#include "core/measure.hpp"
#include "core/result.hpp"
#include "vol/svi/ssvi.hpp"
#include "vol/svi/svi_quotes.hpp"

namespace tidemark::vol {

struct SsviExpiry {
    YearFraction years;
    std::vector<SviQuote> quotes;
};

struct SsviFit {
    SsviShape shape;            // ssvi_surface_free(shape) holds
    std::vector<double> theta;  // one an expiry, in the order given; never falling with years
    std::vector<VolError> errors;
};

/// Least weighted squared vol error over all expiries, each of them counting the same: Nelder and Mead over
/// rho, eta and gamma inside eta (1 + |rho|) <= 2 and gamma <= 1/2, and within it every theta by itself,
/// pooled with its neighbours where it would fall with years. Slices and calendar are then free by
/// construction. Fails with not_enough_data without an expiry, conflict where two share their years, and as
/// counted_quotes does below two strikes an expiry.
Result<SsviFit> fit_ssvi(std::span<const SsviExpiry> expiries);

}  // namespace tidemark::vol
