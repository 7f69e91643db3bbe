#include "desk/reconcile/trials.hpp"

#include "unit/desk/lines.hpp"

using namespace tidemark;
using namespace tidemark::desk;

namespace {

std::string cause_of(double ours, double theirs, double tried, std::string_view name = "tried") {
    const std::vector<desk::Asked> asked{{"equity", "", theirs}};
    const desk::Figures figures{ours};
    desk::Search search{asked, figures};
    search.offer(0, tried, name, "");
    return search.cause(0) ? std::string{search.cause(0)->name} : "unexplained";
}

}  // namespace

TEST_CASE("a cause is named only where it closes the difference to 1e-4") {
    CHECK(cause_of(110.0, 100.0, 100.0) == "tried");
    CHECK(cause_of(110.0, 100.0, 100.0099) == "tried");
    CHECK(cause_of(110.0, 100.0, 100.0101) == "unexplained");
    CHECK(cause_of(110.0, 100.0, 105.0) == "unexplained");
}

TEST_CASE("a cause that leaves a small difference as it was is none") {
    CHECK(cause_of(100.005, 100.0, 100.005) == "unexplained");
    CHECK(cause_of(100.005, 100.0, 100.0004) == "tried");
}

TEST_CASE("of two causes the one that leaves less is named, of equals the first") {
    const std::vector<desk::Asked> asked{{"equity", "", 100.0}};
    const desk::Figures figures{110.0};
    desk::Search search{asked, figures};
    CHECK_FALSE(search.settled());
    search.offer(0, 100.005, "far", "");
    search.offer(0, 100.001, "near", "");
    search.offer(0, 99.999, "late", "");
    CHECK(search.cause(0)->name == "near");
    CHECK(search.settled());
}

TEST_CASE("what the venue reports is asked for figure by figure") {
    record::Reported reported;
    reported.equity = 5.0;
    reported.health = 1.5;
    reported.liquidation_prices = {{"BTC-PERPETUAL", 70'000.0}};
    const auto asked = desk::asked_of(reported);
    REQUIRE(asked.size() == 3);
    CHECK(asked[0].figure == "equity");
    CHECK(asked[1].figure == "health");
    CHECK(asked[2].symbol == "BTC-PERPETUAL");
    CHECK(asked[2].theirs == 70'000.0);
}

TEST_CASE("a figure of two digits is no rounding of another") {
    Lines lines{"static"};
    add_two_coins(lines);
    desk::AccountMargin account_margin = lines.account_margin();
    account_margin.assess(lines.account(R"("collateral":[{"asset":"USD","qty":5}])"));
    const auto cause = [&](double ours, double theirs) {
        const std::vector<desk::Asked> asked{{"equity", "", theirs}};
        const desk::Figures figures{ours};
        desk::Search search{asked, figures};
        desk::try_figures(search, asked, figures, account_margin);
        return search.cause(0) ? std::string{search.cause(0)->name} : "unexplained";
    };
    CHECK(cause(55.4, 55.0) == "unexplained");
    CHECK(cause(5555.4, 5555.0) == "rounding");
    CHECK(cause(5555.4, 5555.3) == "unexplained");
    CHECK(cause(5555.4444, 5555.44) == "rounding");
    CHECK(cause(5555.4, 5555.4) == "agrees");
    CHECK(cause(5555.4, -5555.4) == "sign");
}
