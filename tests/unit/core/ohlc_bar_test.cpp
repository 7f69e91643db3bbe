#include "core/ohlc_bar.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <vector>

using namespace tidemark;

namespace {
Result<OhlcBar> bar(double open, double high, double low, double close) {
    return OhlcBar::make(Price{open}, Price{high}, Price{low}, Price{close});
}
constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
}  // namespace

TEST_CASE("a bar that exists is consistent") {
    const OhlcBar made = bar(100, 110, 95, 105).value();
    CHECK(made.open() == 100);
    CHECK(made.high() == 110);
    CHECK(made.low() == 95);
    CHECK(made.close() == 105);
    CHECK(bar(1, 1, 1, 1));
    CHECK(bar(5e-324, 1e308, 5e-324, 1));
}

TEST_CASE("inconsistent bars are refused") {
    struct Case {
        std::string name;
        double open, high, low, close;
    };
    const auto c = GENERATE(values<Case>({{"open above high", 111, 110, 95, 105},
                                          {"open below low", 94, 110, 95, 105},
                                          {"close above high", 100, 110, 95, 111},
                                          {"close below low", 100, 110, 95, 94},
                                          {"zero low", 1, 2, 0, 1},
                                          {"negative", -1, -1, -1, -1},
                                          {"infinite high", 1, infinity, 1, 1},
                                          {"nan open", missing, 110, 95, 105},
                                          {"nan high", 100, missing, 95, 105},
                                          {"nan low", 100, 110, missing, 105},
                                          {"nan close", 100, 110, 95, missing}}));
    INFO(c.name);
    const auto made = bar(c.open, c.high, c.low, c.close);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == Errc::out_of_range);
}
