// Scenario margins: Derive PMRM 1 and 2, Deribit portfolio margin, SPAN, Paradex.
#include <cmath>
#include <limits>

#include "adapter.hpp"
#include "margin/portfolio/scenario_margin.hpp"
#include "margin/portfolio/scenarios.hpp"

namespace tidemark::vectors {
namespace {

using namespace tidemark::margin;
using pricing::OptionType;
using pricing::Payoff;

double get(const Json& object, const char* name, double missing = 0.0) {
    return object.value(name, missing);
}

VolMove vol_scenario(const std::string& name) {
    static const std::map<std::string, VolMove> all{{"none", VolMove::none},
                                                    {"up", VolMove::up},
                                                    {"down", VolMove::down},
                                                    {"linear", VolMove::linear_skew},
                                                    {"abs", VolMove::absolute_skew}};
    return all.at(name);
}

std::vector<OptionLeg> options_of(const Json& expiry) {
    std::vector<OptionLeg> legs;
    for (const Json& o : expiry.at("options"))
        legs.push_back({o.at("strike"), o.at("type") == "put" ? OptionType::put : OptionType::call,
                        o.at("qty"), o.at("vol")});
    return legs;
}

double least_confidence(const Json& expiry, std::initializer_list<const char*> feeds) {
    double least = 1.0;
    for (const char* feed : feeds) least = std::min(least, get(expiry, feed, 1.0));
    return least;
}

void take_skew(const Json& p, ScenarioRule& rule) {
    rule.linear_skew = {get(p, "linear_scale_cap"), get(p, "linear_cbase")};
    rule.absolute_skew = {get(p, "abs_scale_cap"), get(p, "abs_cbase")};
    rule.skew_width = {p.at("min_k_star"), p.at("min_width_scale"), p.at("vol_param_static"),
                       p.at("vol_param_scale")};
}

ScenarioRule pmrm2_rule(const Json& input) {
    const Json& p = input.at("params");
    ScenarioRule rule;
    for (const Json& s : input.at("scenarios"))
        rule.scenarios.push_back({s.at(0).get<double>() - 1.0, vol_scenario(s.at(1)), s.at(2)});
    rule.vol_shock = {.range_up = p.at("vol_range_up"),
                      .range_down = p.at("vol_range_down"),
                      .min_vol_for_up = AnnualVol{p.at("min_vol_up").get<double>()},
                      .short_power = p.at("short_term_power"),
                      .long_power = p.at("long_term_power"),
                      .days_floor = p.at("dte_floor_days")};
    take_skew(p, rule);
    rule.gain_discount = {p.at("base_static_discount"), p.at("long_rate_mult"), p.at("long_rate_add")};
    rule.loss_discount = {p.at("base_static_discount_neg"), p.at("short_rate_mult"), p.at("short_rate_add")};
    rule.basis = {p.at("basis_spot_up").get<double>() - 1.0, p.at("basis_spot_down").get<double>() - 1.0,
                  p.at("basis_add_factor"), p.at("basis_mult_factor")};
    rule.peg = {p.at("peg_threshold"), p.at("peg_factor")};
    rule.oracle = {p.at("conf_threshold"), p.at("conf_margin")};
    rule.futures = {p.at("mm_perp"), p.at("im_perp")};
    rule.naked_shorts = {p.at("mm_option"), p.at("im_option")};
    rule.maintenance_factor = p.at("mm_loss_factor");
    rule.initial_factor = p.at("im_loss_factor");
    return rule;
}

CollateralLeg collateral_of(const Json& c, double stable) {
    const double value = c.at("amount").get<double>() * c.at("price").get<double>() / stable;
    return {value, value, c.at("risk_cancelling"), c.at("conf"), {c.at("mm_haircut"), c.at("im_haircut")}};
}

UnderlyingLegs pmrm2_book(const Json& input) {
    constexpr double averaging_seconds = 1800.0;
    UnderlyingLegs book;
    const Json& perp = input.at("perp");
    book.cash =
        input.at("cash").get<double>() + get(perp, "unrealised_pnl") + get(perp, "unrealised_funding");
    book.spot = input.at("spot");
    book.spot_confidence = get(input, "spot_conf", 1.0);
    book.stable = get(input, "stable", 1.0);
    if (perp.at("size") != 0.0) {
        book.futures.push_back({perp.at("size"), perp.at("price"), 0.0});
        book.futures_confidence = perp.at("conf");
    }
    for (const Json& c : input.at("collaterals")) book.collateral.push_back(collateral_of(c, book.stable));
    for (const Json& e : input.at("expiries")) {
        const double forward = e.at("forward"), seconds = e.at("sec");
        book.expiries.push_back({seconds, forward, settled_part(forward, seconds, averaging_seconds),
                                 e.at("rate"), least_confidence(e, {"forward_conf", "rate_conf", "vol_conf"}),
                                 options_of(e)});
    }
    return book;
}

Json pmrm2(const Json& input, const Context&) {
    const ScenarioMargin m = scenario_margin(pmrm2_book(input), pmrm2_rule(input)).value();
    return {{"IM", m.initial_headroom()},
            {"MM", m.maintenance_headroom()},
            {"MTM", m.mark_to_market},
            {"option_MTM", m.matrix.option_value},
            {"scenario_pnl", m.matrix.pnl}};
}

ScenarioRule pmrm1_rule(const Json& p) {
    ScenarioRule rule;
    for (const Json& s : p.at("scenarios"))
        rule.scenarios.push_back({s.at("spot").get<double>() - 1.0, vol_scenario(s.at("vol"))});
    rule.vol_shock = {.range_up = p.at("vol_up"),
                      .range_down = p.at("vol_down"),
                      .short_power = p.at("short_power"),
                      .long_power = p.at("long_power"),
                      .days_floor = p.at("dte_floor_days")};
    rule.discount_at_rate = false;
    rule.gain_discount = {p.at("base_static_discount"), p.at("rate_mult"), p.at("rate_add")};
    rule.basis = {p.at("basis_up").get<double>() - 1.0, p.at("basis_down").get<double>() - 1.0,
                  p.at("basis_add"), p.at("basis_mult")};
    rule.peg = {p.at("peg_threshold"), p.at("peg_factor")};
    rule.oracle = {p.at("conf_threshold"), p.at("conf_margin")};
    rule.futures = {p.at("perp_pct"), 0.0};
    rule.naked_shorts = {p.at("option_pct"), 0.0};
    rule.initial_factor = p.at("im_factor");
    rule.factor_on_charges = true;
    return rule;
}

UnderlyingLegs pmrm1_book(const Json& input) {
    UnderlyingLegs book;
    book.cash = input.at("cash").get<double>() + get(input, "perp_unrealized");
    book.spot = input.at("spot");
    book.spot_confidence = get(input, "spot_conf", 1.0);
    book.stable = get(input, "stable", 1.0);
    double confidence = book.spot_confidence;
    if (get(input, "perp") != 0.0) {
        book.futures.push_back({input.at("perp"), input.at("perp_price"), 0.0});
        book.futures_confidence = get(input, "perp_conf", 1.0);
        confidence = std::min(confidence, book.futures_confidence);
    }
    const double base = get(input, "base") * book.spot;
    if (base != 0.0)
        book.collateral.push_back(
            {base / book.stable, base, true, confidence, {input.at("params").at("base_pct"), 0.0}});
    for (const Json& e : input.at("expiries")) {
        const double settled = get(e, "fwd_fixed");
        book.expiries.push_back({e.at("sec"), e.at("fwd_var").get<double>() + settled, settled,
                                 get(e, "rate"), least_confidence(e, {"fwd_conf", "rate_conf", "vol_conf"}),
                                 options_of(e)});
    }
    return book;
}

Json pmrm1(const Json& input, const Context&) {
    const ScenarioMargin m = scenario_margin(pmrm1_book(input), pmrm1_rule(input.at("params"))).value();
    return {{"IM", m.initial_headroom()}, {"MM", m.maintenance_headroom()}, {"MTM", m.mark_to_market}};
}

ScenarioRule deribit_rule(const Json& p) {
    const double range = p.at("price_range");
    const VolMove unchanged[] = {VolMove::none};
    ScenarioRule rule;
    rule.scenarios = scenario_product(bucket_moves(range, p.at("buckets")), unchanged);
    const ExtendedTable table{range, p.at("extended_factor"), get(p, "extended_dampener_usd")};
    for (const double tail : p.at("extended_moves"))
        rule.scenarios.push_back(extended_scenario(tail, table, Payoff::inverse));
    rule.gain_offset = get(p, "pnl_offset");
    rule.gain_cap = get(p, "max_offsetable_pnl", std::numeric_limits<double>::infinity());
    rule.roll = {p.at("min_annualised_move"), p.at("annualised_move")};
    rule.maintenance_factor = p.at("mm_factor");
    rule.factor_on_charges = true;
    return rule;
}

/// Part of every leg's row, or of one row.
Json columns(std::span<const double> values, std::size_t row, std::size_t from, std::size_t count) {
    Json out = Json::array();
    for (std::size_t at = 0; at < values.size(); at += row) {
        for (std::size_t k = from; k < from + count; ++k) out.push_back(values[at + k]);
    }
    return out;
}

Json deribit_futures(const Json& input, const Context&) {
    const Json& p = input.at("params");
    UnderlyingLegs book;
    book.payoff = Payoff::inverse;
    book.spot = input.at("index");
    for (const Json& position : input.at("positions"))
        book.futures.push_back({position.at("qty"), position.at("mark"), get(position, "tau")});
    book.contingency = get(input, "delta_shock");
    book.initial_provision = get(input, "mmp") + get(input, "open_orders") + get(input, "spot_margin");
    const ScenarioMargin m = scenario_margin(book, deribit_rule(p)).value();
    const std::size_t all = m.matrix.scenarios, tails = p.at("extended_moves").size(), standard = all - tails;
    return {{"initial_standard", columns(m.matrix.leg_pnl, all, 0, standard)},
            {"initial_extended", columns(m.matrix.leg_pnl, all, standard, tails)},
            {"aggregated_standard", columns(m.matrix.counted, all, 0, standard)},
            {"aggregated_extended", columns(m.matrix.counted, all, standard, tails)},
            {"worst", m.scenario_loss},
            {"roll_shock", m.charges.maintenance.roll},
            {"risk_matrix_margin", m.scenario_loss + m.charges.maintenance.total() + book.contingency},
            {"IM", m.initial},
            {"MM", m.maintenance}};
}

Json inverse_perp(const Json& input, const Context&) {
    const VolMove unchanged[] = {VolMove::none};
    ScenarioRule rule;
    const auto moves = bucket_moves(input.at("price_range"), input.at("buckets_per_side"));
    rule.scenarios = scenario_product(moves, unchanged);
    UnderlyingLegs book{.payoff = Payoff::inverse, .spot = 1.0};
    book.futures.push_back({input.at("delta_coin"), 1.0, 0.0});
    const auto pnl = scenario_margin(book, rule).value().matrix.pnl;
    constexpr std::size_t printed = 6;
    return {{"shocks", moves},
            {"pnl_coin", pnl},
            {"published_prefix", std::vector<double>(pnl.begin(), pnl.begin() + printed)}};
}

Json damped_table(const Json& input, const Context&) {
    ScenarioRule rule;
    for (std::size_t k = 0; k < input.at("shocks").size(); ++k)
        rule.scenarios.push_back(
            {.move = input.at("shocks")[k], .weight = input.at("weights").at(k).get<double>()});
    Json risks = Json::array();
    for (const Json& qty : input.at("position")) {
        UnderlyingLegs book{.spot = input.at("price")};
        book.futures.push_back({qty, book.spot, 0.0});
        risks.push_back(scenario_margin(book, rule).value().scenario_loss);
    }
    return {{"scan_risk", risks}};
}

}  // namespace

void add_margin_scenario(Registry& registry) {
    registry["margin.derive_pm2"] = pmrm2;
    registry["margin.derive_pm1"] = pmrm1;
    registry["margin.deribit_pm_futures"] = deribit_futures;
    registry["risk.mgn-deribit-inverse-perp"] = inverse_perp;
    registry["risk.mgn-damped-extended-table"] = damped_table;
    add_margin_scenario_parts(registry);
}

}  // namespace tidemark::vectors
