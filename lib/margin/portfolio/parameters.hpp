// The parameters of the scenario model as a policy writes them, and the rule that they make for one
// underlying.
#pragma once

#include "collateral/haircut.hpp"
#include "margin/portfolio/rule.hpp"
#include "policy/document.hpp"
#include "pricing/contract.hpp"

namespace tidemark::margin {

/// Tables are by underlying, "*" standing for every other; 0 where that is not in it either.
struct ScenarioParams : collateral::CollateralParams {
    double coin_margined = 0.0;
    policy::Table price_ranges;
    std::vector<double> grid_fractions, up_fractions, tail_moves, tail_weights;
    std::vector<std::string> grid_vols, tail_vols, skews;
    double tails_in_ranges = 0.0, tail_reference_range = 0.0, tail_dampener_value = 0.0;
    policy::Table vol_ranges_up, vol_ranges_down;
    double vol_power_short = 0.0, vol_power_long = 0.0, vol_floor_days = 0.0, min_vol_on_up = 0.0;
    double linear_skew_cap = 0.0, linear_skew_cap_per_root_year = 0.0, absolute_skew_cap = 0.0,
           absolute_skew_cap_per_root_year = 0.0, skew_least_width = 0.0, skew_width_scale = 0.0,
           skew_width_vol = 0.0, skew_width_vol_per_root_year = 0.0;
    double interest_rate = 0.0, discount_values = 0.0, gain_discount = 0.0, gain_rate_multiple = 0.0,
           gain_rate_add = 0.0, loss_discount = 0.0, loss_rate_multiple = 0.0, loss_rate_add = 0.0,
           averaging_seconds = 0.0;
    double basis_up = 0.0, basis_down = 0.0, basis_add = 0.0, basis_per_year = 0.0;
    policy::Table minimum_delta_unhedged, minimum_delta_hedged, roll_least, roll_annualised;
    std::vector<double> minimum_delta_floors, minimum_delta_multiples;
    double concentration_threshold_value = 0.0, concentration_max_rate = 0.0;
    policy::Table concentration_rate_per_unit;
    double futures_rate = 0.0, futures_initial_rate = 0.0, offset_futures_rate = 0.0, naked_short_rate = 0.0,
           naked_short_initial_rate = 0.0;
    std::vector<std::string> spot_following;
    policy::Table initial_haircuts;
    std::vector<std::string> peg_assets;
    double peg_threshold = 0.0, peg_factor = 0.0;
    double oracle_threshold = 0.0, oracle_rate = 0.0;
    double maintenance_factor = 0.0, initial_factor = 0.0, factor_on_charges = 0.0;

    static constexpr auto params();
};

/// Fails with policy where the parameters contradict.
Status consistent(const ScenarioParams& params);

/// The rule for one underlying, linear or inverse. Wants consistent parameters.
ScenarioRule scenario_rule(const ScenarioParams& params, std::string_view underlying, pricing::Payoff payoff);

constexpr auto ScenarioParams::params() {
    using policy::param;
    using T = ScenarioParams;
    return std::tuple_cat(
        collateral::CollateralParams::params(),
        std::tuple{
            param("coin_margined", &T::coin_margined, 0, 1,
                  "1 where coin-settled positions are apart, their losses in coin at its price now",
                  "0 or 1"),
            param("price_ranges", &T::price_ranges, 0.001, 0.99, "largest move of the grid, by underlying",
                  "fraction"),
            param("grid_fractions", &T::grid_fractions, -1, 1, "moves as fractions of the range"),
            param("grid_vols", &T::grid_vols, 0, 0, "volatility under each: up, none, down"),
            param("up_fractions", &T::up_fractions, -1, 1, "moves with volatility up only"),
            param("tail_moves", &T::tail_moves, -20, 20, "moves beyond the range", "of price or range"),
            param("tail_vols", &T::tail_vols, 0, 0, "volatility under all of them: up, none or down"),
            param("tails_in_ranges", &T::tails_in_ranges, 0, 1, "1 where they are multiples of the range",
                  "0 or 1"),
            param("tail_weights", &T::tail_weights, 0, 1, "part of each that counts"),
            param("tail_reference_range", &T::tail_reference_range, 0.001, 1,
                  "range that the weights of other tails hold for; they grow in proportion to the range",
                  "fraction"),
            param("tail_dampener_value", &T::tail_dampener_value, 0, 1e9,
                  "taken off a tail result for each range beyond the first", "money per range"),
            param("skews", &T::skews, 0, 0, "skew scenarios: linear, absolute"),
            param("vol_ranges_up", &T::vol_ranges_up, 0, 5, "relative rise of volatility at 30 days",
                  "fraction"),
            param("vol_ranges_down", &T::vol_ranges_down, 0, 1, "relative fall of the same", "fraction"),
            param("vol_power_short", &T::vol_power_short, 0, 1, "tenor power up to 30 days", "power"),
            param("vol_power_long", &T::vol_power_long, 0, 1, "tenor power beyond", "power"),
            param("vol_floor_days", &T::vol_floor_days, 0.001, 30, "shorter tenors are shocked as this one"),
            param("min_vol_on_up", &T::min_vol_on_up, 0, 5, "volatility after a rise is at least this",
                  "annual volatility"),
            param("linear_skew_cap", &T::linear_skew_cap, 0, 10, "most that a linear skew changes",
                  "fraction"),
            param("linear_skew_cap_per_root_year", &T::linear_skew_cap_per_root_year, -10, 10,
                  "what that grows by with the root of the time", "fraction per root year"),
            param("absolute_skew_cap", &T::absolute_skew_cap, 0, 10, "most that an absolute skew changes",
                  "fraction"),
            param("absolute_skew_cap_per_root_year", &T::absolute_skew_cap_per_root_year, -10, 10,
                  "what that grows by with the root of the time", "fraction per root year"),
            param("skew_least_width", &T::skew_least_width, 1e-6, 10, "least log moneyness of the cap",
                  "log moneyness", "0.01"),
            param("skew_width_scale", &T::skew_width_scale, 0, 10, "deviations from forward to the cap",
                  "times", "4"),
            param("skew_width_vol", &T::skew_width_vol, 0, 10, "volatility that those are counted at", {},
                  "0.6"),
            param("skew_width_vol_per_root_year", &T::skew_width_vol_per_root_year, -20, 20,
                  "what that grows by with the root of the time", "volatility per root year", "0"),
            param("interest_rate", &T::interest_rate, -0.5, 2, "annual, continuous", "fraction per year"),
            param("discount_values", &T::discount_values, 0, 1, "1 where options are discounted at it",
                  "0 or 1"),
            param("gain_discount", &T::gain_discount, 0, 4, "of the shocked value of a long expiry",
                  "fraction"),
            param("gain_rate_multiple", &T::gain_rate_multiple, 0, 10, "interest rates it is discounted by",
                  "interest rates"),
            param("gain_rate_add", &T::gain_rate_add, 0, 10, "rate added to that", "fraction per year"),
            param("loss_discount", &T::loss_discount, 0, 4, "of the shocked value of a short expiry",
                  "fraction"),
            param("loss_rate_multiple", &T::loss_rate_multiple, 0, 10, "interest rates it grows by",
                  "interest rates", "0"),
            param("loss_rate_add", &T::loss_rate_add, 0, 10, "rate added to that", "fraction per year"),
            param("averaging_seconds", &T::averaging_seconds, 1, 86400, "over which settlement is averaged",
                  {}, "1800"),
            param("basis_up", &T::basis_up, 0, 2, "move of one forward alone", "fraction"),
            param("basis_down", &T::basis_down, -0.99, 0, "the same downwards", "fraction"),
            param("basis_add", &T::basis_add, 0, 20, "part of that loss which counts", "times"),
            param("basis_per_year", &T::basis_per_year, 0, 20, "what that grows by with the time",
                  "fraction per year"),
            param("minimum_delta_unhedged", &T::minimum_delta_unhedged, 0, 1, "least loss on net delta",
                  "fraction"),
            param("minimum_delta_hedged", &T::minimum_delta_hedged, 0, 1, "the same on offset delta",
                  "fraction"),
            param("minimum_delta_floors", &T::minimum_delta_floors, 0, 1e15,
                  "sizes of that loss from which the part above counts more than once", "money"),
            param("minimum_delta_multiples", &T::minimum_delta_multiples, 1, 1000, "how often it counts"),
            param("roll_least", &T::roll_least, 0, 1, "charge on each perp and future, at least", "fraction"),
            param("roll_annualised", &T::roll_annualised, 0, 2, "the same for each year to expiry",
                  "fraction per year"),
            param("concentration_threshold_value", &T::concentration_threshold_value, 1, 1e15,
                  "value of delta that is not concentrated"),
            param("concentration_rate_per_unit", &T::concentration_rate_per_unit, 0, 1,
                  "shock of delta for each unit beyond", "fraction per unit"),
            param("concentration_max_rate", &T::concentration_max_rate, 0, 1, "most of that shock"),
            param("futures_rate", &T::futures_rate, 0, 3, "charge on the size of perps and futures"),
            param("futures_initial_rate", &T::futures_initial_rate, 0, 3, "on top in initial margin"),
            param("offset_futures_rate", &T::offset_futures_rate, 0, 3, "charge on those that offset"),
            param("naked_short_rate", &T::naked_short_rate, 0, 3, "charge on naked short options"),
            param("naked_short_initial_rate", &T::naked_short_initial_rate, 0, 3, "on top, initial margin"),
            param("spot_following", &T::spot_following, 0, 0, "collateral that is inside the scenarios"),
            param("initial_haircuts", &T::initial_haircuts, 0, 1, "charge on collateral, initial margin"),
            param("peg_assets", &T::peg_assets, 0, 0, "the coin that it is counted in; the first priced"),
            param("peg_threshold", &T::peg_threshold, 0, 1, "price of it below which losses count more",
                  "money"),
            param("peg_factor", &T::peg_factor, 0, 100, "added to the initial factor for each 1.00 below",
                  "fraction per 1.00"),
            param("oracle_threshold", &T::oracle_threshold, 0, 1,
                  "confidence (1 - half width / price) below which an index is charged for", "fraction"),
            param("oracle_rate", &T::oracle_rate, 0, 10, "of notional, for each 1.00 of confidence lacking",
                  "fraction per 1.00"),
            param("maintenance_factor", &T::maintenance_factor, 0.1, 10, "of the loss"),
            param("initial_factor", &T::initial_factor, 0.1, 10, "of the loss"),
            param("factor_on_charges", &T::factor_on_charges, 0, 1, "1 where they apply to charges too",
                  "0 or 1"),
        });
}

}  // namespace tidemark::margin
