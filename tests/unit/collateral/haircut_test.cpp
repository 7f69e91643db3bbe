#include "collateral/haircut.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using namespace tidemark::collateral;
using Catch::Matchers::WithinRel;

namespace {
market::AssetValue priced(double price, double confidence) {
    return {price, confidence, Timestamp{1}, false};
}
}  // namespace

TEST_CASE("collateral counts for its price less confidence, less the haircut") {
    CHECK_THAT(unit_collateral(priced(100'000, 50), 1.0, 0.05, 1.0), WithinRel(99'950 * 0.95, 1e-15));
    CHECK_THAT(unit_collateral(priced(100'000, 50), 1.0, 0.05, 2.0), WithinRel(99'900 * 0.95, 1e-15));
    CHECK(unit_collateral(priced(100'000, 50), 1.0, 0.0, 0.0) == 100'000);
    CHECK(unit_collateral(priced(100'000, 50), 1.0, 1.0, 1.0) == 0.0);
}

TEST_CASE("debt counts in full, at the upper side of the confidence") {
    CHECK(unit_collateral(priced(100'000, 50), -1.0, 0.05, 1.0) == 100'050);
    CHECK(unit_collateral(priced(100'000, 50), -1.0, 1.0, 0.0) == 100'000);
}

TEST_CASE("a price that may be nothing is worth nothing, never less") {
    CHECK(unit_collateral(priced(1.0, 2.0), 1.0, 0.1, 1.0) == 0.0);
    CHECK(unit_collateral(priced(1.0, 2.0), -1.0, 0.1, 1.0) == 3.0);
}

TEST_CASE("wider confidence never raises collateral and never lowers debt") {
    double asset = 1e300, debt = 0.0;
    for (double confidence = 0.0; confidence < 200.0; confidence += 7.0) {
        const double now = unit_collateral(priced(100.0, confidence), 1.0, 0.1, 1.0);
        const double owed = unit_collateral(priced(100.0, confidence), -1.0, 0.1, 1.0);
        CHECK(now <= asset);
        CHECK(owed >= debt);
        asset = now;
        debt = owed;
    }
}

TEST_CASE("a haircut by asset, else the default") {
    CollateralParams params;
    params.haircuts = {{"BTC", 0.02}, {"USD", 0.0}};
    params.default_haircut = 0.5;
    CHECK(params.view().haircut("BTC") == 0.02);
    CHECK(params.view().haircut("USD") == 0.0);
    CHECK(params.view().haircut("btc") == 0.5);
    CHECK(params.view().haircut("DOGE") == 0.5);
}

TEST_CASE("seconds of the policy are milliseconds of the view") {
    CollateralParams params;
    params.par_assets = {"USD"};
    params.confidence_multiple = 2.0;
    params.quote_max_age_seconds = 300;
    params.vol_max_age_seconds = 0.0015;
    const market::View view = params.view();
    CHECK(view.par_assets == std::vector<std::string>{"USD"});
    CHECK(view.confidence_multiple == 2.0);
    CHECK(view.quotes.max_age_ms == 300'000);
    CHECK(view.vols.max_age_ms == 2);
}
