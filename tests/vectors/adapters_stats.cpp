// Adapters for distributions, historical and filtered simulation, Cornish and Fisher.
#include "adapters_stats.hpp"

#include <algorithm>

#include "stats/backtest/historical.hpp"
#include "stats/distributions/cornish_fisher.hpp"
#include "stats/distributions/moments.hpp"
#include "stats/distributions/normal.hpp"
#include "stats/distributions/student_t.hpp"

namespace tidemark::vectors {
namespace {

Json normal_quantile_es(const Json& input, const Context&) {
    const double p = input.at("p");
    return {{"quantile", value_of(stats::normal_quantile(p))},
            {"es", value_of(stats::normal_expected_shortfall(p))}};
}

Json student_var_es(const Json& input, const Context&) {
    const auto tail = value_of(stats::student_t_tail(input.at("p"), input.at("nu")));
    return {{"quantile", tail.quantile}, {"es", tail.expected_shortfall}};
}

Json cornish_fisher_var(const Json& input, const Context& context) {
    const auto returns = series(input, context);
    const double confidence = input.at("p");
    const auto moments = value_of(stats::moments(returns));
    const auto normal = value_of(stats::normal_risk(moments, confidence));
    const auto sample = value_of(stats::historical_risk(returns, 1.0 - confidence));
    const auto corrected = stats::cornish_fisher_value_at_risk(moments, confidence);
    return {{"skew", moments.skew},
            {"excess_kurtosis", moments.excess_kurtosis},
            {"var", corrected ? Json(*corrected) : Json{}},
            {"gaussian_var", normal.value_at_risk},
            {"gaussian_es", normal.expected_shortfall},
            {"historical_var_type7", sample.value_at_risk},
            {"historical_es", sample.expected_shortfall}};
}

Json fhs_one_step(const Json& input, const Context&) {
    const auto returns =
        stats::filtered_returns(numbers(input.at("z")), input.at("mu"), input.at("sigma_next"));
    const auto risk = value_of(stats::historical_risk(returns, input.at("p")));
    return {{"var", risk.value_at_risk},
            {"es", risk.expected_shortfall},
            {"es_mean_of_worst_" + std::to_string(risk.tail_count), risk.expected_shortfall}};
}

Json fhs_path(const Json& input, const Context&) {
    const double omega = input.at("omega"), alpha = input.at("alpha"), beta = input.at("beta");
    const double gamma = input.value("gamma", 0.0);
    const stats::VarianceStep step = [=](double h, double e) {
        return omega + (alpha + (e < 0.0 ? gamma : 0.0)) * e * e + beta * h;
    };
    const auto path = value_of(
        stats::filtered_path(numbers(input.at("z_path")), input.value("mu", 0.0), input.at("h_next"), step));
    return {{"returns", path.returns}, {"h_after", path.variance_after}, {"cum", path.cumulative}};
}

double times(const std::string& expression, std::size_t operator_at) {
    const double k = std::stod(expression.substr(operator_at + 1));
    return expression[operator_at] == '/' ? 1.0 / k : k;
}

}  // namespace

std::vector<double> series(const Json& input, const Context& context) {
    std::string expression;
    for (const char* name : {"column", "scale", "losses"}) {
        if (input.contains(name) && input.at(name).is_string()) expression = input.at(name);
    }
    double factor = 1.0;
    const auto operator_at = expression.find_first_of("/*");
    if (operator_at != std::string::npos) {
        factor = times(expression, operator_at);
        expression.resize(operator_at);
    }
    if (expression.starts_with('-')) {
        factor = -factor;
        expression.erase(0, 1);
    }
    auto values = context.column(input.at("data"), expression);
    for (double& v : values) v *= factor;
    return values;
}

void add_stats(Registry& registry) {
    registry["dist.normal.cdf"] = [](const Json& input, const Context&) -> Json {
        return stats::normal_cdf(input.at("x"));
    };
    registry["dist.normal.quantile_es"] = normal_quantile_es;
    registry["dist.std_t.logpdf"] = [](const Json& input, const Context&) -> Json {
        return stats::student_t_log_density(input.at("z"), input.at("nu"));
    };
    registry["dist.std_t.var_es"] = student_var_es;
    registry["cornish_fisher.var"] = cornish_fisher_var;
    registry["cornish_fisher.domain"] = [](const Json& input, const Context&) -> Json {
        return {{"monotone", stats::cornish_fisher_monotone(input.at("skew"), input.at("excess_kurtosis"))}};
    };
    registry["fhs.one_step"] = fhs_one_step;
    registry["fhs.path"] = fhs_path;
    add_stats_backtests(registry);
    add_stats_tails(registry);
    add_stats_regressions(registry);
    add_stats_scores(registry);
}

}  // namespace tidemark::vectors
