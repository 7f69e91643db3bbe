// Records as text, so that tests of the join read as what an operator types.
#pragma once

#include <catch2/catch.hpp>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "convert/market_of.hpp"
#include "desk/account_margin.hpp"
#include "policy/document.hpp"

namespace tidemark::desk {

inline constexpr std::string_view now = "1767225600000";  // 2026-01-01T00:00:00Z

/// A line that stays where it is, with the convert::readable bytes behind it that the parser wants.
class Held {
public:
    explicit Held(std::string text) : bytes_{std::move(text)}, size_{bytes_.size()} {
        bytes_.append(json::padding, ' ');
        const Status parsed = line.parse(std::string_view{bytes_}.substr(0, size_));
        if (!parsed) FAIL(parsed.error().message << ": " << bytes_);
    }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

    json::Line line;

private:
    std::string bytes_;
    std::size_t size_;
};

class Lines {
public:
    explicit Lines(std::string_view preset = "dynamic") : document{policy::preset(preset).value()} {
        REQUIRE(desk::know_par_assets(document, market));
    }

    /// What became of one market line, written without type and time: {"symbol":...} after its type.
    Status learn(std::string_view type, std::string_view members, std::string_view ts = now) {
        const Held held{std::string{R"({"type":")"} + std::string{type} + R"(","ts":)" + std::string{ts} +
                        "," + std::string{members} + "}"};
        Status learnt = feed_.learn(held.line, type, market);
        market.prepare();
        return learnt;
    }
    Lines& with(std::string_view type, std::string_view members, std::string_view ts = now) {
        if (const Status learnt = learn(type, members, ts); !learnt) FAIL(learnt.error().message);
        return *this;
    }

    /// The account of these members; views in it hold as long as this object.
    record::Account account(std::string_view members) {
        held_.emplace_back(R"({"type":"account","account_id":"a","ts":)" + std::string{now} +
                           (members.empty() ? "" : ",") + std::string{members} + "}");
        record::Account out;
        if (const Status read = readers_.emplace_back().read(held_.back().line, out); !read)
            FAIL(read.error().field << ": " << read.error().message);
        return out;
    }
    [[nodiscard]] desk::AccountMargin account_margin() const {
        return desk::AccountMargin::make(document, market).value();
    }

    [[nodiscard]] market::View view() const { return margin::make_model(document, market).value()->view(); }

    policy::Document document;
    market::Market market;

private:
    convert::MarketFeed feed_;
    std::deque<Held> held_;
    std::deque<json::Reader> readers_;
};

inline std::string vol_members(std::string_view underlying, double annual) {
    const std::string v = std::to_string(annual);
    return R"("underlying":")" + std::string{underlying} + R"(","annual_vol":)" + v +
           R"(,"base_annual_vol":)" + v +
           R"(,"estimator":"implied","base_estimator":"zero-mean","samples":100,"gaps":0,"days_per_year":365,)" +
           R"("implied":{"annual_vol":)" + v + R"(,"horizon_years":0.005,"rr25":0,"bf25":0,"as_of_ts":)" +
           std::string{now} + "}";
}

/// BTC and ETH with a linear and an inverse perpetual each, and an option.
inline void add_two_coins(Lines& lines) {
    lines.with("price", R"("asset":"BTC","price":100000)").with("price", R"("asset":"ETH","price":4000)");
    lines.with("ticker", R"("symbol":"BTC_USDC-PERPETUAL","mark_price":100000)");
    lines.with("ticker", R"("symbol":"BTC-PERPETUAL","mark_price":100000)");
    lines.with("ticker", R"("symbol":"ETH_USDC-PERPETUAL","mark_price":"4000.0")");
    lines.with(
        "ticker",
        R"("symbol":"BTC-30JAN26-100000-C","forward_price":100000,"mark_vol":0.6,"price_unit":"coin")");
    lines.with("vol", vol_members("BTC", 0.5)).with("vol", vol_members("ETH", 0.8));
}

}  // namespace tidemark::desk
