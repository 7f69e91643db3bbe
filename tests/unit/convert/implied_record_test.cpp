#include "convert/implied_record.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace tidemark;

TEST_CASE("an interval without end is written with the last log-moneyness that means a price") {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    vol::FittedSmile smile;
    smile.fit.negative = {{-infinite, -2.0}, {1.5, infinite}};
    record::VolTerm term;
    const vol::MoneynessInterval crossed[] = {{-0.2, -0.1}};
    convert::put_smile(term, smile, crossed);
    REQUIRE(term.svi_fit);
    REQUIRE(term.svi_fit->butterfly_negative.size() == 2);
    CHECK(term.svi_fit->butterfly_negative[0] == json::Level{-700.0, -2.0});
    CHECK(term.svi_fit->butterfly_negative[1] == json::Level{1.5, 700.0});
    CHECK(term.svi_fit->calendar_crossed == std::vector{json::Level{-0.2, -0.1}});
}

TEST_CASE("an expiry that has bids and no strip is unquoted") {
    const record::ModelFreeTerm term = convert::model_free_term({});
    CHECK(term.status == record::StripStatus::unquoted);
    CHECK(term.strikes == 0);
    CHECK_FALSE(term.annual_vol);
    CHECK_FALSE(term.forward_price);
}
