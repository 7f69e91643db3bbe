#include "market/freshness.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using market::Freshness;

TEST_CASE("a record is believed up to its greatest age, and a little before its time") {
    constexpr Freshness minute{60'000};
    const Timestamp now{1'700'000'000'000};
    struct Case {
        std::int64_t age_ms;
        bool fresh;
    };
    const auto c =
        GENERATE(values<Case>({{0, true}, {60'000, true}, {60'001, false}, {-5000, true}, {-5001, false}}));
    INFO(c.age_ms);
    CHECK(minute.holds({now.ms - c.age_ms}, now) == c.fresh);
    CHECK(static_cast<bool>(minute.check({now.ms - c.age_ms}, now, "price", "BTC")) == c.fresh);
}

TEST_CASE("what is not fresh is named with both times") {
    constexpr Freshness minute{60'000};
    const Timestamp now{1'700'000'000'000};
    const Status old = minute.check({now.ms - 61'000}, now, "vol", "BTC");
    const Status early = minute.check({now.ms + 61'000}, now, "price", "ETH");
    CHECK(old.error().code == Errc::stale);
    CHECK(old.error().message ==
          "the vol of BTC is of 2023-11-14T22:12:19Z, more than 60 s before 2023-11-14T22:13:20Z");
    CHECK(early.error().code == Errc::stale);
    CHECK(early.error().message ==
          "the price of ETH is of 2023-11-14T22:14:21Z, which is after 2023-11-14T22:13:20Z");
}
