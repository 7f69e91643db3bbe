// An account's positions sorted into books that a scenario margin takes, one for each underlying and payoff.
#pragma once

#include <optional>

#include "margin/model/account_valuation.hpp"
#include "margin/portfolio/parameters.hpp"
#include "margin/portfolio/scenario_margin.hpp"

namespace tidemark::margin {

/// A linear book is in account currency, an inverse one in its coin.
struct ScenarioSet {
    market::AssetId underlying = 0;
    UnderlyingLegs legs;
    double conversion = 1.0;  // account currency for one unit of the book's currency
    std::vector<Timestamp> expiries;
};

/// The rule of one underlying and payoff, with the pricer for its options.
struct SetRule {
    ScenarioRule rule;
    RiskArrayPricer pricer;
};

/// Owned by one thread, as the AccountValuation it prices with is.
class ScenarioSets {
public:
    ScenarioSets(const ScenarioParams& params, AccountValuation& prices) : params_{params}, prices_{prices} {}

    /// Wants book.value() to have succeeded for the portfolio. Fails with missing_market or stale where an
    /// underlying has no fresh price. The pools hold until the next fill.
    Status fill(const market::Portfolio& portfolio, const market::Shift& shift);

    [[nodiscard]] std::span<const ScenarioSet> sets() const { return sets_; }
    /// Valid for an underlying and payoff that are among the pools.
    SetRule& rule(market::AssetId underlying, pricing::Payoff payoff);
    /// Of the prices of underlyings that the pools rest on.
    [[nodiscard]] Timestamp oldest() const { return oldest_; }

private:
    struct Row {
        std::uint64_t stamp = 0;  // of the book when this was priced; 0 is never
        std::vector<double> values;
    };

    struct Net {
        market::InstrumentId instrument;
        double qty, factor;
        double quote_amount;  // of a coin-settled future: fixed by its entries, the underlying's price apart
    };

    Result<ScenarioSet*> pool_of(market::AssetId underlying, pricing::Payoff payoff,
                                 const market::Shift& shift);
    [[nodiscard]] pricing::Payoff payoff_of(const market::Priced& priced) const;
    [[nodiscard]] double quote_amount(std::span<const market::Holding> held) const;
    Status add(const Net& net, const market::Shift& shift);
    Status add_collateral(const market::Portfolio& portfolio, const market::Shift& shift);
    void add_future(ScenarioSet& set, const Net& net, const market::Priced& priced);
    void add_option(ScenarioSet& set, const Net& net, const market::Priced& priced);
    std::span<const double> values_of(const Net& net, const OptionLeg& leg, const ExpiryLegs& expiry,
                                      const ScenarioSet& set);

    const ScenarioParams& params_;
    AccountValuation& prices_;
    Timestamp now_, oldest_;
    std::vector<ScenarioSet> sets_;
    std::vector<std::optional<SetRule>> rules_;  // two by asset: linear, inverse
    std::vector<Row> rows_;                      // by instrument, at prices as they are
    std::vector<std::vector<double>> shifted_;   // those of the fill at hand that are not
    std::size_t shifted_used_ = 0;
};

}  // namespace tidemark::margin
