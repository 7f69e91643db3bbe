#include "market/shock.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using namespace tidemark::market;

TEST_CASE("a shock is read the one way that it is written") {
    struct Case {
        std::string text;
        Shock::Of of;
        std::string asset;
        double factor, addend;
    };
    const auto c = GENERATE(values<Case>({
        {"BTC=-20%", Shock::Of::price, "BTC", 0.8, 0.0},
        {"BTC=+0%", Shock::Of::price, "BTC", 1.0, 0.0},
        {"BTC=-0%", Shock::Of::price, "BTC", 1.0, 0.0},
        {"ETH=-90%", Shock::Of::price, "ETH", 0.1, 0.0},
        {"USDC=-3.5%", Shock::Of::price, "USDC", 0.965, 0.0},
        {"1000PEPE=+100%", Shock::Of::price, "1000PEPE", 2.0, 0.0},
        {"vol=+25%", Shock::Of::vol, "", 1.25, 0.0},
        {"vol=-10pts", Shock::Of::vol, "", 1.0, -0.1},
        {"vol:BTC=+12.5pts", Shock::Of::vol, "BTC", 1.0, 0.125},
        {"depth=-80%", Shock::Of::depth, "", 0.2, 0.0},
        {"depth:ETH=+50%", Shock::Of::depth, "ETH", 1.5, 0.0},
        {"spread=+300%", Shock::Of::spread, "", 4.0, 0.0},
        {"correlation=0.9", Shock::Of::correlation, "", 0.0, 0.9},
        {"correlation=-1", Shock::Of::correlation, "", 0.0, -1.0},
    }));
    INFO(c.text);
    const Shock shock = parse_shock(c.text).value();
    CHECK(shock.of == c.of);
    CHECK(shock.asset == c.asset);
    CHECK(shock.change.factor == c.factor);
    CHECK(shock.change.addend == c.addend);
}

TEST_CASE("what is no shock is refused, and says what one is") {
    struct Case {
        std::string text, wanted;
    };
    const std::string price = "want ASSET=+N%, ASSET=-N% or, as a level, ASSET=N",
                      less = "want a fall of less than 100%";
    const auto c = GENERATE_COPY(values<Case>({
        {"BTC", price},
        {"=-20%", price},
        {"BTC=", price},
        {"BTC=20%", price},
        {"BTC=-20", price},
        {"BTC=0", "want a level above 0"},
        {"BTC=-%", price},
        {"BTC=%", price},
        {"BTC=-.2%", price},
        {"BTC=-2.%", price},
        {"BTC=-1.2.3%", price},
        {"BTC=- 20%", price},
        {"BTC=-20 %", price},
        {"BTC=-0x10%", price},
        {"BTC=-1e1%", price},
        {"BTC=-nan%", price},
        {"BTC=--20%", price},
        {"BTC=-20pts", price},
        {"price:BTC=-20%", price},
        {"BTC=-100%", less},
        {"BTC=-150%", less},
        {"vol=25%",
         "want vol=+N%, vol=-N%, vol=+Npts or vol=-Npts, or the same with vol:ASSET for one asset"},
        {"vol:=+25%",
         "want vol=+N%, vol=-N%, vol=+Npts or vol=-Npts, or the same with vol:ASSET for one asset"},
        {"depth=-10pts", "want depth=+N% or depth=-N%, or the same with depth:ASSET for one asset"},
        {"depth=-100%", less},
        {"spread=2", "want spread=+N% or spread=-N%, or the same with spread:ASSET for one asset"},
        {"correlation=+0.9", "want correlation=N with N from -1 to 1"},
        {"correlation=1.1", "want correlation=N with N from -1 to 1"},
        {"correlation=90%", "want correlation=N with N from -1 to 1"},
        {"correlation:BTC=0.9", "want correlation=N with N from -1 to 1"},
    }));
    INFO(c.text);
    const auto shock = parse_shock(c.text);
    REQUIRE_FALSE(shock);
    CHECK(shock.error().code == Errc::usage);
    CHECK(shock.error().field == c.text);
    CHECK(shock.error().message == c.wanted);
}

TEST_CASE("the shock of an asset goes before the shock of all") {
    Shocks shocks;
    REQUIRE(shocks.add("vol:ETH=+50%"));
    REQUIRE(shocks.add("vol=+25%"));
    REQUIRE(shocks.add("BTC=-20%"));
    CHECK(shocks.find(Shock::Of::vol, "ETH")->change.factor == 1.5);
    CHECK(shocks.find(Shock::Of::vol, "BTC")->change.factor == 1.25);
    CHECK(shocks.find(Shock::Of::depth, "BTC") == nullptr);
    CHECK(shocks.price_factor("BTC") == 0.8);
    CHECK(shocks.price_factor("ETH") == 1.0);
    CHECK_FALSE(shocks.none());
}

TEST_CASE("one thing is shocked once") {
    Shocks shocks;
    REQUIRE(shocks.add("BTC=-20%"));
    REQUIRE(shocks.add("vol:BTC=+25%"));
    REQUIRE(shocks.add("vol=+0%"));
    CHECK(shocks.add("BTC=-30%").error().message == "want one shock of it, got BTC=-20% too");
    CHECK_FALSE(shocks.add("vol:BTC=+10pts"));
    CHECK(shocks.all().size() == 3);
}

TEST_CASE("shocks of nothing change nothing") {
    Shocks shocks;
    CHECK(shocks.none());
    REQUIRE(shocks.add("BTC=-0%"));
    REQUIRE(shocks.add("vol=+0pts"));
    CHECK(shocks.none());
    REQUIRE(shocks.add("correlation=1"));
    CHECK_FALSE(shocks.none());
}

TEST_CASE(
    "a level is a price, and a factor once a price is known: that of a record before that of an index") {
    Shocks shocks;
    REQUIRE(shocks.add("BTC=70000"));
    CHECK(shocks.known("ETH"));
    CHECK(shocks.known("BTC").error().code == Errc::missing_market);
    shocks.price_now("BTC", 100'000.0, false);
    REQUIRE(shocks.known("BTC"));
    CHECK(shocks.price_factor("BTC") == 0.7);
    shocks.price_now("BTC", 140'000.0, true);
    shocks.price_now("BTC", 100'000.0, false);
    CHECK(shocks.price_factor("BTC") == 0.5);
}
