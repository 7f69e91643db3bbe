// The `forecast-evaluation` record: how well one forecaster of daily variance did on an underlying.
#pragma once

#include <optional>

#include "json/field.hpp"
#include "json/reader.hpp"

namespace tidemark::record {

struct MincerZarnowitz {
    double intercept = 0.0, slope = 0.0, r_squared = 0.0;

    static constexpr auto fields() {
        using json::field;
        using T = MincerZarnowitz;
        return std::tuple{
            field("intercept", &T::intercept, "daily variance; 0 in a forecast without bias"),
            field("slope", &T::slope, "1 in a forecast without bias"),
            field("r_squared", &T::r_squared, "share of the variance's movement that was foreseen"),
        };
    }
};

struct VarCoverage {
    std::int64_t failures = 0;
    double expected = 0.0, kupiec_p = 0.0, independence_p = 0.0, coverage_p = 0.0;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = VarCoverage;
        return std::tuple{
            field("failures", &T::failures, "days that lost more than the 99 % normal value at risk",
                  not_negative),
            field("expected", &T::expected, "1 % of the days", not_negative),
            field("kupiec_p", &T::kupiec_p, "p-value: as many failures as expected", fraction),
            field("independence_p", &T::independence_p,
                  "p-value of Christoffersen's test: failures do not cluster", fraction),
            field("coverage_p", &T::coverage_p, "p-value of both together", fraction),
        };
    }
};

struct AgainstBest {
    double statistic = 0.0, p_value = 0.0;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = AgainstBest;
        return std::tuple{
            field("statistic", &T::statistic, "Diebold and Mariano's, on QLIKE, small-sample form"),
            field("p_value", &T::p_value, "two-sided", fraction),
        };
    }
};

struct ForecastEvaluation {
    std::string_view underlying;
    Timestamp ts;
    std::string_view model;
    std::optional<std::int64_t> rank;
    std::optional<std::string_view> reason;
    std::optional<double> qlike, mse, bias;
    std::optional<MincerZarnowitz> mincer_zarnowitz;
    std::optional<AgainstBest> against_best;
    std::optional<VarCoverage> var99;
    std::int64_t days = 0, training_days = 0, left_out_days = 0, interval_ms = 0;

    static constexpr std::string_view type = "forecast-evaluation";
    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = ForecastEvaluation;
        return std::tuple{
            field("underlying", &T::underlying, "asset, such as BTC"),
            field("ts", &T::ts, "close of the last bar"),
            field("model", &T::model, "the forecaster, of the variance of the next day"),
            field("rank", &T::rank, "1 has the least QLIKE; absent where there is no score", positive),
            field("reason", &T::reason, "why there is no score"),
            field("qlike", &T::qlike, "mean of v/h - ln(v/h) - 1, v realised and h forecast", not_negative),
            field("mse", &T::mse, "mean squared error of the daily variance", not_negative),
            field("bias", &T::bias, "mean forecast over mean realised variance", not_negative),
            field("mincer_zarnowitz", &T::mincer_zarnowitz, "regression of the realised on the forecast"),
            field("against_best", &T::against_best, "is it as good as rank 1? absent for rank 1"),
            field("var99", &T::var99, "coverage of the 99 % normal value at risk of a day"),
            field("days", &T::days, "days judged", not_negative),
            field("training_days", &T::training_days, "days before them, only learnt from", not_negative),
            field("left_out_days", &T::left_out_days, "days without all their bars, or without movement",
                  not_negative),
            field("interval_ms", &T::interval_ms, "length of the bars that a day's variance is the sum of",
                  positive),
        };
    }
};

}  // namespace tidemark::record
