// How large a haircut should be: from volatility, from supervisory tables, and from several reasons at once.
#pragma once

#include <span>

#include "core/result.hpp"

namespace tidemark::collateral {

/// What is taken off for every reason together, 1 - (1-h1)(1-h2)...: less than their sum, and never above 1
/// where none of them is.
double combined_haircut(std::span<const double> haircuts);

/// The loss of a driftless lognormal price that is not exceeded with this confidence, 1 - exp(-z vol
/// sqrt(years)), as a fraction. Fails with out_of_domain unless confidence is between 0 and 1.
Result<double> lognormal_haircut(double annual_vol, double years, double confidence);

/// A haircut that is given for `table_days`, for collateral that takes `holding_days` to sell and is revalued
/// every `revaluation_days` (Basel CRE22.59, 12 CFR 1240.39):
///
///     H = H_M sqrt((N_R + T_M - 1) / T_M),  H_M = H_N sqrt(T_M / T_N)
double supervisory_haircut(double table_haircut, double table_days, double holding_days,
                           double revaluation_days);

/// The comprehensive approach of Basel CRE22.44. Exposure and collateral in one currency.
struct SecuredExposure {
    double exposure = 0.0, exposure_haircut = 0.0;
    double collateral = 0.0, collateral_haircut = 0.0, currency_haircut = 0.0;
};

/// max(0, E (1 + H_e) - C (1 - H_c - H_fx)).
double exposure_after_mitigation(const SecuredExposure& secured);

}  // namespace tidemark::collateral
