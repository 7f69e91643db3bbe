// A small market whose numbers are round, so that what is expected of it can be worked by hand.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "margin/model/model.hpp"
#include "market/portfolio.hpp"
#include "policy/document.hpp"

namespace tidemark::sample {

inline constexpr Timestamp now{1'767'225'600'000};  // 2026-01-01T00:00:00Z

/// Puts what it is told into a market, and fails the test where the market refuses.
class SampleMarket {
public:
    SampleMarket() {
        for (const char* par : {"USD", "USDC", "USDT"}) REQUIRE(market.know_asset(par));
    }

    SampleMarket& price(std::string_view asset, double price, double confidence = 0.0, Timestamp ts = now) {
        return done(market.put_price(asset, {ts, price, confidence, ""}));
    }
    SampleMarket& mark(std::string_view symbol, double price, Timestamp ts = now) {
        market::Quote quote;
        quote.ts = ts;
        quote.mark_price = price;
        return done(market.put_quote(symbol, quote));
    }
    SampleMarket& option(std::string_view symbol, double forward, double mark_vol, Timestamp ts = now) {
        market::Quote quote;
        quote.ts = ts;
        quote.forward_price = forward;
        quote.mark_vol = mark_vol;
        return done(market.put_quote(symbol, quote));
    }
    /// Without skew: both 25-delta volatilities are the one at the money.
    SampleMarket& vol(std::string_view underlying, double annual, double base, Timestamp ts = now) {
        return done(market.put_vol(underlying, vol_state(annual, base, ts)));
    }
    /// Half a spread of 5 basis points and volume of a hundred million a day, without a book.
    SampleMarket& liquidity(std::string_view underlying, int state = 0, Timestamp ts = now) {
        return liquidity(underlying, {ts, 0.0005, 1e8, {}, 1.0, 0.5, state});
    }
    SampleMarket& liquidity(std::string_view underlying, market::LiquidityState state) {
        return done(market.put_liquidity(underlying, std::move(state)));
    }
    SampleMarket& correlation(std::vector<std::string_view> assets, std::vector<std::vector<double>> matrix,
                              Timestamp ts = now) {
        return done(market.put_correlation(ts, assets, matrix));
    }

    market::Market market;

private:
    static market::VolState vol_state(double annual, double base, Timestamp ts) {
        market::VolState state;
        state.ts = ts;
        state.annual_vol = annual;
        state.base_annual_vol = base;
        state.implied_vol = annual;
        state.rr25 = state.bf25 = 0.0;
        return state;
    }
    SampleMarket& done(const Status& status) {
        if (!status) FAIL(status.error().message);
        market.prepare();
        return *this;
    }
};

/// BTC at 100,000 and ETH at 4,000 with perpetuals of both kinds and options a month out, SOL at 200.
/// `vouched`: records may contradict one another, as where one alone is moved.
inline SampleMarket three_coins(bool vouched = false) {
    SampleMarket desk;
    if (vouched) desk.market.accept_suspect();
    desk.price("BTC", 100'000).price("ETH", 4'000).price("SOL", 200);
    desk.mark("BTC_USDC-PERPETUAL", 100'000).mark("BTC-PERPETUAL", 100'000);
    desk.mark("ETH_USDC-PERPETUAL", 4'000).mark("ETH-PERPETUAL", 4'000).mark("SOL_USDC-PERPETUAL", 200);
    for (const char* strike : {"80000", "90000", "100000", "110000", "120000"}) {
        for (const char* side : {"-C", "-P"})
            desk.option(std::string{"BTC_USDC-30JAN26-"} + strike + side, 100'000, 0.6);
    }
    desk.option("BTC-30JAN26-100000-C", 100'000, 0.6).option("BTC-30JAN26-100000-P", 100'000, 0.6);
    desk.vol("BTC", 0.5, 0.5).vol("ETH", 0.8, 0.8).vol("SOL", 1.0, 1.0);
    return desk;
}

struct Held {
    std::string_view symbol;
    double qty;
    double entry = 0.0;
};
struct Cash {
    std::string_view asset;
    double qty;
};

inline market::Portfolio portfolio(const market::Market& market, const std::vector<Cash>& balances,
                                   const std::vector<Held>& holdings) {
    market::Portfolio out;
    for (const Cash& cash : balances)
        out.balances.push_back({market.find_asset(cash.asset).value(), cash.qty});
    for (const Held& held : holdings) {
        market::Holding holding;
        holding.instrument = market.find_instrument(held.symbol).value();
        holding.qty = held.qty;
        holding.entry = held.entry;
        holding.rank = market.sorted(holding.instrument).rank;
        out.holdings.push_back(holding);
    }
    out.sort(market);
    return out;
}

/// The model of a built-in policy with some of its numbers changed.
inline std::unique_ptr<margin::Model> model(std::string_view preset, const market::Market& market,
                                            const std::vector<std::string>& sets = {}) {
    auto document = policy::preset(preset).value();
    for (const std::string& set : sets) document = document.with(set).value();
    return margin::make_model(document, market).value();
}

inline margin::Requirement required(margin::Model& model, const market::Portfolio& portfolio,
                                    const market::Shift& shift = {}) {
    margin::Requirement out;
    const Status status = model.require(portfolio, shift, out);
    if (!status) FAIL(status.error().message);
    return out;
}

/// What leaves of the dynamic policy only what scenarios lose at the measured volatility.
inline const std::vector<std::string>& scenarios_alone() {
    static const std::vector<std::string> sets{"liquidity_weight=0", "concentration_weight=0",
                                               "measured_haircut_weight=0", "stress_weight=0"};
    return sets;
}

inline std::vector<std::string> operator+(std::vector<std::string> a, const std::vector<std::string>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/// What the whole dynamic policy requires of those balances and positions.
inline margin::Requirement charged(const SampleMarket& desk, const std::vector<Cash>& cash,
                                   const std::vector<Held>& held, const std::vector<std::string>& sets = {}) {
    const auto dynamic = model("dynamic", desk.market, sets);
    return required(*dynamic, portfolio(desk.market, cash, held));
}

/// The same with scenarios_alone().
inline margin::Requirement needed(const SampleMarket& desk, const std::vector<Cash>& cash,
                                  const std::vector<Held>& held, const std::vector<std::string>& sets = {},
                                  double multiplier = 1.0) {
    const auto dynamic = model("dynamic", desk.market, scenarios_alone() + sets);
    market::Portfolio account = portfolio(desk.market, cash, held);
    account.multiplier = multiplier;
    return required(*dynamic, account);
}

}  // namespace tidemark::sample
