#include "vol/history/packed_bars.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "unit/vol/bars.hpp"

using namespace tidemark;
using namespace tidemark::vol;

namespace {

constexpr std::int64_t minute = 60'000;

std::vector<WindowBar> read_back(const PackedBars& packed) {
    std::vector<WindowBar> bars;
    auto reader = packed.reader();
    while (const WindowBar* const bar = reader.next()) bars.push_back(*bar);
    return bars;
}

bool same(const WindowBar& a, const WindowBar& b) {
    return a.open == b.open && a.suspect == b.suspect && a.bar.open() == b.bar.open() &&
           a.bar.high() == b.bar.high() && a.bar.low() == b.bar.low() && a.bar.close() == b.bar.close();
}

/// The nearest decimal of so many places; none where there are more than a double can hold.
double rounded(double price, int places) {
    const double power = std::pow(10.0, places);
    return places > 12 ? price : std::round(price * power) / power;
}

std::vector<WindowBar> walk(int count, double start, int places) {
    test::Normals normal{7};
    std::vector<WindowBar> bars;
    std::int64_t open_ms = 0;
    double price = rounded(start, places);
    for (int i = 0; i < count; ++i) {
        const double open = price;
        price = rounded(open * std::exp(0.002 * normal()), places);
        const double high = rounded(std::max(open, price) * 1.001, places + 1);
        const double low = rounded(std::min(open, price) * 0.999, places);
        bars.push_back({Timestamp{open_ms},
                        test::bar(open, std::max({high, open, price}), std::min({low, open, price}), price),
                        i % 97 == 5});
        open_ms += minute * (i % 300 == 299 ? 1 + i : 1);
    }
    return bars;
}

}  // namespace

TEST_CASE("bars come back to the last bit, decimals or not") {
    const int places = GENERATE(0, 2, 5, 8, 17);
    const double start = GENERATE(3.25, 61234.0, 7.1e-6, 4.2e9);
    if (rounded(start, places) == 0.0) return;
    const auto bars = walk(1500, start, places);
    PackedBars packed{minute, 1000};
    for (const WindowBar& bar : bars) packed.push(bar);
    const auto back = read_back(packed);
    REQUIRE(packed.size() == 1000);
    REQUIRE(back.size() == 1000);
    for (std::size_t i = 0; i < back.size(); ++i) {
        INFO(i << ", " << start << ", " << places);
        REQUIRE(same(back[i], bars[500 + i]));
    }
}

TEST_CASE("prices that a venue could quote take a dozen bytes a bar") {
    PackedBars packed{minute, 43'200};
    for (const WindowBar& bar : walk(50'000, 61234.0, 1)) packed.push(bar);
    CHECK(packed.bytes() < 12 * packed.size());
}

TEST_CASE("a price off the grid is kept beside those on it") {
    PackedBars packed{minute, 10};
    std::vector<WindowBar> bars;
    for (int i = 0; i < 6; ++i) {
        const double price = i == 3 ? 100.0 / 3.0 : 33.5 + i;
        bars.push_back({Timestamp{i * minute}, test::bar(price, price, price, price), false});
        packed.push(bars.back());
    }
    const auto back = read_back(packed);
    REQUIRE(back.size() == 6);
    for (std::size_t i = 0; i < 6; ++i) CHECK(same(back[i], bars[i]));
}

TEST_CASE("no bars are none") {
    CHECK(read_back(PackedBars{minute, 5}).empty());
}
