// Adapters for regimes, quantile regression and value at risk that follows its own past.
#include "adapters_stats.hpp"
#include "stats/backtest/caviar.hpp"
#include "stats/optimise/quantile_regression.hpp"
#include "stats/regimes/normal_regimes.hpp"
#include "stats/regimes/variance_regimes.hpp"

namespace tidemark::vectors {
namespace {

stats::RegimePair pair(const Json& array) {
    return {array.at(0), array.at(1)};
}

/// "ergodic" and "stationary" are what the filter starts from anyway; an array is probabilities.
std::optional<stats::RegimePair> start_of(const Json& input) {
    const Json init = input.value("init", Json{});
    return init.is_array() ? std::optional{pair(init)} : std::nullopt;
}

Json markov_filter(const Json& input, const Context& context) {
    const auto y = series(input, context);
    const stats::RegimeChain chain{input.at("p00"), input.at("p10")};
    const auto filter = value_of(stats::filter_autoregressive_regimes(
        y, {pair(input.at("c")), pair(input.at("phi")), pair(input.at("sigma")), chain}, start_of(input)));
    return {{"loglik", filter.log_likelihood},
            {"filtered_first", filter.filtered.front()},
            {"filtered_last", filter.filtered.back()}};
}

Json markov_variance(const Json& input, const Context& context) {
    const auto fit = value_of(stats::fit_variance_regimes(series(input, context)));
    return {{"loglik", fit.log_likelihood},
            {"p00", fit.model.chain.first_to_first},
            {"p10", fit.model.chain.second_to_first},
            {"mu", fit.model.mean},
            {"var", fit.model.variances},
            {"expected_duration", stats::expected_durations(fit.model.chain)},
            {"filtered_last_low_high", fit.filtered_last}};
}

Json hamilton_filter(const Json& input, const Context&) {
    const Json& p = input.at("P_row_from_col_to");
    const stats::RegimeChain chain{p.at(0).at(0), p.at(1).at(0)};
    const auto filter = value_of(stats::filter_normal_regimes(
        numbers(input.at("obs")), {pair(input.at("mu")), pair(input.at("sd")), chain}, start_of(input)));
    return {{"loglik", filter.log_likelihood},
            {"filtered", filter.filtered},
            {"predicted_next", filter.predicted.back()}};
}

Adapter caviar_filter(stats::Caviar model) {
    return [model](const Json& input, const Context& context) -> Json {
        const auto path =
            value_of(stats::caviar_path(model, numbers(input.at("beta")), series(input, context),
                                        input.at("theta"), input.value("G", stats::caviar_slope)));
        return {{"rq", path.loss},
                {"hits", path.hits},
                {"var_last", path.value_at_risk[path.value_at_risk.size() - 2]},
                {"var_next", path.value_at_risk.back()},
                {"empirical_quantile", path.start_quantile}};
    };
}

Json caviar_fit(const Json& input, const Context& context) {
    constexpr std::size_t starts = 10'000;
    const auto returns = series(input, context);
    Json answer{{"_unjudged", {"beta"}}};  // the objective has many minima: only the loss reached counts
    for (const std::string name : input.at("models")) {
        const auto model = value_of(stats::caviar_by_name(name));
        const auto fit = value_of(stats::fit_caviar(model, returns, input.at("theta"), starts, 1));
        answer["rq_at_most"][name] = fit.path.loss;
        answer["beta"][name] = fit.beta;
    }
    return answer;
}

Json quantile_regression(const Json& input, const Context& context) {
    const std::string file = input.at("data");
    const Json& x = input.at("x");
    std::vector<std::vector<double>> regressors;
    for (const Json& name : x.is_array() ? x : Json::array({x})) {
        regressors.push_back(context.column(file, name.get<std::string>()));
    }
    const auto y = context.column(file, input.at("y").get<std::string>());
    const auto fit = value_of(stats::quantile_regression(y, regressors, input.at("tau")));
    const std::vector<double> slopes(fit.coefficients.begin() + 1, fit.coefficients.end());
    return {{"intercept", fit.coefficients[0]},
            {"slope", x.is_array() ? Json(slopes) : Json(slopes.at(0))},
            {"objective", fit.objective}};
}

}  // namespace

void add_stats_regressions(Registry& registry) {
    registry["markov.filter_published"] = markov_filter;
    registry["markov.mle_variance"] = markov_variance;
    registry["risk.ml-hamilton-filter"] = hamilton_filter;
    registry["caviar.filter.SAV"] = caviar_filter(stats::Caviar::symmetric_absolute_value);
    registry["caviar.filter.AS"] = caviar_filter(stats::Caviar::asymmetric_slope);
    registry["caviar.filter.IG"] = caviar_filter(stats::Caviar::indirect_garch);
    registry["caviar.filter.AD"] = caviar_filter(stats::Caviar::adaptive);
    registry["caviar.fit"] = caviar_fit;
    registry["quantile_regression"] = quantile_regression;
}

}  // namespace tidemark::vectors
