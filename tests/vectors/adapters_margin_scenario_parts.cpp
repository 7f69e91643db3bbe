// Parts of scenario margins that venues publish alone, and margins from a lognormal law.
#include <cmath>

#include "adapter.hpp"
#include "liquidation/venue/liquidation_share.hpp"
#include "margin/lending/lognormal_es.hpp"
#include "margin/portfolio/scenario_margin.hpp"
#include "margin/portfolio/scenarios.hpp"
#include "pricing/row_kernel.hpp"

namespace tidemark::vectors {
namespace {

using namespace tidemark::liquidation;
using namespace tidemark::margin;

double get(const Json& object, const char* name, double missing = 0.0) {
    return object.value(name, missing);
}

Json future_grid(const Json& input, const Context&) {
    UnderlyingLegs book{.spot = input.at("spot")};
    const double years = get(input, "days") / 365.0;
    const double forward = book.spot * std::exp(get(input, "basis_rate") * years);
    book.futures.push_back({input.at("qty"), forward, years});
    ScenarioRule rule;
    for (const double move : input.at("grid")) rule.scenarios.push_back({.move = move});
    rule.futures = {get(input, "contingency_factor"), 0.0};
    const ScenarioMargin m = scenario_margin(book, rule).value();
    return {{"forward", forward},
            {"contingency", m.charges.maintenance.futures},
            {"pnl", m.matrix.pnl},
            {"scan_risk", m.scenario_loss},
            {"margin", m.maintenance}};
}

Json future_array(const Json& input, const Context&) {
    const double price = input.at("psr");  // a range of the whole price: the array is then in that value
    UnderlyingLegs book{.spot = price};
    book.futures.push_back({get(input, "qty", 1.0), price, 0.0});
    ScenarioRule rule;
    rule.scenarios = span_scenarios(1.0, input.at("extreme_mult"), input.at("extreme_cover"));
    return {{"array", risk_matrix(book, rule).value().pnl}};
}

Json scan(const Json& input, const Context&) {
    std::vector<double> total;
    for (const Json& position : input.at("positions")) {
        const std::vector<double> row = position.at(1);
        total.resize(row.size());
        pricing::add_row(total, row, position.at(0));
    }
    return {{"scan_risk", scan_risk(total)}};
}

Json least_delta(const Json& input, const Context&) {
    return {{"out", minimum_delta(input.at("deltas").get<std::vector<double>>(), input.at("spot"),
                                  {input.at("unhedged"), input.at("hedged")})}};
}

Json open_size(const Json& input, const Context&) {
    return {{"out", open_size_margin(get(input, "position"), get(input, "buy_orders"),
                                     get(input, "sell_orders"), input.at("imf"), input.at("mark"))}};
}

Json share(const Json& input, const Context&) {
    LiquidationState state;
    for (const Json& p : input.at("positions")) {
        const double qty = p.at(0), entry = p.at(1), mark = p.at(2);
        state.unrealised += qty * (mark - entry);
        state.maintenance += input.at("mmf").get<double>() * std::fabs(qty) * mark;
    }
    const double collateral = input.at("collateral");
    state.account_value = collateral + state.unrealised;
    const auto found =
        liquidation_share(state, {get(input, "step", 0.2), input.at("target"), input.at("fee")}).value();
    Json rows = Json::array();
    for (const LiquidationStep& s : found.steps)
        rows.push_back({s.share, s.maintenance, s.penalty, s.account_value, s.ratio});
    return {
        {"share", found.share}, {"collateral_after", collateral + found.collateral_change}, {"rows", rows}};
}

Json tail_cost(const Json& input, const Context&) {
    const LogLaw law{input.at("mu"), input.at("sigma")};
    const auto cost = input.at("side") == "long" ? long_tail_cost(law, input.at("lambda"))
                                                 : short_tail_cost(law, input.at("lambda"));
    return {{"VaR", cost.value().value_at_risk}, {"ES", cost.value().expected_shortfall}};
}

Json tail_costs(const Json& input, const Context&) {
    const LogLaw law{input.at("mu"), input.at("sigma")};
    const TailCost owned = long_tail_cost(law, input.at("lambda_")).value();
    const TailCost owed = short_tail_cost(law, input.at("lambda_")).value();
    return {{"var_long", owned.value_at_risk},
            {"es_long", owned.expected_shortfall},
            {"var_short", owed.value_at_risk},
            {"es_short", owed.expected_shortfall}};
}

RiskFactors factors_of(const Json& input, const char* level, const char* years) {
    return lognormal_risk_factors({input.at(level), input.at(years), get(input, "mu"), input.at("sigma")})
        .value();
}

Json risk_factor(const Json& input, const Context&) {
    const RiskFactors factors = factors_of(input, "lambda", "tau");
    return {{"short", factors.short_factor}, {"long", factors.long_factor}};
}

Json risk_factors(const Json& input, const Context&) {
    const RiskFactors factors = factors_of(input, "lambda_", "tau_years");
    return {{"rf_short", factors.short_factor}, {"rf_long", factors.long_factor}};
}

Json margin_levels(const Json& input, const Context&) {
    LognormalPosition position{
        input.at("position"), input.at("mark"), {}, get(input, "buy_orders"), get(input, "sell_orders")};
    if (input.contains("exit_price") && input.at("exit_price").is_number())
        position.exit_price = input.at("exit_price").get<double>();
    const double factor = get(input, "risk_factor");
    LognormalRule rule;
    rule.factors = {get(input, "risk_factor_long", factor), get(input, "risk_factor_short", factor)};
    rule.linear_slippage = get(input, "slippage");
    if (const auto scaling = input.find("scaling"); scaling != input.end())
        rule.levels = {scaling->at("search"), scaling->at("initial"), scaling->at("release")};
    if (input.value("round", "") == "ceil") rule.rounding = MarginRounding::whole_units;
    rule.unit_value = get(input, "unit", 1.0);
    const MarginLevels levels = lognormal_margin(position, rule);
    return {{"maintenance", levels.maintenance},
            {"search", levels.search},
            {"initial", levels.initial},
            {"release", levels.release}};
}

Json isolated(const Json& input, const Context&) {
    double sum = 0.0;
    for (const Json& entry : input.at("entries"))
        sum += isolated_margin(input.at("factor"), entry.at(0), entry.at(1));
    return {{"out", sum}};
}

}  // namespace

void add_margin_scenario_parts(Registry& registry) {
    registry["margin.linear_future_grid"] = future_grid;
    registry["margin.span_future_array"] = future_array;
    registry["margin.span_scan_risk"] = scan;
    registry["margin.paradex_min_delta"] = least_delta;
    registry["margin.paradex_net_imr"] = open_size;
    registry["margin.paradex_liq_share"] = share;
    registry["margin.vega_var_es"] = tail_cost;
    registry["margin.vega_risk_factor"] = risk_factor;
    registry["margin.vega_margin"] = margin_levels;
    registry["margin.vega_isolated_margin"] = isolated;
    registry["risk.mgn-vega-risk-factors"] = risk_factors;
    for (int i = 1; i <= 9; ++i) registry["risk.mgn-lognormal-var-es-" + std::to_string(i)] = tail_costs;
}

}  // namespace tidemark::vectors
