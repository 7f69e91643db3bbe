// The parameters of the dynamic model; tidemark(7) says what each does and where its default is from.
#pragma once

#include "collateral/haircut.hpp"
#include "liquidity/close_out_params.hpp"

namespace tidemark::margin {

struct DynamicParams : collateral::CollateralParams, liquidity::CloseOutParams {
    double confidence = 0.0, tail_degrees_of_freedom = 0.0;
    std::string residuals;
    std::vector<double> standardised_returns;
    double stress_weight = 0.0, stressed_vol_multiple = 0.0, calm_buffer = 0.0, buffer_release_start = 0.0,
           buffer_release_end = 0.0, vol_max_rise_per_day = 0.0, vol_max_fall_per_day = 0.0,
           vol_override_ratio = 0.0, skew_weight = 0.0, repricing = 0.0;
    double multiplier_floor = 0.0, multiplier_cap = 0.0, max_down_move = 0.0, unquoted_skew = 0.0;
    std::vector<double> spot_fractions, tail_fractions;
    double tail_damping = 0.0;
    double vol_range_up = 0.0, vol_range_down = 0.0, vol_power_short = 0.0, vol_power_long = 0.0,
           vol_floor_days = 0.0, min_vol_on_up = 0.0;
    double correlation_low = 0.0, correlation_high = 0.0, correlation_band = 0.0,
           correlation_max_age_seconds = 0.0, offset_share = 0.0;
    double liquidity_weight = 0.0, concentration_weight = 0.0;
    double measured_haircut_weight = 0.0, orders_weight = 0.0;
    double threshold_weight = 0.0, threshold_floor = 0.0, liquidation_minutes = 0.0, monitoring_days = 0.0,
           false_liquidation_multiple = 0.0, capital_rate_per_year = 0.0;
    double maintenance_ratio = 0.0, account_multiplier_floor = 0.0, account_multiplier_cap = 0.0;

    static constexpr auto params() {
        using policy::param;
        using T = DynamicParams;
        return std::tuple_cat(
            collateral::CollateralParams::params(),
            std::tuple{
                param("horizon_days", &T::horizon_days, 0.01, 30, "time to close an account out"),
                param("confidence", &T::confidence, 0.9, 0.99999, "level of the expected shortfall",
                      "probability"),
                param("tail_degrees_of_freedom", &T::tail_degrees_of_freedom, 2.5, 1000,
                      "of the Student t that returns are taken for", "degrees of freedom"),
                param("residuals", &T::residuals, 0, 0,
                      "what returns over their volatility are taken for: student_t, normal or "
                      "filtered_historical"),
                param("standardised_returns", &T::standardised_returns, -100, 100,
                      "daily returns over their volatility, for filtered_historical", "deviations"),
                param("stress_weight", &T::stress_weight, 0, 1,
                      "least weight of stressed volatility, where that is more"),
                param("stressed_vol_multiple", &T::stressed_vol_multiple, 1, 10,
                      "volatility of a stressed period over the long-run anchor"),
                param("calm_buffer", &T::calm_buffer, 0, 1, "added in calm markets", "fraction"),
                param("buffer_release_start", &T::buffer_release_start, 0, 20,
                      "volatility multiplier from which the buffer is released", "times"),
                param("buffer_release_end", &T::buffer_release_end, 0, 20, "the same at which all of it is",
                      "times"),
                param("vol_max_rise_per_day", &T::vol_max_rise_per_day, 0, 1e6,
                      "most that volatility in use rises in a day", "fraction per day"),
                param("vol_max_fall_per_day", &T::vol_max_fall_per_day, 0, 1, "most that it falls in a day",
                      "fraction per day"),
                param("vol_override_ratio", &T::vol_override_ratio, 1, 100,
                      "measured volatility over the limited one beyond which the limit on rises is lifted"),
                param("skew_weight", &T::skew_weight, 0, 10, "times the skew; 0 is off"),
                param("repricing", &T::repricing, 0, 1, "1: every position in full; 0: by its delta alone",
                      "0 or 1"),
                param("multiplier_floor", &T::multiplier_floor, 0.1, 1,
                      "least volatility in use over its long-run anchor", "times"),
                param("multiplier_cap", &T::multiplier_cap, 1, 20, "most of the same", "times"),
                param("max_down_move", &T::max_down_move, 0.1, 0.999, "largest fall that is priced",
                      "fraction"),
                param("unquoted_skew", &T::unquoted_skew, 0, 1,
                      "what each side's range is widened by where no skew is quoted", "fraction"),
                param("spot_fractions", &T::spot_fractions, -1, 1, "moves, as fractions of the range"),
                param("tail_fractions", &T::tail_fractions, -20, 20,
                      "moves beyond the range, volatility up only"),
                param("tail_damping", &T::tail_damping, 0, 1,
                      "weight of a tail loss is this over its fraction (Deribit's extended table)",
                      "of range"),
                param("vol_range_up", &T::vol_range_up, 0, 5,
                      "relative rise of implied volatility at 30 days", "fraction"),
                param("vol_range_down", &T::vol_range_down, 0, 1, "relative fall of the same", "fraction"),
                param("vol_power_short", &T::vol_power_short, 0, 1, "tenor power up to 30 days", "power"),
                param("vol_power_long", &T::vol_power_long, 0, 1, "tenor power beyond", "power"),
                param("vol_floor_days", &T::vol_floor_days, 0.01, 30,
                      "shorter tenors are shocked as this one"),
                param("min_vol_on_up", &T::min_vol_on_up, 0, 5, "volatility after a rise is at least this",
                      "annual volatility"),
                param("correlation_low", &T::correlation_low, 0, 1, "least correlation between underlyings",
                      "correlation"),
                param("correlation_high", &T::correlation_high, 0, 1, "most", "correlation"),
                param("correlation_band", &T::correlation_band, 0, 1,
                      "how far a measured correlation is pushed to the worse side", "correlation"),
                param("correlation_max_age_seconds", &T::correlation_max_age_seconds, 1, 1e9,
                      "age beyond which a correlation counts as not measured"),
                param("offset_share", &T::offset_share, 0, 1,
                      "part of the offset between underlyings that is given"),
                param("liquidity_weight", &T::liquidity_weight, 0, 10, "times the cost to close; 0 is off"),
                param("concentration_weight", &T::concentration_weight, 0, 10,
                      "times what a longer unwind adds; 0 is off")},
            liquidity::CloseOutParams::params(),
            std::tuple{
                param("measured_haircut_weight", &T::measured_haircut_weight, 0, 1,
                      "part of the haircut for liquidity and size that is taken; 0: the table alone"),
                param("orders_weight", &T::orders_weight, 0, 1,
                      "part of what open orders would add that is required; 0 is off"),
                param("threshold_weight", &T::threshold_weight, 0, 1,
                      "1 reports the liquidation threshold; 0 is off"),
                param("threshold_floor", &T::threshold_floor, 0, 1,
                      "least liquidation threshold over maintenance margin", "fraction"),
                param("liquidation_minutes", &T::liquidation_minutes, 0.1, 1e5,
                      "from the decision to liquidate until all is closed, in a calm market"),
                param("monitoring_days", &T::monitoring_days, 0.01, 365,
                      "time in which a liquidation may turn out not to have been needed"),
                param("false_liquidation_multiple", &T::false_liquidation_multiple, 0, 100,
                      "cost of such a one over the cost to close"),
                param("capital_rate_per_year", &T::capital_rate_per_year, 0, 10,
                      "what equity kept idle costs", "fraction per year"),
                param("maintenance_ratio", &T::maintenance_ratio, 0.1, 1, "maintenance over initial margin"),
                param("account_multiplier_floor", &T::account_multiplier_floor, 0.1, 1,
                      "least factor of an account's own score", "times"),
                param("account_multiplier_cap", &T::account_multiplier_cap, 1, 10, "most of it", "times"),
            });
    }
};

/// Whether parameters fit each other; fails with policy, naming one.
Status consistent(const DynamicParams& params);

}  // namespace tidemark::margin
