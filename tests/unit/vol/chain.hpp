// A market of options whose volatility is known.
#pragma once

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "market/market.hpp"
#include "pricing/black76.hpp"
#include "vol/surface/option_chain.hpp"

namespace tidemark::test {

inline constexpr Timestamp now{1'772'323'200'000};     // 2026-03-01
inline constexpr Timestamp expiry{1'774'598'400'000};  // 27 March, 08:00
inline const double years = years_between(now, expiry).value();
inline constexpr double forward = 80'000.0;

/// Options of one expiry whose prices are those of one volatility, `discount` for each of money.
struct Chain {
    market::Market market;
    bool in_coin = true;
    double annual_vol = 0.6, discount = 1.0;

    [[nodiscard]] double price(double strike, pricing::OptionType type) const {
        const double value = pricing::black76_value(forward, strike, annual_vol * std::sqrt(years), type);
        return in_coin ? value / forward : discount * value;
    }
    static std::string symbol(double strike, pricing::OptionType type, bool in_coin) {
        return std::string{in_coin ? "BTC" : "BTC_USDC"} + "-27MAR26-" +
               std::to_string(static_cast<int>(strike)) + (type == pricing::OptionType::call ? "-C" : "-P");
    }
    market::Quote quote(double strike, pricing::OptionType type) const {
        market::Quote q;
        q.ts = now;
        q.in_coin = in_coin;
        q.mark_price = price(strike, type);
        return q;
    }
    void put(double strike, pricing::OptionType type, const market::Quote& q) {
        REQUIRE(market.put_quote(symbol(strike, type, in_coin), q));
    }
    /// Both sides of strikes from 40,000 to 160,000, edited by `edit`.
    template <class Edit>
    Chain& fill(Edit edit, double step = 10'000.0) {
        for (double strike = 40'000.0; strike <= 160'000.0; strike += step) {
            for (const pricing::OptionType type : {pricing::OptionType::call, pricing::OptionType::put}) {
                market::Quote q = quote(strike, type);
                edit(strike, type, q);
                put(strike, type, q);
            }
        }
        return *this;
    }
    Chain& fill() {
        return fill([](double, pricing::OptionType, market::Quote&) {});
    }
    [[nodiscard]] std::vector<vol::ChainExpiry> read(double rate_per_year = 0.0) const {
        return vol::option_chain(market, underlying(), {{300'000}, rate_per_year});
    }
    [[nodiscard]] market::AssetId underlying() const { return market.find_asset("BTC").value(); }
};

inline void two_sided(double, pricing::OptionType, market::Quote& q) {
    q.bid_price = *q.mark_price * 0.98;
    q.ask_price = *q.mark_price * 1.02;
    q.mark_price.reset();
}

}  // namespace tidemark::test
