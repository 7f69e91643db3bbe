#include "desk/reconcile/account_causes.hpp"
#include "desk/reconcile/figure_causes.hpp"

#include "unit/desk/lines.hpp"

using namespace tidemark;
using namespace tidemark::desk;

namespace {

std::optional<Discrepancy> cause_of(double ours, double theirs, double tried,
                                    Discrepancy cause = Discrepancy::premium) {
    const std::vector<desk::Asked> asked{{"equity", "", theirs}};
    const desk::Figures figures{ours};
    desk::Search search{asked, figures};
    search.offer(0, tried, cause, "");
    return search.cause(0) ? std::optional{search.cause(0)->cause} : std::nullopt;
}

}  // namespace

TEST_CASE("a cause is named only where it closes the difference to a unit of the last decimal") {
    CHECK(cause_of(110.0, 100.25, 100.25) == Discrepancy::premium);
    CHECK(cause_of(110.0, 100.25, 100.259) == Discrepancy::premium);
    CHECK(cause_of(110.0, 100.25, 100.261) == std::nullopt);
    CHECK(cause_of(110.0, 1.3, 1.31) == std::nullopt);
}

TEST_CASE("a cause with many variants needs five digits") {
    CHECK(cause_of(110.0, 100.2, 100.25, Discrepancy::tier) == std::nullopt);
    CHECK(cause_of(110.0, 100.2, 100.2, Discrepancy::tier) == Discrepancy::tier);
}

TEST_CASE("a cause that leaves a small difference as it was is none") {
    CHECK(cause_of(100.258, 100.25, 100.258) == std::nullopt);
    CHECK(cause_of(100.258, 100.25, 100.2504) == Discrepancy::premium);
}

TEST_CASE("of two causes the simpler is named, of variants the one that leaves less") {
    const std::vector<desk::Asked> asked{{"equity", "", 100.25}};
    const desk::Figures figures{110.0};
    desk::Search search{asked, figures};
    CHECK(search.wants(Discrepancy::tier));
    search.offer(0, 100.25, Discrepancy::tier, "exact");
    search.offer(0, 100.258, Discrepancy::fee, "far");
    search.offer(0, 100.251, Discrepancy::fee, "near");
    CHECK(search.cause(0)->cause == Discrepancy::fee);
    CHECK(search.cause(0)->detail == "near");
    CHECK_FALSE(search.wants(Discrepancy::tier));
    CHECK(search.wants(Discrepancy::premium));
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
    const auto cause = [&](std::string_view figure, double ours, double theirs) {
        const std::vector<desk::Asked> asked{{figure, "", theirs}};
        const desk::Figures figures{ours};
        desk::Search search{asked, figures};
        desk::try_figures(search, account_margin);
        return search.cause(0) ? search.cause(0)->cause : Discrepancy::unexplained;
    };
    CHECK(cause("equity", 55.4, 55.0) == Discrepancy::unexplained);
    CHECK(cause("equity", 5555.4, 5555.0) == Discrepancy::rounding);
    CHECK(cause("equity", 5555.4, 5555.3) == Discrepancy::unexplained);
    CHECK(cause("equity", 5555.4444, 5555.44) == Discrepancy::rounding);
    CHECK(cause("equity", 5555.4, 5555.4) == Discrepancy::agrees);
    CHECK(cause("equity", 5555.4, -5555.4) == Discrepancy::sign);
    CHECK(cause("equity", 5.00000123, 5.00000234) == Discrepancy::immaterial);
    CHECK(cause("liquidation_price", 5555.4444, 5555.46) == Discrepancy::one_tick);
    CHECK(cause("equity", 5555.4444, 5555.46) == Discrepancy::unexplained);
}
