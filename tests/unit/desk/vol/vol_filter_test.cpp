#include "desk/vol/vol_filter.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "json/line.hpp"

using namespace tidemark;
using desk::VolFilter;

namespace {

struct Row {
    std::string type, text;
};

std::string candle(std::string_view symbol, int hour, double open, double close, double wick) {
    const double high = std::max(open, close) * wick, low = std::min(open, close) / wick;
    return R"({"type":"candle","symbol":")" + std::string{symbol} + R"(","ts":)" +
           std::to_string(1'767'225'600'000 + hour * 3'600'000LL) + R"(,"interval_ms":3600000,"open":)" +
           std::to_string(open) + R"(,"high":)" + std::to_string(high) + R"(,"low":)" + std::to_string(low) +
           R"(,"close":)" + std::to_string(close) + "}";
}

std::string ticker(int hour, int strike, std::string_view side, double vol) {
    return R"({"type":"ticker","symbol":"BTC-27MAR26-)" + std::to_string(strike) + "-" + std::string{side} +
           R"(","ts":)" + std::to_string(1'767'225'600'000 + hour * 3'600'000LL) +
           R"(,"forward_price":60000,"mark_vol":)" + std::to_string(vol) + "}";
}

/// Candles of two underlyings with gaps and a wick, option marks among them.
std::vector<Row> rows() {
    std::vector<Row> out;
    std::uint64_t state = 12345;
    const auto move = [&state] {
        state = state * 16807 % 2147483647;
        return 0.02 * (static_cast<double>(state) / 2147483647.0 - 0.5);
    };
    double btc = 60000, eth = 3000;
    for (int hour = 0; hour < 900; ++hour) {
        const double b = btc * (1 + move()), e = eth * (1 + move());
        if (hour % 97 != 5)
            out.push_back({"candle", candle("BTCUSDT", hour, btc, b, hour == 300 ? 9 : 1.002)});
        if (hour % 51 != 7) out.push_back({"candle", candle("ETHUSDT", hour, eth, e, 1.003)});
        if (hour % 100 == 50 || hour > 890) {
            for (int strike = 50000; strike <= 70000; strike += 2500) {
                out.push_back({"ticker", ticker(hour, strike, "C", 0.5 + 1e-4 * hour)});
                out.push_back({"ticker", ticker(hour, strike, "P", 0.5 + 1e-4 * hour)});
            }
        }
        btc = b;
        eth = e;
    }
    return out;
}

void feed(VolFilter& desk, const Row& row) {
    json::Line line;
    const std::string padded = row.text + std::string(json::padding, '\0');
    REQUIRE(line.parse({padded.data(), row.text.size()}));
    REQUIRE(desk.learn(line, row.type));
}

std::string records(VolFilter& desk) {
    std::string out;
    REQUIRE(desk.append_records(out));
    return out;
}

std::string saved(const VolFilter& desk) {
    ByteSink sink;
    desk.save(sink);
    return sink.bytes();
}

}  // namespace

TEST_CASE("a desk that was saved and loaded anywhere gives the records of one pass") {
    desk::VolOptions options;
    options.window_ms = 5 * ms_per_day;
    const std::vector<Row> all = rows();
    VolFilter one{options};
    for (const Row& row : all) feed(one, row);
    const std::string wanted = records(one);
    REQUIRE(wanted.find("\"suspect_bars\":1") != std::string::npos);
    REQUIRE(wanted.find("correlation") != std::string::npos);
    REQUIRE(wanted.find("\"implied\"") != std::string::npos);
    for (std::size_t cut = 0; cut < all.size(); cut += 173) {
        VolFilter first{options}, second{options};
        for (std::size_t i = 0; i < cut; ++i) feed(first, all[i]);
        if (cut > 200) static_cast<void>(records(first));
        const std::string state = saved(first);
        ByteSource source{state};
        REQUIRE(second.load(source));
        for (std::size_t i = cut; i < all.size(); ++i) feed(second, all[i]);
        CHECK(records(second) == wanted);
    }
}

TEST_CASE("a state cut short anywhere, or with more behind it, is refused") {
    desk::VolOptions options;
    options.window_ms = 5 * ms_per_day;
    VolFilter desk{options};
    for (const Row& row : rows()) feed(desk, row);
    const std::string whole = saved(desk);
    for (std::size_t size = 0; size < whole.size(); size += 61) {
        VolFilter fresh{options};
        ByteSource source{std::string_view{whole}.substr(0, size)};
        CHECK(fresh.load(source).error().code == Errc::truncated);
    }
    VolFilter fresh{options};
    const std::string longer = whole + "x";
    ByteSource source{longer};
    CHECK(fresh.load(source).error().code == Errc::truncated);
}

TEST_CASE("a state of another window is refused") {
    desk::VolOptions options, other;
    other.window_ms = 7 * ms_per_day;
    const std::string state = saved(VolFilter{options});
    VolFilter desk{other};
    ByteSource source{state};
    CHECK(desk.load(source).error().code == Errc::conflict);
}
