#include "vol/realized_vol.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "unit/vol/bars.hpp"
#include "vol/daily/residual_tails.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinRel;

namespace {

constexpr std::int64_t six_hours = ms_per_day / 4;

struct Bars {
    BarSeries bars = BarSeries::make(six_hours, 30 * ms_per_day, 365.0).value();
    DailyHistory history{six_hours};
};

/// Days of four bars of 1.2 % each; `wick` gives bar 200 a high of four times its price.
Bars sample(int days, bool wick = false) {
    Bars out;
    test::Normals normal{41};
    double price = 60000.0;
    for (int i = 0; i < 4 * days; ++i) {
        const double open = price;
        price *= std::exp(0.012 * normal());
        const double high = std::max(open, price) * (wick && i == 200 ? 4.0 : 1.001);
        const OhlcBar bar = test::bar(open, high, std::min(open, price) * 0.999, price);
        REQUIRE(out.bars.add(Timestamp{i * six_hours}, bar));
        out.history.add(Timestamp{i * six_hours}, bar);
    }
    return out;
}

RealizedRules rules_for(std::string_view in_use, std::vector<std::string_view> asked = {}) {
    RealizedRules rules;
    rules.in_use = find(in_use);
    rules.anchor = find("zero-mean")->bars();
    for (const std::string_view name : asked) rules.asked.push_back(find(name));
    rules.horizons = {1, 2, 7};
    return rules;
}

std::optional<RealizedVol> of(const Bars& sample, const RealizedRules& rules) {
    static DayFits fits;  // what is found refers to it
    fits = {};
    fits.follow(sample.history);
    return realized_vol(sample.bars, std::nullopt, fits, rules);
}

const Estimate* named(const std::vector<Estimate>& estimates, std::string_view name) {
    const auto at = std::find_if(estimates.begin(), estimates.end(),
                                 [name](const Estimate& estimate) { return estimate.by->name == name; });
    return at == estimates.end() ? nullptr : &*at;
}

}  // namespace

TEST_CASE("an estimator of bars in use is its answer, beside those of all others") {
    const Bars bars = sample(60);
    const auto out = of(bars, rules_for("parkinson"));
    REQUIRE(out);
    CHECK(out->estimator->name == "parkinson");
    CHECK_FALSE(out->stands_in);
    CHECK(out->annual_vol == find("parkinson")->bars()->of(bars.bars.window()).value());
    CHECK(out->estimates.size() == bar_estimators().size());
    // One that decays reads every bar, not the window's.
    CHECK(named(out->estimates, "ewma")->annual_vol == find("ewma")->bars()->of(bars.bars.all()).value());
    CHECK(out->forecast.empty());
    CHECK_FALSE(out->screened);
}

TEST_CASE("a model of days in use gives its forecast, and what its fit means") {
    const auto out = of(sample(200), rules_for("garch-normal", {"bipower", "garch-normal", "har-log"}));
    REQUIRE(out);
    const Estimate* const garch = named(out->estimates, "garch-normal");
    REQUIRE(garch);
    REQUIRE(garch->days);
    CHECK(garch->days->fit->days == 180);  // refitted every 30 days
    CHECK(garch->days->residual_scale >= 1.0);
    CHECK(out->annual_vol == *garch->annual_vol);
    REQUIRE(out->forecast.size() == 3);
    CHECK(out->forecast[0].annual_vol == out->annual_vol.value());
    CHECK(out->forecast[2].horizon_days == 7.0);
    CHECK_FALSE(named(out->estimates, "bipower")->days);
    CHECK_THAT(named(out->estimates, "bipower")->annual_vol->value(),
               WithinRel(out->annual_vol.value(), 0.3));
    CHECK_FALSE(named(out->estimates, "har-log")->days->residual_scale);
}

TEST_CASE("where the estimator in use has no estimate, another stands in for it and it is told why") {
    const Bars bars = sample(60);
    const auto out = of(bars, rules_for("garch-normal", {"garch-normal"}));
    REQUIRE(out);
    CHECK(out->stands_in);
    CHECK(out->estimator->name == "riskmetrics2006");
    CHECK(out->annual_vol == of(bars, rules_for("riskmetrics2006"))->annual_vol);
    const Estimate* const refused = named(out->estimates, "garch-normal");
    REQUIRE(refused);
    CHECK_FALSE(refused->annual_vol);
    CHECK(refused->refused->code == Errc::not_enough_data);
    CHECK(out->forecast.empty());
}

TEST_CASE("nothing stands in for too few bars, nor for an estimator of trades without trades") {
    Bars one;
    REQUIRE(one.bars.add(Timestamp{0}, test::bar(1, 2, 1, 2)));
    CHECK_FALSE(of(one, rules_for("zero-mean")));
    CHECK(of(sample(60), rules_for("irregular", {"irregular"}))->stands_in);
}

TEST_CASE("suspect bars are told, and what they change") {
    const auto out = of(sample(80, true), rules_for("riskmetrics2006"));
    REQUIRE(out);
    REQUIRE(out->screened);
    CHECK(out->screened->annual_vol == named(out->screened->estimates, "riskmetrics2006")->annual_vol);
    CHECK(out->screened->anchor);
    const auto of_days = of(sample(200, true), rules_for("garch-normal", {"garch-normal"}));
    REQUIRE(of_days->screened);
    CHECK_FALSE(of_days->screened->annual_vol);
}

TEST_CASE("a fit filters returns where it is one of garch's kind, and daily returns without it where not") {
    DayFits fits;
    fits.follow(sample(300).history);
    const GarchFit* const filter = fits.filter(*find("garch-normal"));
    REQUIRE(filter);
    CHECK(fits.filter(*find("har-log")) == nullptr);
    CHECK(fits.filter(*find("parkinson")) == nullptr);
    const auto tails = filtered_tails(fits.moves(), filter, 0.99, 0.9);
    REQUIRE(tails);
    CHECK(tails->residuals == 300);
    CHECK_THAT(tails->deviation, WithinRel(1.0, 0.1));
    const auto without = filtered_tails(fits.moves(), nullptr, 0.99, 0.9);
    REQUIRE(without);
    CHECK(without->deviation != tails->deviation);
    fits.follow(sample(200).history);
    CHECK(filtered_tails(fits.moves(), nullptr, 0.99, 0.9).error().code == Errc::not_enough_data);
}
