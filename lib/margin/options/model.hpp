// Strategy margin of options expiry by expiry with an offset for limited loss, and of perps and futures by
// size.
#pragma once

#include "margin/model/account_valuation.hpp"
#include "margin/model/model.hpp"

namespace tidemark::margin {

struct StrategyModelParams : collateral::CollateralParams {
    policy::Table future_initial_rates, future_initial_slopes;
    policy::Table future_maintenance_rates, future_maintenance_slopes;
    double max_spot_rate = 0.0, min_spot_rate = 0.0;
    double maintenance_call_rate = 0.0, maintenance_put_rate = 0.0, maintenance_put_mark_rate = 0.0;
    double put_initial_over_maintenance = 0.0;
    double unpaired_initial = 0.0, unpaired_maintenance = 0.0;
    double max_loss_offset = 0.0;
    double spot_shock = 0.0;
    std::vector<double> upper_bound_days, upper_bounds;
    double oracle_threshold = 0.0, oracle_rate = 0.0;
    std::vector<std::string> peg_assets;
    double peg_threshold = 0.0, peg_factor = 0.0;

    static constexpr auto params() {
        using policy::param;
        using T = StrategyModelParams;
        return std::tuple_cat(
            collateral::CollateralParams::params(),
            std::tuple{
                param("future_initial_rates", &T::future_initial_rates, 0, 1,
                      "initial margin of perps and futures by underlying, of notional"),
                param("future_initial_slopes", &T::future_initial_slopes, 0, 1,
                      "added to that rate for each unit held", "fraction per unit"),
                param("future_maintenance_rates", &T::future_maintenance_rates, 0, 1,
                      "maintenance margin of the same"),
                param("future_maintenance_slopes", &T::future_maintenance_slopes, 0, 1,
                      "added to that rate for each unit held", "fraction per unit"),
                param("max_spot_rate", &T::max_spot_rate, 0, 1,
                      "initial margin of a short option at the money, of the index"),
                param("min_spot_rate", &T::min_spot_rate, 0, 1,
                      "least of the same once the out-of-the-money amount is taken off"),
                param("maintenance_call_rate", &T::maintenance_call_rate, 0, 1,
                      "maintenance margin of a short call, of the index"),
                param("maintenance_put_rate", &T::maintenance_put_rate, 0, 1, "the same of a short put"),
                param("maintenance_put_mark_rate", &T::maintenance_put_mark_rate, 0, 1,
                      "or this part of the put's mark, if more"),
                param("put_initial_over_maintenance", &T::put_initial_over_maintenance, 1, 2,
                      "initial margin of a short put is at least this times maintenance", "times"),
                param("unpaired_initial", &T::unpaired_initial, 1, 5,
                      "of the forward, for each net short call, where the largest loss is charged", "times"),
                param("unpaired_maintenance", &T::unpaired_maintenance, 1, 5, "the same for maintenance",
                      "times"),
                param("max_loss_offset", &T::max_loss_offset, 0, 1,
                      "1: an expiry is charged its largest loss where that is less; 0: legs alone", "0 or 1"),
                param("spot_shock", &T::spot_shock, 0, 1,
                      "short options are charged at this part of the spot and an upper bound; 0: at rates",
                      "fraction"),
                param("upper_bound_days", &T::upper_bound_days, 0, 3650,
                      "days to expiry up to which each upper bound holds, ascending"),
                param("upper_bounds", &T::upper_bounds, 0, 1,
                      "largest value of an option over the spot; beyond the last of those days, 1",
                      "fraction"),
                param("oracle_threshold", &T::oracle_threshold, 0, 1,
                      "confidence (1 - half width / price) below which an index is charged for", "fraction"),
                param("oracle_rate", &T::oracle_rate, 0, 10,
                      "of notional, for each 1.00 of confidence lacking", "fraction per 1.00"),
                param("peg_assets", &T::peg_assets, 0, 0, "the coin that it is counted in; the first priced"),
                param("peg_threshold", &T::peg_threshold, 0, 1,
                      "price of it below which initial margin grows", "money"),
                param("peg_factor", &T::peg_factor, 0, 100,
                      "of the notional of futures and short options, for each 1.00 below",
                      "fraction per 1.00"),
            });
    }
};

/// standard_margin.hpp over a portfolio: what an expiry needs beyond its value at mark, plus perps and
/// futures at their notional. A long option needs its value, since it gives no margin. With a spot shock
/// short options are margined as naked vaults of Opyn Gamma (MarginCalculator.sol). require() refuses spot
/// positions (out_of_domain) and a missing index price of an underlying with options (missing_market). Fails
/// with policy where a least or maintenance rate is above the initial one, or an underlying could have no
/// rate.
Result<std::unique_ptr<Model>> make_strategy(const policy::Document& document, const market::Market& market);

}  // namespace tidemark::margin
