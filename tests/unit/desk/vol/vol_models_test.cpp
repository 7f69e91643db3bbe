#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "desk/vol/realized_of.hpp"
#include "desk/vol/vol_filter.hpp"
#include "json/line.hpp"
#include "unit/vol/bars.hpp"

using namespace tidemark;
using desk::VolFilter;
using desk::VolOptions;

namespace {

constexpr std::int64_t start = 1'700'006'400'000;  // a midnight
constexpr std::int64_t six_hours = ms_per_day / 4;

struct Row {
    std::string type, text;
};

/// Six-hour bars of `days` days that are wild from day 100 to 120.
std::vector<Row> candles(int days) {
    std::vector<Row> out;
    test::Normals normal{41};
    double price = 60000.0;
    for (int bar = 0; bar < 4 * days; ++bar) {
        const double deviation = bar / 4 >= 100 && bar / 4 < 120 ? 0.05 : 0.012;
        const double open = price;
        price *= std::exp(deviation * normal());
        if (bar % 211 == 3) continue;
        out.push_back({"candle", R"({"type":"candle","symbol":"BTCUSDT","ts":)" +
                                     std::to_string(start + bar * six_hours) + R"(,"interval_ms":)" +
                                     std::to_string(six_hours) + R"(,"open":)" + std::to_string(open) +
                                     R"(,"high":)" + std::to_string(1.001 * std::max(open, price)) +
                                     R"(,"low":)" + std::to_string(0.999 * std::min(open, price)) +
                                     R"(,"close":)" + std::to_string(price) + "}"});
    }
    return out;
}

std::vector<Row> trades(int count) {
    std::vector<Row> out;
    test::Normals normal{43};
    double price = 60000.0;
    std::int64_t at = start;
    for (int i = 0; i < count; ++i) {
        price *= std::exp(0.0004 * normal());
        at += 7'000 + 13'000 * (i % 5);
        out.push_back({"trade", R"({"type":"trade","symbol":"BTCUSDT","ts":)" + std::to_string(at) +
                                    R"(,"price":)" + std::to_string(price) + R"(,"qty":1,"side":"buy"})"});
    }
    return out;
}

Status feed(VolFilter& desk, const Row& row) {
    json::Line line;
    const std::string padded = row.text + std::string(json::padding, '\0');
    REQUIRE(line.parse({padded.data(), row.text.size()}));
    return desk.learn(line, row.type);
}

std::string records(VolFilter& desk) {
    std::string out;
    REQUIRE(desk.append_records(out));
    return out;
}

std::string record_of(const VolOptions& options, const std::vector<Row>& rows) {
    VolFilter desk{options};
    for (const Row& row : rows) REQUIRE(feed(desk, row));
    return records(desk);
}

double number(const std::string& record, std::string_view member) {
    const std::size_t at = record.find('"' + std::string{member} + "\":");
    REQUIRE(at != std::string::npos);
    return std::stod(record.substr(at + member.size() + 3));
}

void check_resumed(const VolOptions& options, const std::vector<Row>& all, std::size_t step) {
    const std::string wanted = record_of(options, all);
    for (std::size_t cut = step / 2; cut < all.size(); cut += step) {
        VolFilter first{options}, second{options};
        for (std::size_t i = 0; i < cut; ++i) REQUIRE(feed(first, all[i]));
        ByteSink sink;
        first.save(sink);
        ByteSource source{sink.bytes()};
        REQUIRE(second.load(source));
        for (std::size_t i = cut; i < all.size(); ++i) REQUIRE(feed(second, all[i]));
        CHECK(records(second) == wanted);
    }
}

}  // namespace

TEST_CASE("models of days, tails and stress go on from a state as in one pass") {
    VolOptions options;
    options.estimator = "garch-t";
    options.also = {"all"};
    options.stress_prob = options.tails = true;
    options.policy.stressed_days = 20;
    const auto all = candles(330);
    const std::string record = record_of(options, all);
    for (const char* member :
         {"\"har-log\":", "\"tails\":", "\"stress_prob\":", "\"forecast\":", "\"anchor\":"}) {
        INFO(record);
        CHECK(record.find(member) != std::string::npos);
    }
    check_resumed(options, all, 263);
}

TEST_CASE("bars of trades and the decaying volatility go on from a state as in one pass") {
    VolOptions options;
    options.estimator = "irregular";
    options.trade_bars_ms = 300'000;
    options.window_ms = ms_per_day;
    const auto all = trades(1500);
    const std::string record = record_of(options, all);
    CHECK(record.find("\"estimator\":\"irregular\"") != std::string::npos);
    CHECK(number(record, "interval_ms") == 300'000.0);
    check_resumed(options, all, 171);
}

TEST_CASE("a record after every bar, fits kept meanwhile, ends with the record of one pass") {
    VolOptions options;
    options.estimator = "gjr-normal";
    options.stress_prob = true;
    const auto all = candles(300);
    VolFilter desk{options};
    std::string latest;
    for (const Row& row : all) {
        REQUIRE(feed(desk, row));
        latest.clear();
        desk.append_latest(latest);
    }
    CHECK(latest == record_of(options, all));
}

TEST_CASE("where the estimator asked for has no estimate another stands in and the record says so") {
    VolOptions options;
    options.estimator = "garch-normal";
    const auto all = candles(60);
    const std::string record = record_of(options, all);
    CHECK(record.find(R"("estimator":"riskmetrics2006","base)") != std::string::npos);
    CHECK(record.find(R"("stands_in_for":"garch-normal")") != std::string::npos);
    INFO(record);
    CHECK(record.find(R"("status":"refused","reason":"garch wants at least 100 returns, got 60")") !=
          std::string::npos);
    VolOptions usual;
    CHECK(number(record, "annual_vol") == number(record_of(usual, all), "annual_vol"));
}

TEST_CASE("a stressed period raises the anchor by its weight, and a look back forgets what is before it") {
    VolOptions none, quarter, late;
    none.policy.stressed_weight = 0.0;
    quarter.policy.stressed_days = 20;
    late.policy.stressed_weight = 0.0;
    late.policy.anchor_days = 100;
    const auto all = candles(330);
    const double plain = number(record_of(none, all), "base_annual_vol");
    const std::string record = record_of(quarter, all);
    const double stressed = number(record, "stressed_annual_vol");
    CHECK(stressed == Approx(0.05 * std::sqrt(4.0 * 365.0)).epsilon(0.2));
    CHECK(number(record, "base_annual_vol") ==
          Approx(std::sqrt(0.75 * plain * plain + 0.25 * stressed * stressed)).epsilon(1e-12));
    CHECK(number(record, "stressed_from_ts") ==
          Approx(double(start + 100 * ms_per_day)).margin(2.0 * ms_per_day));
    CHECK(record_of(none, all).find("\"anchor\"") == std::string::npos);
    const std::string after = record_of(late, all);
    CHECK(number(after, "base_annual_vol") == Approx(0.012 * std::sqrt(4.0 * 365.0)).epsilon(0.1));
    CHECK(after.find(R"("days":100)") != std::string::npos);
}

TEST_CASE("a policy of volatility is checked") {
    const auto of = [](const char* assignment) {
        const auto document = policy::preset("vol", policy::vol_presets()).value().with(assignment).value();
        return desk::VolPolicy::of(document);
    };
    CHECK(of("stressed_weight=0.5")->stressed_weight == 0.5);
    CHECK(of("stressed_weight=0.5")->id == "vol@1+stressed_weight=0.5");
    CHECK(of("stressed_weight=1.5").error().code == Errc::policy);
    CHECK(of("anchor_days=0.5").error().code == Errc::policy);
    const auto document = policy::preset("vol", policy::vol_presets()).value();
    const auto none = document.with("implied_weight=0").value().with("realized_weight=0").value();
    CHECK(desk::VolPolicy::of(none).error().field == "implied_weight");
    CHECK(desk::VolPolicy::of(policy::preset("dynamic").value()).error().field == "model");
}
