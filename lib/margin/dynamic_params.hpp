// The parameters of the dynamic model; tidemark(7) says what each does and where its default is from.
#pragma once

#include "collateral/haircut.hpp"

namespace tidemark::margin {

struct DynamicParams : collateral::CollateralParams {
    double horizon_days = 0.0, confidence = 0.0, tail_degrees_of_freedom = 0.0;
    double multiplier_floor = 0.0, multiplier_cap = 0.0, max_down_move = 0.0, unquoted_skew = 0.0;
    std::vector<double> spot_fractions, tail_fractions;
    double tail_damping = 0.0;
    double vol_range_up = 0.0, vol_range_down = 0.0, vol_power_short = 0.0, vol_power_long = 0.0,
           vol_floor_days = 0.0, min_vol_on_up = 0.0;
    double correlation_low = 0.0, correlation_high = 0.0, correlation_band = 0.0,
           correlation_max_age_seconds = 0.0, offset_share = 0.0;
    double maintenance_ratio = 0.0, account_multiplier_floor = 0.0, account_multiplier_cap = 0.0;

    static constexpr auto params() {
        using policy::param;
        using T = DynamicParams;
        return std::tuple_cat(
            collateral::CollateralParams::params(),
            std::tuple{
                param("horizon_days", &T::horizon_days, 0.01, 30, "time to close an account out"),
                param("confidence", &T::confidence, 0.9, 0.99999, "level of the expected shortfall"),
                param("tail_degrees_of_freedom", &T::tail_degrees_of_freedom, 2.5, 1000,
                      "of the Student t that returns are taken for"),
                param("multiplier_floor", &T::multiplier_floor, 0.1, 1,
                      "least volatility in use over its long-run anchor: the anti-procyclical floor"),
                param("multiplier_cap", &T::multiplier_cap, 1, 20, "most of the same"),
                param("max_down_move", &T::max_down_move, 0.1, 0.999, "largest fall that is priced"),
                param("unquoted_skew", &T::unquoted_skew, 0, 1,
                      "what each side's range is widened by where no skew is quoted"),
                param("spot_fractions", &T::spot_fractions, -1, 1, "moves, as fractions of the range"),
                param("tail_fractions", &T::tail_fractions, -20, 20,
                      "moves beyond the range, volatility up only"),
                param("tail_damping", &T::tail_damping, 0, 1,
                      "weight of a tail loss is this over its fraction (Deribit's extended table)"),
                param("vol_range_up", &T::vol_range_up, 0, 5,
                      "relative rise of implied volatility at 30 days"),
                param("vol_range_down", &T::vol_range_down, 0, 1, "relative fall of the same"),
                param("vol_power_short", &T::vol_power_short, 0, 1, "tenor power up to 30 days"),
                param("vol_power_long", &T::vol_power_long, 0, 1, "tenor power beyond"),
                param("vol_floor_days", &T::vol_floor_days, 0.01, 30,
                      "shorter tenors are shocked as this one"),
                param("min_vol_on_up", &T::min_vol_on_up, 0, 5, "volatility after a rise is at least this"),
                param("correlation_low", &T::correlation_low, 0, 1, "least correlation between underlyings"),
                param("correlation_high", &T::correlation_high, 0, 1, "most"),
                param("correlation_band", &T::correlation_band, 0, 1,
                      "how far a measured correlation is pushed to the worse side"),
                param("correlation_max_age_seconds", &T::correlation_max_age_seconds, 1, 1e9,
                      "age beyond which a correlation counts as not measured"),
                param("offset_share", &T::offset_share, 0, 1,
                      "part of the offset between underlyings that is given"),
                param("maintenance_ratio", &T::maintenance_ratio, 0.1, 1, "maintenance over initial margin"),
                param("account_multiplier_floor", &T::account_multiplier_floor, 0.1, 1,
                      "least factor of an account's own score"),
                param("account_multiplier_cap", &T::account_multiplier_cap, 1, 10, "most of it"),
            });
    }
};

}  // namespace tidemark::margin
