// One fixed rate on notional: the baseline that everything else is compared with.
#pragma once

#include "margin/model/account_valuation.hpp"
#include "margin/model/model.hpp"

namespace tidemark::margin {

struct StaticParams : collateral::CollateralParams {
    double initial_rate = 0.0;
    double maintenance_rate = 0.0;

    static constexpr auto params() {
        using policy::param;
        using T = StaticParams;
        return std::tuple_cat(
            collateral::CollateralParams::params(),
            std::tuple{
                param("initial_rate", &T::initial_rate, 0, 1, "initial margin as a fraction of notional"),
                param("maintenance_rate", &T::maintenance_rate, 0, 1,
                      "maintenance margin as a fraction of notional"),
            });
    }
};

/// Notional is |net qty| times the price of the underlying, instrument by instrument, without offset; of an
/// inverse perp or future it is the fixed amount of quote currency that its entry gave. A long option can
/// lose no more than its value, so that is what it needs where it is less.
/// Fails with policy unless maintenance_rate <= initial_rate.
Result<std::unique_ptr<Model>> make_static(const policy::Document& document, const market::Market& market);

}  // namespace tidemark::margin
