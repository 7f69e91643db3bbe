// Parts of the `vol` record: what was fitted, foreseen and weighed.
#pragma once

#include <optional>

#include "json/field.hpp"
#include "json/reader.hpp"

namespace tidemark::record {

/// How an estimate that had to be fitted, or could not be made, came about.
struct VolFit {
    std::string_view estimator, status;
    std::optional<std::string_view> reason;
    std::optional<std::int64_t> days;
    json::Named parameters;
    std::vector<std::string_view> binding;
    std::optional<double> log_likelihood, r_squared, residual_scale, persistence, half_life_days,
        long_run_annual_vol;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = VolFit;
        return std::tuple{
            field("estimator", &T::estimator, "its name"),
            field(
                "status", &T::status,
                "converged; boundary where a bound holds the optimum; not_converged or refused: no estimate"),
            field("reason", &T::reason, "why there is none"),
            field("days", &T::days, "whole days fitted to", not_negative),
            field("parameters", &T::parameters,
                  "by name; of daily log returns (garch and its kin) or daily variances on the model's scale "
                  "(har)"),
            field("binding", &T::binding, "what holds a fit on the boundary"),
            field("log_likelihood", &T::log_likelihood, "at these parameters"),
            field("r_squared", &T::r_squared, "of the regression one day ahead"),
            field(
                "residual_scale", &T::residual_scale,
                "what the forecast was raised by, as returns went beyond it; far above 1 the model does not "
                "fit",
                positive),
            field("persistence", &T::persistence, "share of a shock that is left a day later"),
            field("half_life_days", &T::half_life_days,
                  "days until a shock is half gone; absent on a boundary", not_negative),
            field("long_run_annual_vol", &T::long_run_annual_vol,
                  "where the forecast goes in the end; absent on a boundary", not_negative),
        };
    }
};

struct VolForecast {
    double horizon_days = 0.0, annual_vol = 0.0;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = VolForecast;
        return std::tuple{
            field("horizon_days", &T::horizon_days, "days from here", positive),
            field("annual_vol", &T::annual_vol, "foreseen over them", not_negative),
        };
    }
};

/// Of residuals, in deviations of a day; positive.
struct TailSide {
    double value_at_risk = 0.0, expected_shortfall = 0.0;
    std::int64_t tail_count = 0;
    std::optional<double> threshold, shape, scale, pareto_value_at_risk, pareto_expected_shortfall;
    std::optional<std::int64_t> excesses;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = TailSide;
        return std::tuple{
            field("value_at_risk", &T::value_at_risk, "quantile of the residuals"),
            field("expected_shortfall", &T::expected_shortfall, "mean of the residuals from there on"),
            field("tail_count", &T::tail_count, "how many these are", not_negative),
            field("threshold", &T::threshold, "over which a generalised Pareto law was fitted"),
            field("excesses", &T::excesses, "residuals over it", not_negative),
            field("shape", &T::shape, "of that law; above 0 is a fat tail, 1 and more has no mean"),
            field("scale", &T::scale, "of that law", positive),
            field("pareto_value_at_risk", &T::pareto_value_at_risk, "quantile by that law"),
            field("pareto_expected_shortfall", &T::pareto_expected_shortfall,
                  "mean beyond it by that law; absent where it has none"),
        };
    }
};

struct JumpDay {
    Timestamp day_ts;
    std::int64_t bars = 0;
    double z = 0.0, p_value = 0.0, share = 0.0;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = JumpDay;
        return std::tuple{
            field("day_ts", &T::day_ts, "start of the last whole day"),
            field("bars", &T::bars, "returns of it", not_negative),
            field("z", &T::z, "ratio test of Barndorff-Nielsen and Shephard: standard normal without a jump"),
            field("p_value", &T::p_value, "of a z this large without a jump", fraction),
            field("share", &T::share, "of the day's variance that jumps gave", fraction),
        };
    }
};

struct VolTails {
    std::string_view filter;
    std::int64_t days = 0;
    double confidence = 0.0, mean = 0.0, deviation = 0.0, skew = 0.0, excess_kurtosis = 0.0;
    TailSide down, up;
    std::optional<double> cornish_fisher_down;
    std::optional<JumpDay> jump;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = VolTails;
        return std::tuple{
            field("filter", &T::filter, "whose volatility the returns are divided by"),
            field("days", &T::days, "residuals", not_negative),
            field("confidence", &T::confidence, "of value at risk and expected shortfall", fraction),
            field("mean", &T::mean, "of the residuals"),
            field("deviation", &T::deviation, "of the residuals; 1 where the volatility was right",
                  not_negative),
            field("skew", &T::skew, "of the residuals"),
            field("excess_kurtosis", &T::excess_kurtosis, "of the residuals"),
            field("down", &T::down, "of falls"),
            field("up", &T::up, "of rises"),
            field("cornish_fisher_down", &T::cornish_fisher_down,
                  "value at risk of falls by the moments; absent outside the domain of the expansion"),
            field("jump", &T::jump, "whether the last whole day jumped; absent below 3 bars a day"),
        };
    }
};

struct VolAnchor {
    std::string_view estimator;
    double annual_vol = 0.0;
    std::int64_t days = 0;
    std::optional<double> stressed_weight, stressed_annual_vol;
    std::optional<Timestamp> stressed_from_ts, stressed_to_ts;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = VolAnchor;
        return std::tuple{
            field("estimator", &T::estimator, "of annual_vol"),
            field("annual_vol", &T::annual_vol, "before the stressed weight", not_negative),
            field("days", &T::days, "of history it looks back over", not_negative),
            field("stressed_weight", &T::stressed_weight, "on the variance of the stressed period", fraction),
            field("stressed_annual_vol", &T::stressed_annual_vol, "of the worst stretch of the history",
                  not_negative),
            field("stressed_from_ts", &T::stressed_from_ts, "its first day"),
            field("stressed_to_ts", &T::stressed_to_ts, "the day after its last"),
        };
    }
};

struct VolBlend {
    std::string_view policy, rule;
    double horizon_days = 0.0, implied_annual_vol = 0.0, realized_annual_vol = 0.0, implied_weight = 0.0,
           realized_weight = 0.0;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = VolBlend;
        return std::tuple{
            field("policy", &T::policy, "name and version of the weights"),
            field(
                "rule", &T::rule,
                "weighted, of variances; floored where that was below implied_floor x implied; greater where "
                "one is stale"),
            field("horizon_days", &T::horizon_days, "for which both stand", positive),
            field("implied_annual_vol", &T::implied_annual_vol, "one of the two", not_negative),
            field("realized_annual_vol", &T::realized_annual_vol, "the other, foreseen over the horizon",
                  not_negative),
            field("implied_weight", &T::implied_weight, "its share", fraction),
            field("realized_weight", &T::realized_weight, "its share", fraction),
        };
    }
};

}  // namespace tidemark::record
