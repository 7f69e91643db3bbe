#include "vol/surface/option_chain.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "unit/vol/chain.hpp"

using namespace tidemark;
using namespace tidemark::test;
using Catch::Matchers::WithinRel;
using pricing::OptionType;

namespace {

std::int64_t counted(const vol::InversionCounts& counts, std::string_view status) {
    const auto at = counts.find(status);
    return at == counts.end() ? 0 : at->second;
}

}  // namespace

TEST_CASE("marks without volatility or forward give both back, in coin and in money") {
    Chain chain;
    chain.in_coin = GENERATE(true, false);
    const auto read = chain.fill().read();
    REQUIRE(read.size() == 1);
    CHECK(read[0].forward_by_parity);
    CHECK_THAT(read[0].forward.value(), WithinRel(forward, 1e-9));
    CHECK(read[0].options.size() == 26);
    for (const vol::ChainOption& option : read[0].options) {
        if (option.vol) CHECK_THAT(*option.vol, WithinRel(0.6, 1e-6));
    }
    REQUIRE(read[0].inverted.any());
    CHECK(counted(read[0].inverted.mark, "ok") + counted(read[0].inverted.mark, "ill_conditioned") == 26);
    CHECK(counted(read[0].inverted.mark, "ill_conditioned") > 0);  // deep in the money
}

TEST_CASE("mids stand in for marks, and bids and asks are inverted beside them") {
    Chain chain;
    const auto read = chain.fill(two_sided).read();
    REQUIRE(read.size() == 1);
    CHECK(counted(read[0].inverted.mid, "ok") > 15);
    CHECK(read[0].inverted.mark.empty());
    for (const vol::ChainOption& option : read[0].options) {
        const bool out = (option.strike > forward) == (option.type == OptionType::call);
        if (!out || option.strike == forward) continue;
        INFO(option.strike);
        REQUIRE(option.vol);
        CHECK(*option.bid_vol < *option.vol);
        CHECK(*option.vol < *option.ask_vol);
    }
}

TEST_CASE("what cannot be inverted is counted by the reason") {
    Chain chain;
    chain.in_coin = false;
    const auto read = chain
                          .fill([](double strike, OptionType type, market::Quote& q) {
                              q.forward_price = forward;
                              if (strike == 60'000.0 && type == OptionType::call) q.bid_price = 19'000.0;
                              if (strike == 90'000.0 && type == OptionType::put) q.bid_price = 10'000.0;
                              if (strike == 90'000.0 && type == OptionType::call) q.ask_price = 90'000.0;
                              if (strike == 100'000.0) q.bid_price = 0.0;  // no bid
                          })
                          .read();
    const vol::Inversions& inverted = read.at(0).inverted;
    CHECK(counted(inverted.bid, "below_intrinsic") == 1);
    CHECK(counted(inverted.bid, "zero_time_value") == 1);
    CHECK(inverted.bid.size() == 2);
    CHECK(counted(inverted.ask, "above_maximum") == 1);
    CHECK_FALSE(read[0].forward_by_parity);
}

TEST_CASE("a volatility that no record may have is none") {
    Chain chain;
    chain.annual_vol = 5.5;
    const auto read = chain.fill().read();
    CHECK(counted(read.at(0).inverted.mark, "out_of_range") > 10);
    for (const vol::ChainOption& option : read[0].options) CHECK_FALSE(option.vol);
}

TEST_CASE("the venue's volatility is taken where it gives one") {
    Chain chain;
    const auto read = chain.fill([](double, OptionType, market::Quote& q) { q.mark_vol = 0.7; }).read();
    CHECK_FALSE(read.at(0).inverted.any());
    for (const vol::ChainOption& option : read[0].options) CHECK(option.vol == 0.7);
}

TEST_CASE("prices in money are discounted, premiums in coin are not") {
    Chain money;
    money.in_coin = false;
    money.discount = std::exp(-0.08 * years);
    const auto in_money = money.fill().read(0.08);
    for (const vol::ChainOption& option : in_money.at(0).options) {
        if (option.vol) CHECK_THAT(*option.vol, WithinRel(0.6, 1e-6));
    }
    Chain coin;
    const auto read = coin.fill().read(0.08);
    CHECK(read.at(0).rate_per_year == 0.0);
    CHECK_THAT(read[0].forward.value(), WithinRel(forward, 1e-9));
}

TEST_CASE("an expiry without a forward, a stale ticker and an expired option do not count") {
    Chain alone;
    alone.put(80'000.0, OptionType::call, alone.quote(80'000.0, OptionType::call));
    CHECK(alone.read().empty());

    Chain stale;
    stale.fill([](double strike, OptionType, market::Quote& q) {
        q.mark_vol = 0.6;
        if (strike == 90'000.0) q.ts.ms -= 300'001;
    });
    const auto read = stale.read();
    CHECK(read.at(0).options.size() == 26);  // listed still
    for (const vol::ChainOption& option : read[0].options)
        CHECK(option.vol.has_value() == (option.strike != 90'000.0));
    CHECK(read[0].oldest == now);

    Chain expired;
    expired.fill([](double, OptionType, market::Quote& q) { q.ts = expiry; });
    CHECK(expired.read().empty());
}
