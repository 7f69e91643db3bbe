#include "desk/vol/option_chain.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>

#include "desk/vol/implied_terms.hpp"
#include "desk/vol/model_free_record.hpp"
#include "pricing/black76.hpp"

using namespace tidemark;
using namespace tidemark::desk;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using pricing::OptionType;

namespace {

constexpr Timestamp now{1'772'323'200'000};     // 2026-03-01
constexpr Timestamp expiry{1'774'598'400'000};  // 27 March, 08:00
const double years = years_between(now, expiry).value();
constexpr double forward = 80'000.0;

/// Options of one expiry whose prices are those of one volatility, `discount` for each of money.
struct Chain {
    market::Market market;
    bool in_coin = true;
    double vol = 0.6, discount = 1.0;

    [[nodiscard]] double price(double strike, OptionType type) const {
        const double value = pricing::black76_value(forward, strike, vol * std::sqrt(years), type);
        return in_coin ? value / forward : discount * value;
    }
    static std::string symbol(double strike, OptionType type, bool in_coin) {
        return std::string{in_coin ? "BTC" : "BTC_USDC"} + "-27MAR26-" +
               std::to_string(static_cast<int>(strike)) + (type == OptionType::call ? "-C" : "-P");
    }
    market::Quote quote(double strike, OptionType type) const {
        market::Quote q;
        q.ts = now;
        q.in_coin = in_coin;
        q.mark_price = price(strike, type);
        return q;
    }
    void put(double strike, OptionType type, const market::Quote& q) {
        REQUIRE(market.put_quote(symbol(strike, type, in_coin), q));
    }
    /// Both sides of strikes from 40,000 to 160,000, edited by `edit`.
    template <class Edit>
    Chain& fill(Edit edit, double step = 10'000.0) {
        for (double strike = 40'000.0; strike <= 160'000.0; strike += step) {
            for (const OptionType type : {OptionType::call, OptionType::put}) {
                market::Quote q = quote(strike, type);
                edit(strike, type, q);
                put(strike, type, q);
            }
        }
        return *this;
    }
    Chain& fill() {
        return fill([](double, OptionType, market::Quote&) {});
    }
    [[nodiscard]] std::vector<desk::ChainExpiry> read(const desk::VolOptions& options = {}) const {
        return desk::option_chain(market, market.find_asset("BTC").value(), options);
    }
};

void two_sided(double, OptionType, market::Quote& q) {
    q.bid_price = *q.mark_price * 0.98;
    q.ask_price = *q.mark_price * 1.02;
    q.mark_price.reset();
}

double counted(const json::Named& counts, std::string_view status) {
    for (const auto& [name, count] : counts) {
        if (name == status) return count;
    }
    return 0.0;
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
    for (const desk::ChainOption& option : read[0].options) {
        if (option.vol) CHECK_THAT(*option.vol, WithinRel(0.6, 1e-6));
    }
    REQUIRE(read[0].inverted);
    CHECK(counted(read[0].inverted->mark, "ok") + counted(read[0].inverted->mark, "ill_conditioned") == 26);
    CHECK(counted(read[0].inverted->mark, "ill_conditioned") > 0);  // deep in the money
}

TEST_CASE("mids stand in for marks, and bids and asks are inverted beside them") {
    Chain chain;
    const auto read = chain.fill(two_sided).read();
    REQUIRE(read.size() == 1);
    CHECK(counted(read[0].inverted->mid, "ok") > 15);
    CHECK(read[0].inverted->mark.empty());
    for (const desk::ChainOption& option : read[0].options) {
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
    const record::Inverted& inverted = *read.at(0).inverted;
    CHECK(counted(inverted.bid, "below_intrinsic") == 1);
    CHECK(counted(inverted.bid, "zero_time_value") == 1);
    CHECK(inverted.bid.size() == 2);
    CHECK(counted(inverted.ask, "above_maximum") == 1);
    CHECK_FALSE(read[0].forward_by_parity);
}

TEST_CASE("a volatility that no record may have is none") {
    Chain chain;
    chain.vol = 5.5;
    const auto read = chain.fill().read();
    CHECK(counted(read.at(0).inverted->mark, "out_of_range") > 10);
    for (const desk::ChainOption& option : read[0].options) CHECK_FALSE(option.vol);
}

TEST_CASE("the venue's volatility is taken where it gives one") {
    Chain chain;
    const auto read = chain.fill([](double, OptionType, market::Quote& q) { q.mark_vol = 0.7; }).read();
    CHECK_FALSE(read.at(0).inverted);
    for (const desk::ChainOption& option : read[0].options) CHECK(option.vol == 0.7);
}

TEST_CASE("prices in money are discounted, premiums in coin are not") {
    desk::VolOptions options;
    options.rate_per_year = 0.08;
    Chain money;
    money.in_coin = false;
    money.discount = std::exp(-0.08 * years);
    const auto in_money = money.fill().read(options);
    for (const desk::ChainOption& option : in_money.at(0).options) {
        if (option.vol) CHECK_THAT(*option.vol, WithinRel(0.6, 1e-6));
    }
    Chain coin;
    const auto read = coin.fill().read(options);
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
    for (const desk::ChainOption& option : read[0].options)
        CHECK(option.vol.has_value() == (option.strike != 90'000.0));
    CHECK(read[0].oldest == now);

    Chain expired;
    expired.fill([](double, OptionType, market::Quote& q) { q.ts = expiry; });
    CHECK(expired.read().empty());
}

TEST_CASE("the index of a flat smile is its volatility, whichever of two chains is the narrower") {
    Chain chain;
    chain.fill(two_sided, 1'000.0);
    chain.in_coin = false;  // beside it one in money, wide and lower
    chain.fill(
        [](double, OptionType, market::Quote& q) {
            q.bid_price = *q.mark_price * 0.2;
            q.ask_price = *q.mark_price * 1.1;
            q.mark_price.reset();
        },
        5'000.0);
    const auto read = chain.read();
    std::vector<record::VolTerm> terms(1);
    const auto index = desk::put_model_free(terms, read, {});
    REQUIRE(index);
    CHECK_THAT(index->annual_vol, WithinRel(0.6, 0.002));
    CHECK(index->horizon_days == 30.0);
    CHECK_FALSE(index->bracketed);
    REQUIRE(terms[0].model_free);
    CHECK(terms[0].model_free->status == record::StripStatus::ok);
    CHECK(terms[0].model_free->annual_vol == index->annual_vol);
}

TEST_CASE("a strip that ends near the money has a status and no figure") {
    Chain chain;
    chain.fill(
        [](double strike, OptionType type, market::Quote& q) {
            two_sided(strike, type, q);
            if (std::abs(strike - forward) > 8'000.0) q.bid_price = 0.0;
        },
        2'000.0);
    const auto read = chain.read();
    std::vector<record::VolTerm> terms(1);
    CHECK_FALSE(desk::put_model_free(terms, read, {}));
    REQUIRE(terms[0].model_free);
    CHECK(terms[0].model_free->status == record::StripStatus::short_wing);
    CHECK(terms[0].model_free->strikes == 9);
    CHECK(*terms[0].model_free->outer_delta > 0.1);
    CHECK_FALSE(terms[0].model_free->annual_vol);
}

TEST_CASE("the delta convention is named where it is not the forward's") {
    Chain chain;
    desk::VolOptions options;
    const auto convert::terms_of = [&] {
        return desk::implied_terms(chain.market, chain.market.find_asset("BTC").value(), options);
    };
    chain.fill([](double strike, OptionType, market::Quote& q) {
        q.mark_vol = 0.6 - 0.2 * std::log(strike / forward);
    });
    const auto plain = convert::terms_of();
    options.delta = "premium-adjusted";
    const auto adjusted = convert::terms_of();
    REQUIRE(plain.at_horizon);
    CHECK_FALSE(plain.at_horizon->delta_convention);
    CHECK(adjusted.at_horizon->delta_convention == record::DeltaConvention::premium_adjusted);
    CHECK(*adjusted.at_horizon->rr25 != *plain.at_horizon->rr25);
    CHECK(*adjusted.at_horizon->rr25 < 0.0);
    CHECK(plain.at_horizon->annual_vol == adjusted.at_horizon->annual_vol);
}
