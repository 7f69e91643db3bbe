// Adapters for the volatility cases of the risk set: irregular ticks, decay, forecasts.
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapter.hpp"
#include "vol/bars/ewma.hpp"
#include "vol/daily/har.hpp"
#include "vol/garch/garch_forecast.hpp"
#include "vol/realized/irregular.hpp"
#include "vol/realized/realized.hpp"

namespace tidemark::vectors {

void add_vol_risk(Registry& registry);

namespace {

template <class T>
T need(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return *std::move(result);
}

Json ema_irregular(const Json& input, const Context&) {
    const auto times = input.at("times").get<std::vector<double>>();
    const auto values = input.at("values").get<std::vector<double>>();
    const auto run = [&](vol::Interpolation between) {
        vol::IrregularEma ema{input.at("tau"), between};
        Json out = Json::array();
        for (std::size_t i = 0; i < times.size(); ++i) {
            need(ema.add(i == 0 ? 0.0 : times[i] - times[i - 1], values.at(i)));
            out.push_back(ema.value);
        }
        return out;
    };
    return {{"linear", run(vol::Interpolation::linear)},
            {"previous", run(vol::Interpolation::previous)},
            {"next", run(vol::Interpolation::next)}};
}

Json variance_irregular(const Json& input, const Context&) {
    const auto returns = input.at("returns").get<std::vector<double>>();
    const auto dt = input.at("dt_seconds").get<std::vector<double>>();
    vol::IrregularVariance variance{input.at("tau_seconds"), input.at("initial_variance_per_second")};
    Json path = Json::array();
    for (std::size_t i = 0; i < returns.size(); ++i) {
        need(variance.add(dt.at(i), returns[i]));
        path.push_back(variance.variance_per_second);
    }
    return {{"variance_per_second", path}, {"annualised_vol", variance.annual_vol().value()}};
}

Json effective_days(const Json& input, const Context&) {
    Json days = Json::array(), rounded = Json::array();
    for (const double lambda : input.at("lambda_").get<std::vector<double>>()) {
        const double memory = vol::ewma_memory(lambda, input.at("tolerance"));
        days.push_back(memory);
        rounded.push_back(static_cast<int>(std::lround(memory)));
    }
    return {{"days", days}, {"published_rounded", rounded}};
}

/// Squared returns that step from one level to another and stay: the average's own expectation.
Json impulse_response(const Json& input, const Context&) {
    const double lambda = input.at("lambda_"), before = input.at("sigma_before"),
                 after = input.at("sigma_after");
    Json variance = Json::array(), volatility = Json::array();
    for (const int days : input.at("days").get<std::vector<int>>()) {
        double v = before * before;
        for (int day = 0; day < days; ++day) v = vol::ewma_step(lambda, v, after * after);
        variance.push_back(v);
        volatility.push_back(std::sqrt(v));
    }
    return {{"expected_variance", variance},
            {"vol", volatility},
            {"half_life_days", vol::ewma_half_life(lambda)}};
}

Json har_regressors(const Json& input, const Context&) {
    const auto rv = input.at("rv_daily").get<std::vector<double>>();
    const std::size_t last = input.at("index");
    return {{"daily", vol::trailing_mean(rv, last, 1)},
            {"weekly", vol::trailing_mean(rv, last, input.at("weekly"))},
            {"monthly", vol::trailing_mean(rv, last, input.at("monthly"))}};
}

Json semivariance(const Json& input, const Context&) {
    const auto returns = input.at("returns").get<std::vector<double>>();
    const auto parts = need(vol::realized_semivariance(returns));
    return {{"rv", need(vol::realized_variance(returns))},
            {"rs_minus", parts.down},
            {"rs_plus", parts.up},
            {"bipower", need(vol::bipower_variation(returns))}};
}

Json garch_term(const Json& input, const Context&) {
    const auto steps = input.at("steps").get<std::vector<std::size_t>>();
    const vol::GarchParameters p{0.0, input.at("omega"), input.at("alpha"), 0.0, input.at("beta"), 0.0};
    const std::size_t horizon = *std::max_element(steps.begin(), steps.end());
    const auto path = need(vol::garch_forecast(vol::GarchModel::garch, vol::Innovation::normal, p,
                                               input.at("var_next"), horizon));
    Json var = Json::array();
    double sum = 0.0;
    for (const std::size_t step : steps) var.push_back(path.variances.at(step - 1));
    for (const double variance : path.variances) sum += variance;
    return {{"var", var},
            {"unconditional", path.unconditional ? Json(*path.unconditional) : Json()},
            {"sum_" + std::to_string(horizon), sum}};
}

}  // namespace

void add_vol_risk(Registry& registry) {
    registry["risk.orc-ema-irregular"] = ema_irregular;
    registry["risk.orc-ewma-vol-irregular"] = variance_irregular;
    registry["risk.apc-ewma-effective-days"] = effective_days;
    registry["risk.apc-impulse-response"] = impulse_response;
    registry["risk.ml-har-regressors"] = har_regressors;
    registry["risk.ml-semivariance"] = semivariance;
    registry["risk.ml-garch-term"] = garch_term;
}

}  // namespace tidemark::vectors
