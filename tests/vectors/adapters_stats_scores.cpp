// Adapters for the scores of forecasts and probabilities.
#include <algorithm>
#include <cmath>

#include "adapters_stats.hpp"
#include "stats/backtest/adaptive_conformal.hpp"
#include "stats/backtest/calibration.hpp"
#include "stats/backtest/forecast_loss.hpp"
#include "stats/backtest/probability_score.hpp"
#include "stats/optimise/logistic_regression.hpp"
#include "stats/optimise/quantile_regression.hpp"

namespace tidemark::vectors {
namespace {

std::vector<int> outcomes(const Json& input) {
    return input.at("y").get<std::vector<int>>();
}

Json qlike(const Json& input, const Context&) {
    const auto variances = numbers(input.at("rv")), forecasts = numbers(input.at("forecast"));
    Json loss = Json::array();
    for (std::size_t i = 0; i < variances.size(); ++i) {
        loss.push_back(value_of(stats::qlike(variances[i], forecasts.at(i))));
    }
    return {{"loss", loss}};
}

Json pinball(const Json& input, const Context&) {
    const auto y = numbers(input.at("y")), q = numbers(input.at("q"));
    Json loss = Json::array();
    for (std::size_t i = 0; i < y.size(); ++i)
        loss.push_back(stats::pinball(y[i], q.at(i), input.at("alpha")));
    return {{"loss", loss}};
}

Json diebold_mariano(const Json& input, const Context&) {
    const bool squared = input.value("loss", "squared") == "squared";
    const auto losses = [&](const char* name) {
        auto errors = numbers(input.at(name));
        for (double& e : errors) e = squared ? e * e : std::abs(e);
        return errors;
    };
    const auto test =
        value_of(stats::diebold_mariano(losses("e1"), losses("e2"), input.at("horizon").get<std::size_t>()));
    return {{"dm", test.statistic}, {"hln", test.small_sample}, {"p_two_sided", test.p_value}};
}

Json murphy(const Json& input, const Context&) {
    const auto parts = value_of(stats::brier_decomposition(outcomes(input), numbers(input.at("p"))));
    return {{"brier", parts.brier},
            {"reliability", parts.reliability},
            {"resolution", parts.resolution},
            {"uncertainty", parts.uncertainty}};
}

Json hosmer_lemeshow(const Json& input, const Context&) {
    std::vector<stats::RatingGrade> grades;
    const auto accounts = input.at("n").get<std::vector<std::int64_t>>();
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        grades.push_back({accounts[i], input.at("mean_pd").at(i), input.at("breaches").at(i)});
    }
    const auto test =
        value_of(stats::hosmer_lemeshow(grades, input.value("dof", static_cast<double>(grades.size()))));
    return {{"stat", test.statistic}, {"p_value", test.p_value}};
}

Json jeffreys(const Json& input, const Context&) {
    return {{"p_value",
             value_of(stats::jeffreys_p_value({input.at("n"), input.at("pd"), input.at("defaults")}))}};
}

Json logistic(const Json& input, const Context&) {
    const auto rows = input.at("X").get<std::vector<std::vector<double>>>();
    const auto fit =
        value_of(stats::fit_logistic(rows, outcomes(input), {input.at("alpha"), input.at("l1_ratio")}));
    return {{"intercept", fit.intercept}, {"coef", fit.coefficients}, {"objective_value", fit.objective}};
}

Json adaptive_conformal(const Json& input, const Context&) {
    const auto breaches = input.at("breach").get<std::vector<int>>();
    const double start = input.at("alpha1"), gain = input.at("gamma");
    return {{"alpha_path", stats::tail_probability_path(start, input.at("target"), gain, breaches)},
            {"bound_T" + std::to_string(breaches.size()),
             value_of(stats::coverage_bound(start, gain, breaches.size()))}};
}

}  // namespace

void add_stats_scores(Registry& registry) {
    registry["risk.ml-qlike"] = qlike;
    registry["risk.ml-pinball"] = pinball;
    registry["risk.ml-diebold-mariano"] = diebold_mariano;
    registry["risk.ml-logit-ridge"] = logistic;
    registry["risk.ml-logit-lasso"] = logistic;
    registry["risk.ml-aci"] = adaptive_conformal;
    registry["risk.scr-auc-sklearn"] = [](const Json& input, const Context&) -> Json {
        return {{"auc", value_of(stats::area_under_curve(outcomes(input), numbers(input.at("score"))))}};
    };
    registry["risk.scr-brier-sklearn"] = [](const Json& input, const Context&) -> Json {
        return {{"brier", value_of(stats::brier_score(outcomes(input), numbers(input.at("p"))))}};
    };
    registry["risk.scr-logloss-sklearn"] = [](const Json& input, const Context&) -> Json {
        return {{"logloss", value_of(stats::log_loss(outcomes(input), numbers(input.at("p"))))}};
    };
    registry["risk.scr-murphy-decomposition"] = murphy;
    registry["risk.scr-isotonic"] = [](const Json& input, const Context&) -> Json {
        return {{"fit", value_of(stats::isotonic_fit(numbers(input.at("y"))))}};
    };
    registry["risk.scr-hosmer-lemeshow"] = hosmer_lemeshow;
    registry["risk.scr-jeffreys"] = jeffreys;
}

}  // namespace tidemark::vectors
