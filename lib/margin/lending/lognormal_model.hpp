// The lognormal-es model: every linear perp and future by the expected shortfall of a lognormal price.
#pragma once

#include "margin/lending/lognormal_es.hpp"
#include "margin/model/account_valuation.hpp"
#include "margin/model/model.hpp"

namespace tidemark::margin {

/// annual_vols is by underlying; "*" in it stands for every other.
struct LognormalParams : collateral::CollateralParams {
    double tail_level = 0.0, horizon_years = 0.0, drift = 0.0;
    policy::Table annual_vols;
    double linear_slippage = 0.0, initial_factor = 0.0;

    static constexpr auto params() {
        using policy::param;
        using T = LognormalParams;
        return std::tuple_cat(
            collateral::CollateralParams::params(),
            std::tuple{
                param("tail_level", &T::tail_level, 1e-8, 0.5, "tail probability of the expected shortfall",
                      "probability"),
                param("horizon_years", &T::horizon_years, 1e-8, 1, "time to close a position out"),
                param("drift", &T::drift, -10, 10, "annual drift of the price", "fraction per year"),
                param("annual_vols", &T::annual_vols, 0.001, 50, "annual volatility, by underlying",
                      "annual volatility"),
                param("linear_slippage", &T::linear_slippage, 0, 1, "cost of closing out, of the mark",
                      "fraction"),
                param("initial_factor", &T::initial_factor, 1, 10, "initial over maintenance margin"),
            });
    }
};

/// Market by market, without offset (Vega, 0019-MCAL). Spot positions need nothing: they are paid for. A part
/// `base` is what the risk factors give times the initial factor, `liquidity` the slippage times the same.
/// require fails with out_of_domain for options and inverse contracts, which have no such factor.
/// Fails with policy where the parameters contradict.
Result<std::unique_ptr<Model>> make_lognormal_es(const policy::Document& document,
                                                 const market::Market& market);

}  // namespace tidemark::margin
