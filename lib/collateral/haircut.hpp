// What collateral counts for: price on the worse side of its confidence, less a haircut; debt in full.
#pragma once

#include <span>

#include "core/result.hpp"
#include "market/portfolio.hpp"
#include "market/valuation.hpp"
#include "policy/document.hpp"

namespace tidemark::collateral {

/// The parameters that every margin policy has for prices and collateral.
struct CollateralParams {
    std::vector<std::string> par_assets;
    policy::Table haircuts;
    double default_haircut = 0.0;
    double confidence_multiple = 0.0;
    double quote_max_age_seconds = 0.0, vol_max_age_seconds = 0.0;
    double coin_profit_haircut = 0.0;

    static constexpr auto params() {
        using policy::param;
        using T = CollateralParams;
        return std::tuple{
            param("par_assets", &T::par_assets, 0, 0, "assets worth 1 where no price record says otherwise"),
            param("haircuts", &T::haircuts, 0, 1, "fraction taken off collateral, by asset"),
            param("default_haircut", &T::default_haircut, 0, 1, "the same for assets not in that table"),
            param("confidence_multiple", &T::confidence_multiple, 0, 10,
                  "half widths of a price by which collateral is taken lower and debt higher", "half widths"),
            param("quote_max_age_seconds", &T::quote_max_age_seconds, 1, 1e9,
                  "age beyond which a price is stale"),
            param("vol_max_age_seconds", &T::vol_max_age_seconds, 1, 1e9,
                  "age beyond which a volatility is stale"),
            param("coin_profit_haircut", &T::coin_profit_haircut, 0, 1,
                  "1: profit that a perp or future pays in a coin is that coin, and takes its haircut, as a "
                  "loss "
                  "eats it up; 0: it counts at its whole price",
                  "0 or 1", "1"),
        };
    }

    [[nodiscard]] market::View view() const;
};

/// Account currency for one unit of collateral after haircut, or of debt where qty is negative (Aave and
/// Derive value the two sides so; the confidence rule is Derive's oracle contingency in price form).
double unit_collateral(const market::AssetValue& value, double qty, double haircut,
                       double confidence_multiple);

}  // namespace tidemark::collateral
