// Adapters for liquidation, collateral and account scores.
#include <cmath>

#include "adapters_stats.hpp"
#include "collateral/haircut_sizing.hpp"
#include "liquidation/first_passage.hpp"
#include "liquidation/venue/liquidation_price.hpp"
#include "liquidation/venue/subaccount.hpp"
#include "pricing/contract.hpp"
#include "pricing/vol_shock.hpp"
#include "score/scorecard.hpp"
#include "stats/distributions/normal.hpp"

namespace tidemark::vectors {
namespace {

using namespace tidemark;
using namespace tidemark::liquidation;

double vol_of(const Json& input) {
    return input.at(input.contains("sigma_annual") ? "sigma_annual" : "sigma");
}

/// A number, or the text of the log drift of a price that grows at `mu` (0 where there is none).
double drift_of(const Json& input) {
    const Json& drift = input.value("drift_log", Json("-sigma^2/2"));
    if (drift.is_number()) return drift;
    return drift == "0" ? 0.0 : input.value("mu", 0.0) + martingale_drift(vol_of(input));
}

Json first_passage(const Json& input, const Context&) {
    const double vol = vol_of(input), years = input.at("horizon_years"), drift = drift_of(input);
    const double spot = input.at("spot");
    Json out;
    for (const char* side : {"lower", "upper"}) {
        if (input.contains(side))
            out[std::string{"touch_"} + side] =
                touch_probability(input.at(side).get<double>() / spot, vol, years, drift);
    }
    if (!input.contains("barrier")) return out;
    const double barrier = input.at("barrier").get<double>() / spot;
    const double touch = touch_probability(barrier, vol, years, drift);
    const double end = end_probability(barrier, vol, years, drift);
    out["touch"] = touch;
    out[barrier < 1.0 ? "terminal_below" : "terminal_above"] = end;
    out["ratio"] = touch / end;
    return out;
}

Json two_sided_passage(const Json& input, const Context&) {
    const double spot = input.at("spot");
    const double touch = corridor_touch_probability(input.at("lower").get<double>() / spot,
                                                    input.at("upper").get<double>() / spot, vol_of(input),
                                                    input.at("horizon_years"), drift_of(input));
    return {{"touch_either", touch}, {"survival", 1.0 - touch}};
}

Json barrier_shift(const Json& input, const Context&) {
    const double away = input.at("side") == "down" ? 0.5 : 2.0;  // any barrier on that side of 1
    const double shift = discretely_watched(away, vol_of(input), input.at("dt_years")) / away;
    return {{"beta", discrete_watch_shift}, {"shifted_barrier", input.at("barrier").get<double>() * shift}};
}

Json false_liquidation(const Json& input, const Context&) {
    const double buffer = input.at("buffer"), sd = input.at("sd_horizon");
    const double touch = score::touch_probability(buffer, sd), end = stats::normal_cdf(-buffer / sd);
    return {{"touch", touch}, {"terminal", end}, {"touch_and_recover", touch - end}};
}

/// dYdX and Vega alike: a linear position against collateral that stands still.
Json linear_price(const Json& input, const Context&) {
    const double rate = input.contains("mmf") ? input.at("mmf").get<double>()
                                              : input.at("slippage_factor").get<double>() +
                                                    input.at("risk_factor").get<double>();
    const double collateral = input.at(input.contains("equity") ? "equity" : "collateral");
    const double entry = input.at(input.contains("price") ? "price" : "mark");
    const auto price = [&](double size) {
        const auto found = liquidation::linear_liquidation_price({collateral, size, entry}, rate);
        return found ? Json(*found) : Json{};
    };
    if (!input.at("size").is_array()) return {{"liq_price", price(input.at("size"))}};
    Json prices = Json::array();
    for (const double size : numbers(input.at("size"))) prices.push_back(price(size));
    return {{"liq_price", prices}};
}

Json bankruptcy(const Json& input, const Context&) {
    const double deposit = input.at("deposit"), size = input.at("size"), entry = input.at("entry");
    const double gain =
        pricing::future_gain(pricing::Payoff::linear, Price{entry}, Price{input.at("mark").get<double>()});
    const auto price = liquidation::linear_liquidation_price({deposit, size, entry}, 0.0);
    return {{"equity", deposit + size * gain}, {"bankruptcy_price", price ? Json(*price) : Json{}}};
}

/// dYdX works in whole quanta: here 1e-9 of the base and 1e-6 of the quote.
Json subaccount_liquidation(const Json& input, const Context&) {
    const auto whole = [](double amount, double quantum) {
        return static_cast<std::int64_t>(std::llround(amount / quantum));
    };
    const Json positions =
        input.value("positions", Json::array({{{"size", input.value("position", Json{})},
                                               {"price", input.value("oracle_price", Json{})},
                                               {"mmf", input.value("mmf", Json{})}}}));
    std::vector<liquidation::QuantumPosition> held;
    liquidation::Liquidation account{whole(input.at("quote_balance"), 1e-6), {}, 0};
    for (const Json& position : positions) {
        if (position.contains("asset") && position.at("asset") == input.at("close"))
            account.closing = held.size();
        held.push_back({whole(position.at("size"), 1e-9),
                        {whole(position.at("price"), 1e-6), -9},
                        {1'000'000, whole(position.at("mmf"), 1e-6), 0, 0}});
    }
    account.positions = held;
    const auto proceeds =
        value_of(liquidation::bankruptcy_quote(account, -held.at(account.closing).base_quantums));
    Json out{{"bankruptcy_proceeds", static_cast<double>(proceeds) * 1e-6}};
    if (!input.contains("bankruptcy_adjustment")) return out;
    const auto fillable =
        value_of(liquidation::fillable_price(account, {whole(input.at("bankruptcy_adjustment"), 1e-6),
                                                       whole(input.at("spread_to_mm_ratio"), 1e-6)}));
    out["fillable_price"] = fillable * 1e3;
    return out;
}

Json scorecard_scaling(const Json& input, const Context&) {
    const score::Scale scale{input.at("anchor_score"), input.at("anchor_odds"), input.at("pdo")};
    Json scores = Json::array();
    for (const double p : numbers(input.at("pds"))) scores.push_back(scale.points(p));
    return {{"factor", scale.factor()}, {"offset", scale.offset()}, {"scores", scores}};
}

Json distance_to_margin_call(const Json& input, const Context&) {
    const double buffer = input.at("equity").get<double>() - input.at("maintenance").get<double>();
    const double sd = input.at("pnl_sd_1d").get<double>() * std::sqrt(input.value("horizon_days", 1.0));
    return {{"dd", buffer / sd},
            {"prob_terminal", stats::normal_cdf(-buffer / sd)},
            {"prob_touch", score::touch_probability(buffer, sd)}};
}

Json margin_multiplier(const Json& input, const Context&) {
    const score::MultiplierRule rule{input.at("eta"), input.at("floor"), input.at("cap")};
    Json out = Json::array();
    for (const double p : numbers(input.at("pd"))) out.push_back(rule.multiplier(p, input.at("pd_ref")));
    return {{"multiplier", out}};
}

Json basel_scaling(const Json& input, const Context&) {
    Json out = Json::array();
    for (const Json& c : input.at("cases"))
        out.push_back(collateral::supervisory_haircut(input.at("H10"), 10.0, c.at("TM"), c.at("NR")));
    return {{"haircut", out}};
}

Json basel_exposure(const Json& input, const Context&) {
    return {{"E_star", collateral::exposure_after_mitigation({.exposure = input.at("E"),
                                                              .exposure_haircut = input.value("He", 0.0),
                                                              .collateral = input.at("C"),
                                                              .collateral_haircut = input.value("Hc", 0.0),
                                                              .currency_haircut = input.value("Hfx", 0.0)})}};
}

Json lognormal_haircut(const Json& input, const Context&) {
    Json out = Json::array();
    for (const double days : numbers(input.at("horizon_days")))
        out.push_back(value_of(collateral::lognormal_haircut(
            vol_of(input), days / input.value("year_days", 365.0), input.at("confidence"))));
    return {{"haircut", out}};
}

Json combined_haircut(const Json& input, const Context&) {
    std::vector<double> reasons;
    double sum = 0.0;
    for (const auto& [name, haircut] : input.items()) {
        reasons.push_back(haircut);
        sum += reasons.back();
    }
    return {{"multiplicative", collateral::combined_haircut(reasons)}, {"additive", sum}};
}

Json vol_shock_by_tenor(const Json& input, const Context&) {
    const pricing::VolShock shock{.range_up = input.at("range_up"),
                                  .range_down = 0.0,
                                  .short_power = input.at("short_power"),
                                  .long_power = input.at("long_power"),
                                  .days_floor = input.value("dte_floor", 0.0)};
    Json out = Json::array();
    for (const double days : numbers(input.at("dte")))
        out.push_back(pricing::shocked_vols(AnnualVol{1.0}, days, shock).up.value());
    return {{"multiplier", out}};
}

Json legacy_vol_shock(const Json& input, const Context&) {
    const double range = input.at("max_iv_change_30d"), power = input.at("power");
    const pricing::VolShock shock{.range_up = range, .short_power = power, .long_power = power};
    return {{"shock", range * pricing::tenor_multiplier(input.at("dte"), shock)}};
}

}  // namespace

void add_risk(Registry& registry) {
    registry["risk.lqd-first-passage"] = first_passage;
    registry["risk.lqd-first-passage-7d"] = first_passage;
    registry["risk.lqd-two-sided-passage"] = two_sided_passage;
    registry["risk.lqd-bgk-shift"] = barrier_shift;
    registry["risk.lqd-false-liquidation"] = false_liquidation;
    registry["risk.lqd-dydx-liq-price"] = linear_price;
    registry["risk.lqd-vega-liq-price"] = linear_price;
    registry["risk.lqd-dydx-adl"] = bankruptcy;
    for (const char* name :
         {"long-slightly-below", "long-ba2", "long-smmr2", "short-slightly-below", "short-ba2",
          "long-at-bankruptcy", "short-at-bankruptcy", "long-below-bankruptcy", "multi-long", "long-short"})
        registry[std::string{"risk.lqd-dydx-"} + name] = subaccount_liquidation;
    registry["risk.scr-scorecard-scaling"] = scorecard_scaling;
    registry["risk.scr-distance-to-margin-call"] = distance_to_margin_call;
    registry["risk.scr-margin-multiplier"] = margin_multiplier;
    registry["risk.hc-basel-scaling"] = basel_scaling;
    registry["risk.hc-basel-exposure"] = basel_exposure;
    registry["risk.hc-var-lognormal"] = lognormal_haircut;
    registry["risk.hc-combine"] = combined_haircut;
    registry["risk.hc-vol-shock-term"] = vol_shock_by_tenor;
    registry["risk.hc-deribit-legacy-vol"] = legacy_vol_shock;
}

}  // namespace tidemark::vectors
