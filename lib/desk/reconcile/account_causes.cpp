#include "desk/reconcile/account_causes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "desk/reconcile/figure_causes.hpp"

namespace tidemark::desk {
namespace {

constexpr int most_digits = 8;  // of a contract multiplier, as a power of ten

/// The account with each position's quantity times a factor.
template <class FactorOf>
record::Account scaled(const record::Account& account, FactorOf factor_of) {
    record::Account out = account;
    for (record::Position& position : out.positions) position.qty *= factor_of(position);
    return out;
}

std::vector<std::string_view> symbols_of(const record::Account& account) {
    std::vector<std::string_view> symbols;
    for (const record::Position& position : account.positions) {
        if (std::find(symbols.begin(), symbols.end(), position.symbol) == symbols.end())
            symbols.push_back(position.symbol);
    }
    return symbols;
}

Figures figures_under(AccountMargin& account_margin, const record::Account& account,
                      const std::vector<Asked>& asked) {
    const record::Margin& margin = account_margin.assess(account);
    return figures_of(account_margin, margin, asked);
}

/// Offers what the account would require if its positions were those of `other`, equity as it is.
void offer_required(Search& search, AccountMargin& account_margin, double equity,
                    const record::Account& other, Discrepancy cause, const std::string& detail) {
    const record::Margin& margin = account_margin.assess(other);
    if (margin.status != record::MarginStatus::ok) return;
    offer_requirement(search, equity, *margin.initial_margin, *margin.maintenance_margin, cause, detail);
}

/// What positions are worth beyond collateral, of each netting set.
std::vector<double> profits_of(AccountMargin& account_margin, const record::Account& account) {
    std::vector<double> profits;
    account_margin.assess(account);
    for (const margin::NettingSet& set : account_margin.judged().sets())
        profits.push_back(set.requirement.equity - set.requirement.collateral_value);
    return profits;
}

/// The account with `times` the profit of each set added to what the set has.
record::Account with_profit(const record::Account& account, const std::vector<double>& profits,
                            std::string_view currency, double times) {
    record::Account out = account;
    const bool all_isolated = account.margin_mode == record::MarginMode::isolated;
    std::size_t set = 0;
    if (!all_isolated) out.collateral.push_back({currency, times * profits[set++]});
    for (record::Position& position : out.positions) {
        if (position.isolated_margin && set < profits.size())
            *position.isolated_margin += times * profits[set++];
    }
    return out;
}

/// A future or perp that pays in its quote currency, at mark.
struct Linear {
    market::AssetId underlying = 0;
    double price = 0.0, notional = 0.0;  // notional: signed, account currency
};

std::optional<Linear> linear(const AccountMargin& account_margin, const record::Position& position) {
    const auto id = account_margin.market().find_instrument(position.symbol);
    if (!id) return std::nullopt;
    const auto priced =
        market::Valuation{account_margin.market(), account_margin.model().view()}.instrument(*id);
    if (!priced || priced->contract.kind == pricing::ContractKind::option ||
        priced->contract.payoff == pricing::Payoff::inverse)
        return std::nullopt;
    return Linear{priced->underlying, priced->price, position.qty * priced->price * priced->conversion};
}

/// Long and short notional of some positions of an account.
struct Sides {
    double bought = 0.0, sold = 0.0;

    [[nodiscard]] bool both() const { return bought > 0.0 && sold > 0.0; }
    [[nodiscard]] bool long_is_larger() const { return bought >= sold; }
    /// Part of the larger side that the smaller does not offset.
    [[nodiscard]] double net() const { return 1.0 - std::min(bought, sold) / std::max(bought, sold); }
};

/// What offsets what: positions of the same key.
using Keys = std::vector<std::optional<market::AssetId>>;

void try_offset(Search& search, AccountMargin& account_margin, double equity, const record::Account& account,
                const Keys& keys, market::AssetId key, const std::string& of) {
    Sides sides;
    for (std::size_t i = 0; i < account.positions.size(); ++i) {
        if (keys[i] != key) continue;
        const double notional = linear(account_margin, account.positions[i])->notional;
        (notional > 0.0 ? sides.bought : sides.sold) += std::fabs(notional);
    }
    if (!sides.both()) return;
    const auto offer = [&](double left, std::string_view what) {
        record::Account other = account;
        for (std::size_t i = 0; i < other.positions.size(); ++i) {
            if (keys[i] != key) continue;
            double& qty = other.positions[i].qty;
            qty *= (qty > 0.0) == sides.long_is_larger() ? left : 0.0;
        }
        offer_required(search, account_margin, equity, other, Discrepancy::offset,
                       fmt::format("{} of long and short {}", what, of));
    };
    offer(1.0, "the larger side");
    offer(sides.net(), "the net");
}

/// The powers of ten of one symbol, or of all where it is empty.
void try_powers(Search& search, AccountMargin& account_margin, const record::Account& account,
                std::string_view symbol) {
    const auto times = [&](double by) {
        return scaled(account, [&](const record::Position& position) {
            return symbol.empty() || position.symbol == symbol ? by : 1.0;
        });
    };
    const Figures without = figures_under(account_margin, times(0.0), search.asked());
    for (int power = -most_digits; power <= most_digits; ++power) {
        if (power == 0) continue;
        Figures figures = figures_under(account_margin, times(std::pow(10.0, power)), search.asked());
        for (std::size_t i = 0; i < figures.size(); ++i) {
            const double visible = tolerance(search.asked()[i].theirs, Discrepancy::multiplier);
            if (figures[i] && without[i] && std::fabs(*figures[i] - *without[i]) <= visible)
                figures[i].reset();
        }
        search.offer_all(figures, Discrepancy::multiplier,
                         fmt::format("{} times 10^{}", symbol.empty() ? "all positions" : symbol, power));
    }
}

}  // namespace

void try_profit(Search& search, AccountMargin& account_margin, const record::Account& account) {
    if (!search.wants(Discrepancy::profit)) return;
    const std::vector<double> profits = profits_of(account_margin, account);
    const std::string currency = account_margin.market().asset_name(account_margin.cash());
    const auto offer = [&](double times, const std::string& detail) {
        const record::Account other = with_profit(account, profits, currency, times);
        search.offer_all(figures_under(account_margin, other, search.asked()), Discrepancy::profit, detail);
    };
    offer(1.0, "theirs counts it twice");
    offer(-1.0, "theirs leaves it out");
}

void try_entry(Search& search, AccountMargin& account_margin, const record::Account& account) {
    if (!search.wants(Discrepancy::entry)) return;
    const double equity = *account_margin.assess(account).equity;
    const record::Account other = scaled(account, [&](const record::Position& position) {
        const auto at = linear(account_margin, position);
        return at && position.entry_price ? *position.entry_price / at->price : 1.0;
    });
    offer_required(search, account_margin, equity, other, Discrepancy::entry,
                   "theirs is of the notional at entry");
}

void try_offsets(Search& search, AccountMargin& account_margin, const record::Account& account) {
    if (!search.wants(Discrepancy::offset)) return;
    const double equity = *account_margin.assess(account).equity;
    Keys keys, all;
    std::vector<market::AssetId> underlyings;
    for (const record::Position& position : account.positions) {
        const auto at = linear(account_margin, position);
        keys.push_back(at ? std::optional{at->underlying} : std::nullopt);
        all.push_back(at ? std::optional<market::AssetId>{0} : std::nullopt);
        if (at && std::find(underlyings.begin(), underlyings.end(), at->underlying) == underlyings.end())
            underlyings.push_back(at->underlying);
    }
    for (const market::AssetId underlying : underlyings)
        try_offset(search, account_margin, equity, account, keys, underlying,
                   account_margin.market().asset_name(underlying));
    if (underlyings.size() > 1) try_offset(search, account_margin, equity, account, all, 0, "futures");
}

void try_missing_legs(Search& search, AccountMargin& account_margin, const record::Account& account) {
    if (!search.wants(Discrepancy::uncounted)) return;
    const double equity = *account_margin.assess(account).equity;
    const auto offer = [&](const record::Account& other, const std::string& detail) {
        search.offer_all(figures_under(account_margin, other, search.asked()), Discrepancy::uncounted,
                         detail);
        offer_required(search, account_margin, equity, other, Discrepancy::uncounted, detail);
    };
    const auto symbols = symbols_of(account);
    for (const std::string_view symbol : symbols) {
        offer(scaled(account, [&](const auto& position) { return position.symbol == symbol ? 0.0 : 1.0; }),
              fmt::format("theirs is without {}", symbol));
        if (symbols.size() < 3) continue;
        offer(scaled(account, [&](const auto& position) { return position.symbol == symbol ? 1.0 : 0.0; }),
              fmt::format("theirs has only {}", symbol));
    }
}

void try_multipliers(Search& search, AccountMargin& account_margin, const record::Account& account) {
    auto symbols = symbols_of(account);
    if (symbols.size() == 1) symbols.clear();
    symbols.insert(symbols.begin(), std::string_view{});
    for (const std::string_view symbol : symbols) {
        if (search.wants(Discrepancy::multiplier)) try_powers(search, account_margin, account, symbol);
    }
}

}  // namespace tidemark::desk
