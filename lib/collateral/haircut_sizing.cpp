#include "collateral/haircut_sizing.hpp"

#include <algorithm>
#include <cmath>

#include "stats/distributions/normal.hpp"

namespace tidemark::collateral {

double combined_haircut(std::span<const double> haircuts) {
    double left = 1.0;
    for (const double haircut : haircuts) left *= 1.0 - haircut;
    return 1.0 - left;
}

Result<double> lognormal_haircut(double annual_vol, double years, double confidence) {
    const auto z = stats::normal_quantile(confidence);
    if (!z) return z.error();
    return -std::expm1(-*z * annual_vol * std::sqrt(years));
}

double supervisory_haircut(double table_haircut, double table_days, double holding_days,
                           double revaluation_days) {
    const double held = table_haircut * std::sqrt(holding_days / table_days);
    return held * std::sqrt((revaluation_days + holding_days - 1.0) / holding_days);
}

double exposure_after_mitigation(const SecuredExposure& s) {
    return std::max(0.0, s.exposure * (1.0 + s.exposure_haircut) -
                             s.collateral * (1.0 - s.collateral_haircut - s.currency_haircut));
}

}  // namespace tidemark::collateral
