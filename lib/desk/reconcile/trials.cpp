#include "desk/reconcile/trials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "liquidation/distance.hpp"
#include "margin/tiered/model.hpp"
#include "margin/tiered/tier_variants.hpp"

namespace tidemark::desk {
namespace {

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

/// What becomes of one policy or market.
class Trials {
public:
    Trials(const policy::Document& policy, const market::Market& now) : policy_{policy}, now_{now} {}

    void add(Discrepancy cause, std::string detail, const policy::Document& policy,
             const market::Market& market) {
        auto account_margin = AccountMargin::make(policy, market);
        if (account_margin) all.push_back({cause, std::move(detail), *std::move(account_margin)});
    }
    /// With numbers changed; none where the policy has no such number.
    void change(Discrepancy cause, std::string detail, std::initializer_list<std::string> assignments) {
        Result<policy::Document> changed = policy_;
        for (const std::string& assignment : assignments) {
            if (changed) changed = changed->with(assignment);
        }
        if (changed) add(cause, std::move(detail), *changed, now_);
    }

    std::vector<Trial> all;

private:
    const policy::Document& policy_;
    const market::Market& now_;
};

/// The rates that venues charge to close, as the built-in policies have them.
std::vector<double> closing_fees() {
    std::vector<double> rates;
    for (const policy::Preset& preset : policy::presets()) {
        const auto document = policy::Document::parse(preset.text);
        if (!document || document->model() != "tiered") continue;
        const auto params = document->params<margin::TieredParams>();
        if (params && params->closing_fee_rate > 0.0) rates.push_back(params->closing_fee_rate);
    }
    std::sort(rates.begin(), rates.end());
    rates.erase(std::unique(rates.begin(), rates.end()), rates.end());
    return rates;
}

void add_fees(Trials& trials, const margin::TieredParams& params) {
    constexpr Discrepancy cause = Discrepancy::fee;
    if (params.closing_fee_rate > 0.0) {
        trials.change(cause, fmt::format("theirs is without the fee of {}", params.closing_fee_rate),
                      {"closing_fee_rate=0"});
        const bool bankrupt = params.closing_fee_at_bankruptcy == 1.0;
        trials.change(cause,
                      bankrupt ? "theirs is on the notional at mark" : "theirs is at the bankruptcy price",
                      {bankrupt ? "closing_fee_at_bankruptcy=0" : "closing_fee_at_bankruptcy=1"});
        return;
    }
    for (const double rate : closing_fees()) {
        for (const int at_bankruptcy : {0, 1})
            trials.change(cause,
                          fmt::format("theirs is with a fee of {}{}", rate,
                                      at_bankruptcy == 1 ? " at the bankruptcy price" : ""),
                          {fmt::format("closing_fee_rate={}", rate),
                           fmt::format("closing_fee_at_bankruptcy={}", at_bankruptcy)});
    }
}

void add_notionals(Trials& trials, const margin::TieredParams& params) {
    if (params.held_at_entry == 1.0)
        return trials.change(Discrepancy::entry, "theirs is of the notional at mark", {"held_at_entry=0"});
    trials.change(Discrepancy::entry, "theirs is of the notional at entry",
                  {"held_at_mark=0", "held_at_entry=1"});
    trials.change(Discrepancy::entry,
                  params.held_at_mark == 1.0 ? "theirs follows the price"
                                             : "theirs stays at the mark where a price is moved",
                  {fmt::format("held_at_mark={}", 1.0 - params.held_at_mark)});
}

}  // namespace

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

std::vector<Trial> trials_of(const policy::Document& policy, const market::Market& now,
                             const market::Market& at_index, const market::Market& previous) {
    Trials trials{policy, now};
    if (policy.model() == "tiered") {
        if (const auto params = policy.params<margin::TieredParams>()) {
            add_fees(trials, *params);
            add_notionals(trials, *params);
        }
    }
    trials.add(Discrepancy::index_price, "perps and futures at their index price", policy, at_index);
    trials.add(Discrepancy::stale_tick, "every price one tick behind", policy, previous);
    if (auto bare = policy.with("default_haircut=0")) {
        bare = bare->with_table("haircuts", {});
        if (bare) trials.add(Discrepancy::haircut, "collateral at its whole price", *bare, now);
    }
    for (const margin::TierVariant& variant : margin::tier_variants(policy))
        trials.add(
            Discrepancy::tier,
            fmt::format("the tier of {} from {:.0f}, for all of the notional", variant.asset, variant.floor),
            variant.policy, now);
    return std::move(trials.all);
}

void try_trials(Search& search, std::vector<Trial>& trials, const record::Account& account) {
    for (Trial& trial : trials) {
        if (!search.wants(trial.cause)) return;
        const record::Margin& margin = trial.account_margin.assess(account);
        search.offer_all(figures_of(trial.account_margin, margin, search.asked()), trial.cause, trial.detail);
    }
}

}  // namespace tidemark::desk
