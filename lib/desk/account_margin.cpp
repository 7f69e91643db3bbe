#include "desk/account_margin.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "json/escape.hpp"
#include "margin/model/free_loans.hpp"

namespace tidemark::desk {
namespace {

constexpr std::string_view default_currency = "USD";

}  // namespace

Result<AccountMargin> AccountMargin::make(const policy::Document& document, const market::Market& market) {
    auto judged = margin::JudgedAccount::make(document, market);
    if (!judged) return judged.error();
    return AccountMargin{*std::move(judged)};
}

void AccountMargin::begin(const record::Account& account) {
    margin_.reason.reset();
    margin_.policy = judged_.policy().id();
    margin_.model = judged_.policy().model();
    margin_.currency = account.currency.value_or(default_currency);
    margin_.equity = margin_.collateral_value = margin_.initial_margin = margin_.maintenance_margin =
        margin_.free_collateral = margin_.health = margin_.liquidation_threshold = std::nullopt;
    margin_.parts.reset();
    margin_.off.clear();
    if (margin_.worst_scenario) moves_.swap(margin_.worst_scenario->moves);
    margin_.worst_scenario.reset();
    margin_.assumed.clear();
    margin_.volatility.clear();
    margin_.isolated.clear();
    margin_.as_of_ts = margin_.oldest_input_ts = std::nullopt;
}

/// Amounts are in the unit that prices are in. An account kept in another currency would need them converted.
Status AccountMargin::check_currency(const record::Account& account) {
    const std::string_view currency = account.currency.value_or(default_currency);
    const auto& par = model().view().par_assets;
    const auto id = market().find_asset(currency);
    if (id && std::find(par.begin(), par.end(), currency) != par.end()) {
        cash_ = *id;
        return Ok{};
    }
    return Error{
        Errc::out_of_domain,
        fmt::format("account currency {}: want one that the policy takes at par", json::printable(currency)),
        "", 0};
}

Status AccountMargin::judge(const record::Account& account) {
    judged_.sets_to_fill().clear();
    if (Status known = check_currency(account); !known) return known;
    Status made = convert::netting_sets_of(account, market(), model().view(), cash_, judged_.sets_to_fill());
    return made ? judged_.judge() : made;
}

/// Those of isolated positions, where there is one.
void AccountMargin::put_isolated() {
    for (const margin::NettingSet& set : judged_.sets()) {
        if (!set.isolated) continue;
        const margin::Requirement& r = set.requirement;
        margin_.isolated.push_back({market().symbol(*set.isolated), r.equity, r.initial_margin,
                                    r.maintenance_margin, margin::health(r)});
    }
}

/// Whether it owes something whose price may rise, for which the model asks nothing.
bool AccountMargin::owes_freely() {
    const auto& par = model().view().par_assets;
    const auto at_par = [&](market::AssetId id) {
        return std::find(par.begin(), par.end(), market().asset_name(id)) != par.end();
    };
    for (const margin::NettingSet& set : judged_.sets()) {
        for (const market::Balance& balance : set.portfolio.balances) {
            const bool owed = balance.qty < 0.0 && !at_par(balance.asset);
            if (owed && margin::leaves_debt_free(model(), balance, set.portfolio.ts)) return true;
        }
    }
    return false;
}

void AccountMargin::put_worst(const margin::WorstScenario& scenario) {
    record::WorstScenario& worst = margin_.worst_scenario.emplace();
    worst.moves.swap(moves_);
    worst.moves.clear();
    for (const auto& [asset, move] : scenario.moves)
        worst.moves.emplace_back(market().asset_name(asset), move);
    std::sort(worst.moves.begin(), worst.moves.end());
    worst.vol = scenario.vol;
    worst.loss = scenario.loss;
}

void AccountMargin::put_figures() {
    const margin::Requirement& r = judged_.total();
    margin_.status = record::MarginStatus::ok;
    margin_.equity = r.equity;
    margin_.collateral_value = r.collateral_value;
    margin_.initial_margin = r.initial_margin;
    margin_.maintenance_margin = r.maintenance_margin;
    margin_.free_collateral = r.equity - r.initial_margin;
    margin_.health = margin::health(judged_.sets());
    margin_.liquidation_threshold = r.liquidation_threshold;
    margin_.parts = r.parts;
    const auto charged = model().charged();
    for (const Part part : every<Part>()) {
        if (std::find(charged.begin(), charged.end(), part) == charged.end())
            margin_.off.push_back(word(part));
    }
    if (owes_freely()) margin_.off.push_back("loans");
    if (r.has_worst) put_worst(r.worst);
    put_isolated();
    for (const auto& [what, asset] : r.assumed) margin_.assumed.push_back({what, market().asset_name(asset)});
    for (const auto& [asset, measured, in_use, speed] : r.speed)
        margin_.volatility.push_back({market().asset_name(asset), measured, in_use, speed});
    margin_.as_of_ts = market().as_of();
    margin_.oldest_input_ts = r.oldest;
}

void AccountMargin::put_indeterminate(const Error& error) {
    margin_.status = record::MarginStatus::indeterminate;
    reason_ = fmt::format("{}: {}", errc_name(error.code), error.message);
    margin_.reason = reason_;
}

const record::Margin& AccountMargin::assess(const record::Account& account) {
    begin(account);
    if (const Status judged = judge(account); judged) {
        put_figures();
    } else {
        put_indeterminate(judged.error());
    }
    return margin_;
}

Status know_par_assets(const policy::Document& document, market::Market& market) {
    const auto model = margin::make_model(document, market);
    if (!model) return model.error();
    for (const std::string& asset : (*model)->view().par_assets) {
        if (const auto known = market.know_money(asset); !known) return known.error();
    }
    return Ok{};
}

}  // namespace tidemark::desk
