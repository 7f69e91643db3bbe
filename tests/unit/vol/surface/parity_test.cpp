#include "vol/surface/parity.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "pricing/black76.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using pricing::OptionType;

namespace {

constexpr double forward = 1962.9;
constexpr double discount = 0.998;
const double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<ParityQuote> chain(double unit = 1.0) {
    std::vector<ParityQuote> rows;
    for (double strike = 1700.0; strike <= 2200.0; strike += 25.0) {
        const double df = unit == 1.0 ? discount : 1.0;
        rows.push_back({strike, unit * df * pricing::black76_value(forward, strike, 0.05, OptionType::call),
                        unit * df * pricing::black76_value(forward, strike, 0.05, OptionType::put)});
    }
    return rows;
}

}  // namespace

TEST_CASE("Cboe's worked example: 1965 is the strike with the smallest gap") {
    // Methodology v6.0, near term: C = 21.05, P = 23.15 at 1965, e^(RT) = 1.0000207.
    const std::vector<ParityQuote> rows{
        {1960.0, 24.25, 21.30}, {1965.0, 21.05, 23.15}, {1970.0, 18.10, 25.05}};
    const double growth = std::exp(0.00031664 * 34484.0 / 525600.0);
    CHECK_THAT(least_gap_forward(rows, 1.0 / growth).value().value(), WithinAbs(1962.89996, 5e-6));
}

TEST_CASE("a consistent chain gives its forward either way") {
    CHECK_THAT(least_gap_forward(chain(), discount).value().value(), WithinRel(forward, 1e-13));
    CHECK_THAT(median_forward(chain(), discount).value().value(), WithinRel(forward, 1e-13));
    CHECK_THAT(median_forward_coin(chain(1.0 / forward)).value().value(), WithinRel(forward, 1e-13));
}

TEST_CASE("one stale quote moves the least gap and not the median") {
    auto rows = chain();
    rows[3].call_price = rows[3].put_price + 0.01;  // 1775, deep in the money, left behind
    CHECK(std::abs(least_gap_forward(rows, discount).value().value() - forward) > 100.0);
    CHECK_THAT(median_forward(rows, discount).value().value(), WithinRel(forward, 1e-13));
}

TEST_CASE("of equal gaps the lowest strike counts") {
    const std::vector<ParityQuote> rows{{110.0, 4.0, 5.0}, {100.0, 6.0, 5.0}};
    CHECK(least_gap_forward(rows, 1.0).value() == Price{101.0});
    CHECK(median_forward(rows, 1.0).value() == Price{105.0});
}

TEST_CASE("a row without both prices is left out, none left is refused") {
    CHECK(least_gap_forward(std::vector<ParityQuote>{{100.0, 5.0, 5.0}, {50.0, missing, 1.0}}, 1.0).value() ==
          Price{100.0});
    const std::vector<ParityQuote> none{{100.0, missing, 5.0}, {missing, 5.0, 5.0}};
    CHECK(least_gap_forward(none, 1.0).error().code == Errc::not_enough_data);
    CHECK(median_forward(none, 1.0).error().code == Errc::not_enough_data);
    CHECK(median_forward_coin({}).error().code == Errc::not_enough_data);
}

TEST_CASE("a forward that is not positive is refused") {
    const std::vector<ParityQuote> rows{{100.0, 1.0, 200.0}};
    CHECK(least_gap_forward(rows, 1.0).error().code == Errc::out_of_domain);
    CHECK(median_forward(rows, 0.0).error().code == Errc::out_of_domain);
    CHECK(least_gap_forward(rows, missing).error().code == Errc::out_of_domain);
    CHECK(median_forward_coin(std::vector<ParityQuote>{{100.0, 2.5, 0.5}}).error().code ==
          Errc::out_of_domain);
}
