#include "desk/reconcile/figure_causes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tidemark::desk {
namespace {

market::Valuation valuation_of(const AccountMargin& account_margin) {
    return {account_margin.market(), account_margin.model().view()};
}

/// A tick that the difference is, to the digits that theirs is written with; 0 where it is none.
double tick_between(double ours, double theirs) {
    const double difference = std::fabs(ours - theirs), size = std::fabs(theirs), unit = unit_of(theirs);
    constexpr double most = 1e-3;  // of a price that a tick is
    if (difference < 2.0 * unit && unit <= 0.5 * most * size) return unit;
    const double written = std::max(unit, 1e-9 * size);
    const double decade = std::pow(10.0, std::floor(std::log10(difference)));
    for (const double step : {1.0, 2.0, 2.5, 5.0, 10.0}) {
        const double tick = step * decade;
        if (std::fabs(difference - tick) < written && written <= 0.01 * tick && tick <= most * size)
            return tick;
    }
    return 0.0;
}

void try_coins(Search& search, std::size_t i, double ours, const AccountMargin& account_margin) {
    const market::Valuation valuation = valuation_of(account_margin);
    std::vector<market::AssetId> coins;
    for (const margin::NettingSet& set : account_margin.judged().sets()) {
        for (const market::Balance& balance : set.portfolio.balances) coins.push_back(balance.asset);
        for (const market::Holding& holding : set.portfolio.holdings)
            coins.push_back(account_margin.market().instrument(holding.instrument).underlying);
    }
    for (const market::AssetId coin : coins) {
        const auto value = valuation.asset(coin);
        if (!value || value->price == 1.0) continue;
        const std::string& name = account_margin.market().asset_name(coin);
        search.offer(i, ours / value->price, Discrepancy::currency, fmt::format("theirs is in {}", name));
        search.offer(i, ours * value->price, Discrepancy::currency,
                     fmt::format("theirs is multiplied by {}", name));
    }
}

void try_figure(Search& search, std::size_t i, const AccountMargin& account_margin) {
    const Asked& asked = search.asked()[i];
    const double ours = *search.ours()[i], theirs = asked.theirs;
    const double difference = std::fabs(ours - theirs), size = std::fabs(theirs);
    const auto same = [&](Discrepancy cause, const std::string& detail) {
        search.offer(i, theirs, cause, detail);
    };
    if (difference <= 1e-9 * size) return same(Discrepancy::agrees, "");
    if (difference <= tolerance(theirs, Discrepancy::rounding) && difference < unit_of(theirs))
        return same(Discrepancy::rounding, fmt::format("at {} decimals", decimals_of(theirs)));
    if (difference <= tolerance(theirs, Discrepancy::immaterial)) return same(Discrepancy::immaterial, "");
    if (asked.figure == "liquidation_price") {
        if (const double tick = tick_between(ours, theirs); tick > 0.0)
            same(Discrepancy::one_tick, fmt::format("of {:.6g}", tick));
    }
    search.offer(i, -ours, Discrepancy::sign, "theirs has the opposite sign");
    if (asked.figure != "health") try_coins(search, i, ours, account_margin);
}

/// What is owed, at weights that make a debt count for more: the health of the debts by themselves.
double weighted_debt(AccountMargin& account_margin, const record::Account& account) {
    record::Account debts = account;
    auto& held = debts.collateral;
    held.erase(std::remove_if(held.begin(), held.end(), [](const auto& c) { return c.qty >= 0.0; }),
               held.end());
    debts.positions.clear();
    debts.orders.clear();
    if (held.empty()) return 0.0;
    const record::Margin& margin = account_margin.assess(debts);
    if (margin.status != record::MarginStatus::ok) return 0.0;
    return *margin.maintenance_margin - *margin.equity;
}

/// Options of the account at mark: what those sold are worth, and those bought.
struct OptionValue {
    double sold = 0.0, bought = 0.0;
};

OptionValue option_value(const AccountMargin& account_margin) {
    const market::Valuation valuation = valuation_of(account_margin);
    OptionValue sum;
    for (const margin::NettingSet& set : account_margin.judged().sets()) {
        for (const market::Holding& holding : set.portfolio.holdings) {
            const auto priced = valuation.instrument(holding.instrument);
            if (!priced || priced->contract.kind != pricing::ContractKind::option) continue;
            const double value = holding.qty * market::unit_value(*priced, 0.0, 1.0);
            (holding.qty < 0.0 ? sum.sold : sum.bought) += std::fabs(value);
        }
    }
    return sum;
}

/// Theirs is ours with an amount more in the requirement, or in the balance.
void offer_premium(Search& search, const margin::Requirement& ours, double amount,
                   const std::string& detail) {
    constexpr Discrepancy cause = Discrepancy::premium;
    offer_requirement(search, ours.equity, ours.initial_margin + amount, ours.maintenance_margin + amount,
                      cause, detail);
    const double equity = ours.equity + amount;
    for (std::size_t i = 0; i < search.asked().size(); ++i) {
        const std::string_view figure = search.asked()[i].figure;
        if (figure == "equity") search.offer(i, equity, cause, detail);
        if (figure == "collateral_value") search.offer(i, ours.collateral_value + amount, cause, detail);
        if (figure == "free_collateral") search.offer(i, equity - ours.initial_margin, cause, detail);
        if (figure != "health") continue;
        search.offer(i, equity / ours.maintenance_margin, cause, detail);
        search.offer(i, equity / (ours.maintenance_margin + amount), cause, detail);
    }
}

}  // namespace

void try_figures(Search& search, const AccountMargin& account_margin) {
    for (std::size_t i = 0; i < search.asked().size(); ++i) {
        if (search.ours()[i]) try_figure(search, i, account_margin);
    }
}

void offer_requirement(Search& search, double equity, double initial, double maintenance, Discrepancy cause,
                       const std::string& detail) {
    for (std::size_t i = 0; i < search.asked().size(); ++i) {
        const std::string_view figure = search.asked()[i].figure;
        if (figure == "initial_margin") search.offer(i, initial, cause, detail);
        if (figure == "maintenance_margin") search.offer(i, maintenance, cause, detail);
        if (figure == "free_collateral") search.offer(i, equity - initial, cause, detail);
        if (figure == "health" && maintenance > 0.0) search.offer(i, equity / maintenance, cause, detail);
    }
}

void try_ratios(Search& search, AccountMargin& account_margin, const record::Account& account) {
    const margin::Requirement ours = account_margin.judged().total();
    const double equity = ours.equity, need = ours.maintenance_margin;
    const double debt = weighted_debt(account_margin, account);
    for (std::size_t i = 0; i < search.asked().size(); ++i) {
        if (search.asked()[i].figure != "health") continue;
        const auto offer = [&](double ratio, std::string_view what) {
            search.offer(i, ratio, Discrepancy::ratio, fmt::format("theirs is {}", what));
            search.offer(i, 100.0 * ratio, Discrepancy::ratio, fmt::format("theirs is {}, per cent", what));
        };
        offer(need / equity, "maintenance margin / equity");
        offer(1.0 - need / equity, "what equity exceeds maintenance margin by / equity");
        offer(equity / ours.initial_margin, "equity / initial margin");
        offer(ours.initial_margin / equity, "initial margin / equity");
        search.offer(i, 100.0 * equity / need, Discrepancy::ratio, "theirs is in per cent");
        if (!(debt > 0.0)) continue;
        offer((equity - need + debt) / debt, "weighted collateral / debt");
        offer(debt / (equity - need + debt), "debt / weighted collateral");
        offer((ours.collateral_value + debt) / debt, "collateral / debt");
        offer(debt / (ours.collateral_value + debt), "debt / collateral");
    }
}

void try_premium(Search& search, const AccountMargin& account_margin) {
    const auto [sold, bought] = option_value(account_margin);
    const margin::Requirement& ours = account_margin.judged().total();
    const auto offer = [&](double amount, std::string_view what) {
        if (amount == 0.0) return;
        const auto detail = [&](std::string_view how) {
            return fmt::format("theirs has the value of {}, {:.2f}, {}", what, std::fabs(amount), how);
        };
        offer_premium(search, ours, amount, detail("added"));
        offer_premium(search, ours, -amount, detail("taken off"));
    };
    offer(sold, "the options sold");
    offer(bought, "the options bought");
    if (sold > 0.0 && bought > 0.0) offer(sold - bought, "all options");
}

}  // namespace tidemark::desk
