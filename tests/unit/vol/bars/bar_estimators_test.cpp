#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "unit/vol/bars.hpp"
#include "vol/bars/close_to_close.hpp"
#include "vol/bars/garman_klass.hpp"
#include "vol/bars/yang_zhang.hpp"
#include "vol/estimators.hpp"

using namespace tidemark;
using Catch::Matchers::WithinRel;
using test::bar;

TEST_CASE("every bar estimator gives what its formula gives at 40 digits") {
    struct Case {
        std::string name;
        double annual_vol;
    };
    // Python mpmath 1.2.1, 40 digits, from the formulas in the headers; five_bars(), 365 bars a year.
    const auto c = GENERATE(values<Case>({{"close-to-close", 0.84007965157410059},
                                          {"zero-mean", 0.72896461270508025},
                                          {"parkinson", 0.95951199940755443},
                                          {"garman-klass", 1.0012782061132822},
                                          {"garman-klass-yang-zhang", 0.60749007877276494},
                                          {"rogers-satchell", 0.96289084941037398},
                                          {"yang-zhang", 0.60610327430999934},
                                          {"ewma", 0.72643102980006191},
                                          {"riskmetrics2006", 0.72697479805013007}}));
    INFO(c.name);
    REQUIRE(vol::find(c.name) != nullptr);
    CHECK_THAT(vol::find(c.name)->bars()->estimate(test::five_bars(), PerYear{365}).value().value(),
               WithinRel(c.annual_vol, 1e-14));
}

TEST_CASE("yang_zhang has 1.34 in the denominator of k") {
    // The same five bars with 1 in its place give 0.61313822833289833.
    const double got = vol::yang_zhang(test::five_bars(), PerYear{365}).value().value();
    CHECK(std::abs(got - 0.61313822833289833) > 1e-3);
}

TEST_CASE("garman_klass matches values worked to 40 digits") {
    struct Case {
        std::string name;
        std::vector<OhlcBar> bars;
        double per_year, annual_vol;
    };
    // Worked with Python 3.11 decimal, precision 40, from the formula in the header.
    const auto c = GENERATE(values<Case>({
        {"falling and rising", {bar(100, 110, 95, 105), bar(105, 108, 101, 102)}, 365, 1.464203108798062},
        {"no net move, 252 days", std::vector(3, bar(100, 101, 99, 100)), 252, 0.2245069269702410},
        {"doubling, tiny price", std::vector(2, bar(1e-5, 2e-5, 1e-5, 2e-5)), 365, 4.465425978369450},
    }));
    INFO(c.name);
    CHECK_THAT(vol::garman_klass(c.bars, PerYear{c.per_year}).value().value(),
               WithinRel(c.annual_vol, 1e-14));
}

TEST_CASE("close_to_close removes a mean far larger than the moves about it") {
    // Returns 1 +- 1e-9 about ln 2: a sum of squares would keep no digit of their variance.
    vol::CloseToCloseSum sum;
    vol::BarLogs logs;
    logs.linked = true;
    for (int i = 0; i < 1000; ++i) {
        logs.r = 1.0 + (i % 2 == 0 ? 0x1p-30 : -0x1p-30);
        sum.add(logs);
    }
    CHECK_THAT(sum.variance_per_bar(), WithinRel(0x1p-60 * 1000.0 / 999.0, 1e-6));
}

TEST_CASE("rogers_satchell sees nothing in bars that only rise") {
    CHECK(vol::rogers_satchell(std::vector(3, bar(100, 120, 100, 120)), PerYear{365}).value() ==
          AnnualVol{0.0});
}
