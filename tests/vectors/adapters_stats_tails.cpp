// Adapters for extreme values.
#include <algorithm>
#include <functional>

#include "adapters_stats.hpp"
#include "stats/distributions/generalised_pareto.hpp"
#include "stats/distributions/hill.hpp"

namespace tidemark::vectors {
namespace {

Json gpd_mle(const Json& input, const Context& context) {
    const auto losses = series(input, context);
    const auto over = stats::excesses(losses, input.at("threshold"));
    const auto fit = value_of(stats::fit_generalised_pareto(over));
    const auto observed = value_of(stats::observed_errors(fit.law, over));
    const auto expected = value_of(stats::expected_errors(fit.law, fit.count));
    return {{"n", fit.count},
            {"xi", fit.law.shape},
            {"beta", fit.law.scale},
            {"se_xi_observed", observed.shape},
            {"se_beta_observed", observed.scale},
            {"se_xi_expected", expected.shape},
            {"se_beta_expected", expected.scale},
            {"nll", fit.negative_log_likelihood}};
}

Json gpd_expected_errors(const Json& input, const Context&) {
    const auto errors = value_of(
        stats::expected_errors({input.at("xi"), input.at("beta")}, input.at("n").get<std::size_t>()));
    return {{"se_xi", errors.shape}, {"se_beta", errors.scale}};
}

/// The threshold is the loss next to the n largest.
Json gpd_largest(const Json& input, const Context& context) {
    auto losses = series(input, context);
    const auto n = input.at("n_extremes").get<std::size_t>();
    if (n >= losses.size()) throw std::runtime_error("more extremes than losses");
    std::nth_element(losses.begin(), losses.begin() + static_cast<std::ptrdiff_t>(n), losses.end(),
                     std::greater<>{});
    const double threshold = losses[n];
    const auto fit = value_of(stats::fit_generalised_pareto(stats::excesses(losses, threshold)));
    return {{"threshold", threshold}, {"n", fit.count}, {"xi", fit.law.shape}, {"beta", fit.law.scale}};
}

Json var_es(const Json& input, const Context&) {
    const stats::PeaksOverThreshold tail{{input.at("xi"), input.at("beta")},
                                         input.at("threshold"),
                                         input.at("N").get<std::size_t>(),
                                         input.at("n").get<std::size_t>()};
    const auto risk = value_of(stats::tail_risk(tail, input.at("q")));
    return {{"status", stats::tail_status_name(risk.status)},
            {"var", json_of(risk.value_at_risk)},
            {"es", json_of(risk.expected_shortfall)}};
}

Json hill(const Json& input, const Context& context) {
    const auto tail = value_of(stats::hill(series(input, context), input.at("k").get<std::size_t>()));
    return {{"xi", tail.shape}, {"alpha", tail.index}};
}

}  // namespace

void add_stats_tails(Registry& registry) {
    registry["evt.gpd_mle"] = gpd_mle;
    registry["evt.gpd_expected_info_se"] = gpd_expected_errors;
    registry["evt.gpd_top100"] = gpd_largest;
    registry["evt.var_es"] = var_es;
    registry["evt.var_es_shapes"] = var_es;
    registry["evt.status"] = var_es;
    registry["evt.hill"] = hill;
}

}  // namespace tidemark::vectors
