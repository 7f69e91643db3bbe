#include "desk/reconcile/trials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "liquidation/distance.hpp"
#include "margin/tiered/tier_variants.hpp"

namespace tidemark::desk {
namespace {

constexpr double closes_to = 1e-4;  // of the venue's figure
constexpr int most_digits = 8;      // of a contract multiplier, as a power of ten

std::optional<double> member_of(const record::Margin& margin, std::string_view figure) {
    std::optional<double> found;
    const auto look = [&](const auto& field) {
        if constexpr (std::is_same_v<std::decay_t<decltype(margin.*field.member)>, std::optional<double>>) {
            if (field.name == figure) found = margin.*field.member;
        }
    };
    std::apply([&](const auto&... field) { (look(field), ...); }, record::Margin::fields());
    return found;
}

/// Price of the contract at the nearest root of its underlying.
std::optional<double> nearest_root(const margin::JudgedAccount& account, const margin::NettingSet& set,
                                   market::InstrumentId id) {
    const market::Valuation valuation{account.market(), account.model().view()};
    const auto priced = valuation.instrument(id);
    const auto roots =
        liquidation::roots({account.model(), account.market(), set.portfolio, set.requirement});
    if (!priced || !roots) return std::nullopt;
    std::optional<double> factor;
    for (const liquidation::Root& root : *roots) {
        if (root.all || root.underlying != priced->underlying) continue;
        if (!factor || std::fabs(root.factor - 1.0) < std::fabs(*factor - 1.0)) factor = root.factor;
    }
    return factor ? std::optional{*factor * priced->price} : std::nullopt;
}

/// Of the set that holds it.
std::optional<double> liquidation_price(const margin::JudgedAccount& account, std::string_view symbol) {
    const auto id = account.market().find_instrument(symbol);
    if (!id) return std::nullopt;
    for (const margin::NettingSet& set : account.sets()) {
        const auto& held = set.portfolio.holdings;
        if (std::any_of(held.begin(), held.end(), [&](const auto& h) { return h.instrument == *id; }))
            return nearest_root(account, set, *id);
    }
    return std::nullopt;
}

/// Fewest decimals that give the figure back.
int decimals_of(double value) {
    constexpr int most = 12;
    double scale = 1.0;
    int decimals = 0;
    while (decimals < most && std::round(value * scale) / scale != value) {
        scale *= 10.0;
        ++decimals;
    }
    return decimals;
}

/// Rounded, or cut off: what is left differs by less than a unit of the last decimal. A figure of one or two
/// digits would let anything pass.
bool is_rounding(double ours, double theirs) {
    const double unit = std::pow(10.0, -decimals_of(theirs));
    return std::fabs(theirs) >= 100.0 * unit && std::fabs(ours - theirs) < unit * (1.0 - 1e-9);
}

void try_coins(Search& search, std::size_t i, double ours, const AccountMargin& account_margin) {
    const market::Valuation valuation{account_margin.market(), account_margin.model().view()};
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
        search.offer(i, ours / value->price, "currency", fmt::format("theirs is in {}", name));
        search.offer(i, ours * value->price, "currency", fmt::format("theirs is multiplied by {}", name));
    }
}

}  // namespace

std::vector<Asked> asked_of(const record::Reported& reported) {
    std::vector<Asked> asked;
    const auto add = [&](const auto& field) {
        if constexpr (std::is_same_v<std::decay_t<decltype(reported.*field.member)>, json::Named>) {
            for (const auto& [symbol, price] : reported.*field.member)
                asked.push_back({"liquidation_price", symbol, price});
        } else if (reported.*field.member) {
            asked.push_back({field.name, "", *(reported.*field.member)});
        }
    };
    std::apply([&](const auto&... field) { (add(field), ...); }, record::Reported::fields());
    return asked;
}

Figures figures_of(const AccountMargin& account_margin, const record::Margin& margin,
                   const std::vector<Asked>& asked) {
    Figures figures;
    for (const Asked& one : asked) {
        if (margin.status != record::MarginStatus::ok) {
            figures.emplace_back();
        } else if (one.symbol.empty()) {
            figures.push_back(member_of(margin, one.figure));
        } else {
            figures.push_back(liquidation_price(account_margin.judged(), one.symbol));
        }
    }
    return figures;
}

void Search::offer(std::size_t i, double figure, std::string_view name, const std::string& detail) {
    if (!ours_[i]) return;
    const double theirs = asked_[i].theirs, remains = std::fabs(figure - theirs);
    if (!(remains <= closes_to * std::fabs(theirs)) || remains > 0.1 * std::fabs(*ours_[i] - theirs)) return;
    if (found_[i] && found_[i]->remains <= remains) return;
    found_[i] = Explanation{name, detail, remains};
}

void Search::offer_all(const Figures& figures, std::string_view name, const std::string& detail) {
    for (std::size_t i = 0; i < figures.size(); ++i) {
        if (figures[i]) offer(i, *figures[i], name, detail);
    }
}

bool Search::settled() const {
    for (std::size_t i = 0; i < found_.size(); ++i) {
        if (ours_[i] && !found_[i]) return false;
    }
    return true;
}

void try_figures(Search& search, const std::vector<Asked>& asked, const Figures& ours,
                 const AccountMargin& account_margin) {
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (!ours[i]) continue;
        const double theirs = asked[i].theirs;
        if (std::fabs(*ours[i] - theirs) <= 1e-9 * std::fabs(theirs)) {
            search.offer(i, theirs, "agrees", "");
        } else if (is_rounding(*ours[i], theirs)) {
            search.offer(i, theirs, "rounding", fmt::format("at {} decimals", decimals_of(theirs)));
        } else {
            search.offer(i, -*ours[i], "sign", "theirs has the opposite sign");
            if (asked[i].figure != "health") try_coins(search, i, *ours[i], account_margin);
        }
    }
}

std::vector<Trial> trials_of(const policy::Document& policy, const market::Market& now,
                             const market::Market& at_index, const market::Market& previous) {
    std::vector<Trial> trials;
    const auto add = [&](std::string_view cause, std::string detail, const policy::Document& document,
                         const market::Market& market) {
        auto account_margin = AccountMargin::make(document, market);
        if (account_margin) trials.push_back({cause, std::move(detail), *std::move(account_margin)});
    };
    add("stale tick", "every price one tick behind", policy, previous);
    add("index price", "perps and futures at their index price", policy, at_index);
    for (const margin::TierVariant& variant : margin::tier_variants(policy))
        add("tier",
            fmt::format("the tier of {} from {:.0f}, for all of the notional", variant.asset, variant.floor),
            variant.policy, now);
    if (auto bare = policy.with("default_haircut=0")) {
        bare = bare->with_table("haircuts", {});
        if (bare) add("haircut", "collateral at its whole price", *bare, now);
    }
    return trials;
}

void try_multipliers(Search& search, AccountMargin& account_margin, const record::Account& account,
                     const std::vector<Asked>& asked) {
    record::Account scaled = account;
    const auto scale = [&](std::string_view symbol, double by) {
        for (std::size_t i = 0; i < account.positions.size(); ++i) {
            const record::Position& position = account.positions[i];
            const bool scales = symbol.empty() || position.symbol == symbol;
            scaled.positions[i].qty = position.qty * (scales ? by : 1.0);
        }
    };
    std::vector<std::string_view> symbols{""};
    for (const record::Position& position : account.positions) {
        if (account.positions.size() > 1) symbols.push_back(position.symbol);
    }
    for (const std::string_view symbol : symbols) {
        for (int power = -most_digits; power <= most_digits && !search.settled(); ++power) {
            if (power == 0) continue;
            scale(symbol, std::pow(10.0, power));
            const record::Margin& margin = account_margin.assess(scaled);
            search.offer_all(figures_of(account_margin, margin, asked), "contract multiplier",
                             fmt::format("{} times 10^{}", symbol.empty() ? "all positions" : symbol, power));
        }
    }
}

}  // namespace tidemark::desk
