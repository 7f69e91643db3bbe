// Every record, with every member it can have: read and written again, it is the same bytes.
#include <catch2/catch.hpp>

#include "json/describe.hpp"
#include "json/writer.hpp"
#include "record/account.hpp"
#include "record/book.hpp"
#include "record/candle.hpp"
#include "record/correlation.hpp"
#include "record/error.hpp"
#include "record/instrument.hpp"
#include "record/liquidation.hpp"
#include "record/liquidity.hpp"
#include "record/margin.hpp"
#include "record/price.hpp"
#include "record/scenario.hpp"
#include "record/score.hpp"
#include "record/ticker.hpp"
#include "record/trade.hpp"
#include "record/vol.hpp"
#include "unit/json/padded.hpp"

using namespace tidemark;

namespace {

constexpr std::string_view candle =
    R"({"type":"candle","symbol":"BTCUSDT","ts":1770306600000,"interval_ms":60000,"open":1.5,"high":2,"low":1e-05,"close":1.75,"volume":0.1})";
constexpr std::string_view trade =
    R"({"type":"trade","symbol":"BTCUSDT","ts":1770306600000,"price":67500.5,"qty":0.001,"side":"sell"})";
constexpr std::string_view book =
    R"({"type":"book","symbol":"BTCUSDT","ts":1770306600000,"bids":[[1,2],[0.5,3]],"asks":[[2,1]]})";
constexpr std::string_view price =
    R"({"type":"price","asset":"BTC","ts":1770306600000,"price":67500,"confidence":12.5,"source":"deribit","sources":3})";
constexpr std::string_view ticker =
    R"({"type":"ticker","symbol":"BTC-27DEC24-100000-C","ts":1770306600000,"mark_price":0.0125,"index_price":67500,"forward_price":67600.25,"bid_price":0,"ask_price":0.013,"price_unit":"coin","mark_vol":0.61,"bid_vol":0.6,"ask_vol":0.62,"open_interest_qty":120.5,"volume_24h_value":1e+06,"funding_rate":-1e-04,"funding_interval_hours":8})";
constexpr std::string_view instrument =
    R"({"type":"instrument","symbol":"XRP_USDC-30JUN23-0d625-C","kind":"option","underlying":"XRP","quote_asset":"USDC","settle_asset":"USDC","contract_size":1000,"expiry_ts":1688112000000,"strike_price":0.625,"option_type":"call","ts":1680000000000})";
constexpr std::string_view correlation =
    R"({"type":"correlation","ts":1770306600000,"assets":["BTC","ETH"],"matrix":[[1,0.8],[0.8,1]],"samples":300,"shrinkage":0.05,"left_out":2})";
constexpr std::string_view liquidity =
    R"({"type":"liquidity","underlying":"BTC","symbol":"BTC-PERPETUAL","ts":1770306600000,"half_spread_rate":1e-04,"depth_value":{"10":1e+06,"25":5e+06},"adv_value":2e+10,"impact":{"coefficient":0.9,"exponent":0.5},"kyle_lambda":1e-09,"amihud":2e-10,"state":"watch"})";
constexpr std::string_view vol =
    R"({"type":"vol","underlying":"BTC","ts":1770306600000,"annual_vol":0.8,"base_annual_vol":0.6,"estimator":"implied","base_estimator":"ewma","realized":{"estimator":"yang-zhang","stands_in_for":"garch-t","annual_vol":0.7,"as_of_ts":1770306600000,"interval_ms":3600000,"estimates":{"ewma":0.72,"yang-zhang":0.7},"screened":{"annual_vol":0.6,"base_annual_vol":0.5,"estimates":{"ewma":0.7}},"fits":[{"estimator":"garch-t","status":"boundary","reason":"r","days":990,"parameters":{"omega":0.001},"binding":["persistence"],"log_likelihood":2144.5,"r_squared":0.4,"residual_scale":1.1,"persistence":0.98,"half_life_days":20,"long_run_annual_vol":0.6}],"forecast":[{"horizon_days":2,"annual_vol":0.7}],"tails":{"filter":"garch-t","days":990,"confidence":0.99,"mean":0.01,"deviation":1,"skew":-0.2,"excess_kurtosis":4,"down":{"value_at_risk":3,"expected_shortfall":4,"tail_count":10,"threshold":1,"excesses":100,"shape":0.1,"scale":0.7,"pareto_value_at_risk":2.9,"pareto_expected_shortfall":3.9},"up":{"value_at_risk":3,"expected_shortfall":4,"tail_count":10,"threshold":1,"excesses":100,"shape":0.1,"scale":0.7,"pareto_value_at_risk":2.9,"pareto_expected_shortfall":3.9},"cornish_fisher_down":3.4,"jump":{"day_ts":1770249600000,"bars":24,"z":1.5,"p_value":0.07,"share":0.2}}},"implied":{"annual_vol":0.8,"horizon_years":0.02,"rr25":-0.05,"bf25":0.01,"delta_convention":"premium-adjusted","model_free":{"annual_vol":0.83,"horizon_days":30,"margin_horizon_vol":0.9,"bracketed":true},"surface":{"rho":-0.4,"eta":1.2,"gamma":0.5,"rmse_vol":0.02,"terms":12,"quotes":300},"as_of_ts":1770306600000},"blend":{"policy":"vol@1","rule":"weighted","horizon_days":2,"implied_annual_vol":0.8,"realized_annual_vol":0.7,"implied_weight":0.5,"realized_weight":0.5},"anchor":{"estimator":"zero-mean","annual_vol":0.55,"days":1000,"stressed_weight":0.25,"stressed_annual_vol":0.9,"stressed_from_ts":1617753600000,"stressed_to_ts":1649289600000},"terms":[{"expiry_ts":1770364800000,"years":0.0018,"forward_price":67600,"forward_by_parity":true,"atm_vol":0.9,"atm_bid_vol":0.89,"atm_ask_vol":0.91,"rr25":-0.1,"bf25":0.02,"svi":{"a":0.001,"b":0.1,"rho":-0.4,"m":0,"sigma":0.05},"svi_fit":{"rmse_vol":0.001,"half_spread_vol":0.01,"quotes":20,"repaired":true,"least_log_moneyness":-0.5,"greatest_log_moneyness":0.5,"butterfly_negative":[[-700,-0.6]],"calendar_crossed":[[-0.4,-0.3]]},"ssvi":{"theta":0.002,"rmse_vol":0.03,"greatest_error_vol":0.2,"half_spread_vol":0.01,"quotes":20},"model_free":{"annual_vol":0.95,"status":"short_wing","strikes":9,"forward_price":67601,"least_strike":60000,"greatest_strike":75000,"outer_delta":0.05},"inverted":{"mark":{"ok":3},"mid":{"ill_conditioned":1},"bid":{"below_intrinsic":4},"ask":{"above_maximum":1}},"status":"ok"}],"samples":720,"gaps":2,"halts":1,"zero_volume_bars":3,"suspect_bars":4,"days_per_year":365,"stress_prob":0.25})";
constexpr std::string_view error =
    R"({"type":"error","tool":"margin-calc","code":"wrong_type","file":"a.jsonl","line":12,"offset":345,"field":"positions[3].qty","key":"acct-7","message":"want a number, got 'x'"})";
constexpr std::string_view scenario =
    R"({"type":"scenario","name":"crash","shocks":["BTC=-20%","vol=+25%"]})";
constexpr std::string_view eos = R"({"type":"eos","records":10,"complete":true})";
constexpr std::string_view account =
    R"({"type":"account","account_id":"acct-7","ts":1770306600000,"owner_id":"desk","margin_mode":"cross","currency":"USD","collateral":[{"asset":"BTC","qty":-0.5}],"positions":[{"symbol":"BTC-PERPETUAL","qty":-2,"entry_price":67000,"isolated_margin":100,"margin_mode":"isolated","isolated_asset":"BTC"}],"orders":[{"symbol":"BTC-PERPETUAL","qty":1,"limit_price":60000,"reduce_only":true}],"score":{"status":"ok","reason":"r","policy":"score@1","value":640,"breach_prob":0.01,"multiplier":1.1,"reference":0.01,"accounts":3,"reasons":[{"code":"hedged","points":12.5}]},"margin":{"policy":"dynamic@1"},"reported":{"equity":1,"collateral_value":2,"initial_margin":3,"maintenance_margin":4,"free_collateral":-2,"health":0.25,"liquidation_prices":{"BTC-PERPETUAL":70000}}})";

template <class Record>
std::string written_again(std::string_view text) {
    const json::Padded padded{text};
    json::Line line;
    json::Reader reader;
    Record record;
    REQUIRE(line.parse(padded.text()));
    const Status read = reader.read(line, record);
    if (!read) FAIL(read.error().field << ": " << read.error().message);
    std::string out;
    json::append_line(out, record);
    return out;
}

/// The line lacks none of the members that the record can have, so the round trip leaves none out.
template <class Record>
void has_every_member(std::string_view text) {
    for (const json::FieldText& f : json::describe<Record>()) {
        const std::string quoted = "\"" + f.name.substr(f.name.rfind('.') + 1) + "\":";
        INFO(f.name);
        CHECK(text.find(quoted) != std::string_view::npos);
    }
}

template <class Record>
void survives(std::string_view text) {
    INFO(text);
    CHECK(written_again<Record>(text) == std::string{text} + "\n");
    has_every_member<Record>(text);
}

}  // namespace

TEST_CASE("market records survive being read and written") {
    survives<record::Candle>(candle);
    survives<record::Trade>(trade);
    survives<record::Book>(book);
    survives<record::Price>(price);
    survives<record::Ticker>(ticker);
    survives<record::Instrument>(instrument);
    survives<record::Correlation>(correlation);
    survives<record::Liquidity>(liquidity);
    survives<record::Vol>(vol);
    survives<record::Scenario>(scenario);
}

TEST_CASE("an account and the records of the stream itself survive being read and written") {
    survives<record::Account>(account);
    survives<record::Error>(error);
    survives<record::Eos>(eos);
}

TEST_CASE("an absent member stays absent, and so does an empty list") {
    CHECK(written_again<record::Ticker>(R"({"type":"ticker","symbol":"X","ts":946684800000})") ==
          "{\"type\":\"ticker\",\"symbol\":\"X\",\"ts\":946684800000}\n");
    CHECK(written_again<record::Account>(R"({"type":"account","account_id":"a","ts":946684800000})") ==
          R"({"type":"account","account_id":"a","ts":946684800000})"
          "\n");
    CHECK(written_again<record::Ticker>(
              R"({"type":"ticker","symbol":"X","ts":946684800000,"mark_vol":null})") ==
          "{\"type\":\"ticker\",\"symbol\":\"X\",\"ts\":946684800000}\n");
}

TEST_CASE("text is escaped again, strings of digits become numbers, and minus zero is zero") {
    CHECK(
        written_again<record::Price>(
            R"({"type":"price","ts":"2026-02-05T15:50:00Z","price":"0.10","asset":"a\"\\b","confidence":-0.0})") ==
        R"({"type":"price","asset":"a\"\\b","ts":1770306600000,"price":0.1,"confidence":0})"
        "\n");
}

TEST_CASE("the results that accounts carry are written whole") {
    record::Margin margin;
    margin.policy = "dynamic@1";
    margin.model = "dynamic";
    margin.currency = "USD";
    margin.initial_margin = 10.5;
    std::string out;
    json::append_value(out, margin);
    CHECK(
        out.find(
            R"("status":"ok","policy":"dynamic@1","model":"dynamic","currency":"USD","initial_margin":10.5)") ==
        1);
    record::Liquidation liquidation;
    liquidation.status = record::LiquidationStatus::margin_call;
    liquidation.top_up = {{"USDC", 100.0}};
    out.clear();
    json::append_value(out, liquidation);
    CHECK(out == R"({"status":"margin_call","top_up":{"USDC":100}})");
}

TEST_CASE("a required member that is missing is named") {
    json::Line line;
    json::Reader reader;
    record::Candle record;
    const json::Padded padded{
        R"({"type":"candle","symbol":"X","ts":946684800000,"interval_ms":1,"open":1,"high":1,"low":1})"};
    REQUIRE(line.parse(padded.text()));
    const Status read = reader.read(line, record);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Errc::missing_field);
    CHECK(read.error().field == "close");
}
