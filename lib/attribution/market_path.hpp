// From one market to another, one change at a time.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/margin_words.hpp"
#include "market/snapshot.hpp"
#include "market/valuation.hpp"

namespace tidemark::attribution {

/// One thing that changed: what kind of thing, which of them, and its values where one number says it.
struct Change {
    Cause cause{};
    std::string item;
    std::optional<double> from, to;
    std::string asset;  // whose holders and users alone it can concern; empty where it may concern all
};

/// An option's volatility before and after, and the name of the underlying and tenor that it moves with.
struct OptionVol {
    std::string group;
    double before = 0.0, after = 0.0;
};

/// Days to expiry by which volatilities are grouped: "0-7d", "7-30d", "30-90d", "90d+".
std::string_view tenor_bucket(double days);

/// The steps between two markets, in canonical order: by kind as in Cause, then by name. A thing that
/// is the same in both has no step.
///
/// time: the clock moves and every record takes the age that it has in the second market, with the values of
/// the first: so nothing is stale in between that is not at the end. price: everything quoted of an
/// underlying but volatility. volatility: mark volatilities of options, by underlying and days to expiry in
/// the second market. An option's mark in between is its Black-76 value plus what its first mark was above
/// that; it becomes the second mark with the last of its time, forward and volatility.
class MarketPath {
public:
    /// Both must outlive it.
    MarketPath(const market::Market& before, const market::Market& after, const market::View& view);
    MarketPath(const MarketPath&) = delete;
    MarketPath& operator=(const MarketPath&) = delete;

    [[nodiscard]] bool empty() const { return steps_.empty(); }
    /// Makes the next change and says which; false where all are made.
    bool next(Change& made);
    /// The market as it stands now.
    [[nodiscard]] Result<market::Market> market(std::optional<Timestamp> fixed_as_of) const {
        return market::market_of(state_, fixed_as_of);
    }
    /// The volatilities of an option that both markets can price.
    [[nodiscard]] std::optional<OptionVol> option_vol(std::string_view symbol) const;

private:
    /// What moves an option, but for its strike.
    struct Point {
        Timestamp ts;
        double forward = 0.0, vol = 0.0;
        friend bool operator==(const Point&, const Point&) = default;
    };
    /// An instrument that both markets know.
    struct Pair {
        std::string symbol, underlying, group;  // group: of its volatility, where it is an option
        const market::Listing *before, *after;
        bool is_option = false;  // that both can price: the points hold
        Point first, last, now;
        double above_model = 0.0;  // the first mark over its Black-76 value, quote asset
    };
    struct Step {
        Change change;
        std::function<void()> make;
    };

    void add_pairs(const market::Market& before, const market::Market& after, const market::View& view);
    void add_time();
    void add_contracts();
    void add_prices();
    void add_confidences();
    void add_volatilities();
    void add_vol_states();
    void add_correlation();
    void add_liquidity();
    void add_marks();
    void add(Change change, std::function<void()> make) {
        steps_.push_back({std::move(change), std::move(make)});
    }
    void move_time();
    void move_price(const std::string& name);
    void put_quote(const Pair& pair);
    [[nodiscard]] std::optional<Change> price_change(const std::string& name) const;

    market::Snapshot before_, after_, state_;
    std::vector<Pair> pairs_;  // by symbol
    std::vector<Step> steps_;
    std::size_t made_ = 0;
};

}  // namespace tidemark::attribution
