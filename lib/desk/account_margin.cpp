#include "desk/account_margin.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "json/escape.hpp"
#include "margin/model/exact_sums.hpp"

namespace tidemark::desk {
namespace {

constexpr std::string_view default_currency = "USD";

constexpr std::string_view vol_word(margin::VolMove move) {
    return move == margin::VolMove::up ? "up" : move == margin::VolMove::down ? "down" : "none";
}

constexpr std::array all_parts{
    &margin::Parts::base,          &margin::Parts::volatility,  &margin::Parts::skew,
    &margin::Parts::gamma,         &margin::Parts::correlation, &margin::Parts::liquidity,
    &margin::Parts::concentration, &margin::Parts::account,     &margin::Parts::orders};

/// Sums of positions are rounded, each part on its own: on one grid the parts are the whole again.
void to_exact_parts(margin::Requirement& sum) {
    std::array<double, all_parts.size()> levels{};
    double level = 0.0;
    for (std::size_t i = 0; i < levels.size(); ++i) levels[i] = level += sum.parts.*all_parts[i];
    margin::to_exact_grid(levels);
    double below = 0.0;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        sum.parts.*all_parts[i] = levels[i] - below;
        below = levels[i];
    }
    sum.initial_margin = below;
}

/// Amounts can be too large for their sums: then there is no figure, whatever the model.
Status finite(const margin::Requirement& r) {
    const double loss = r.has_worst ? r.worst.loss : 0.0;
    if (std::isfinite(r.equity) && std::isfinite(r.initial_margin) && std::isfinite(r.maintenance_margin) &&
        std::isfinite(loss))
        return Ok{};
    return Error{Errc::out_of_domain, "amounts beyond what a double holds", "", 0};
}

record::Parts to_record(const margin::Parts& p) {
    return {p.base,      p.volatility,    p.skew,    p.gamma, p.correlation,
            p.liquidity, p.concentration, p.account, p.orders};
}

}  // namespace

Result<AccountMargin> AccountMargin::make(const policy::Document& document, const market::Market& market) {
    auto model = margin::make_model(document, market);
    if (!model) return model.error();
    return AccountMargin{document, market, *std::move(model)};
}

AccountMargin::AccountMargin(const policy::Document& document, const market::Market& market,
                             std::unique_ptr<margin::Model> model)
    : market_{&market}, model_{std::move(model)}, document_{document} {}

void AccountMargin::begin(const record::Account& account) {
    margin_.reason.reset();
    margin_.policy = document_.id();
    margin_.model = document_.model();
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
    const auto& par = model_->view().par_assets;
    const auto id = market_->find_asset(currency);
    if (id && std::find(par.begin(), par.end(), currency) != par.end()) {
        cash_ = *id;
        return Ok{};
    }
    return Error{
        Errc::out_of_domain,
        fmt::format("account currency {}: want one that the policy takes at par", json::printable(currency)),
        "", 0};
}

Status AccountMargin::assess_cross(const record::Account& account) {
    if (Status resolved = convert::portfolio_of(account, *market_, portfolio_); !resolved) return resolved;
    if (Status required = model_->require(portfolio_, {}, requirement_); !required) return required;
    return finite(requirement_);
}

Status AccountMargin::isolate(const record::Account& account, std::size_t position) {
    if (Status resolved = convert::isolated_portfolio(account, position, *market_, cash_, portfolio_);
        !resolved)
        return resolved;
    if (Status required = model_->require(portfolio_, {}, requirement_); !required) return required;
    return finite(requirement_);
}

Status AccountMargin::add_isolated(const record::Account& account, std::size_t i) {
    if (Status resolved = convert::isolated_portfolio(account, i, *market_, cash_, portfolio_); !resolved)
        return resolved;
    if (Status required = model_->require(portfolio_, {}, one_); !required) return required;
    if (Status sound = finite(one_); !sound) return sound;
    requirement_.equity += one_.equity;
    requirement_.collateral_value += one_.collateral_value;
    requirement_.initial_margin += one_.initial_margin;
    requirement_.maintenance_margin += one_.maintenance_margin;
    requirement_.oldest = std::min(requirement_.oldest, one_.oldest);
    for (const auto part : all_parts) requirement_.parts.*part += one_.parts.*part;
    for (const margin::Assumption& assumption : one_.assumed) {
        auto& all = requirement_.assumed;
        if (std::find(all.begin(), all.end(), assumption) == all.end()) all.push_back(assumption);
    }
    for (const margin::SpeedNote& note : one_.speed) {
        auto& all = requirement_.speed;
        const auto same = [&](const margin::SpeedNote& known) { return known.asset == note.asset; };
        if (std::none_of(all.begin(), all.end(), same)) all.push_back(note);
    }
    record::IsolatedMargin& row = margin_.isolated.emplace_back();
    row = {account.positions[i].symbol, one_.equity, one_.initial_margin, one_.maintenance_margin,
           std::nullopt};
    if (one_.maintenance_margin > 0.0) row.health = one_.equity / one_.maintenance_margin;
    return Ok{};
}

Status AccountMargin::assess_isolated(const record::Account& account) {
    requirement_ = {};
    requirement_.oldest = market_->as_of();
    for (const record::Collateral& balance : account.collateral) {
        if (balance.qty >= 0.0) continue;
        return Error{Errc::out_of_domain,
                     fmt::format("want no debt beside isolated positions, got {} of {}", balance.qty,
                                 json::printable(balance.asset)),
                     "", 0};
    }
    for (std::size_t i = 0; i < account.positions.size(); ++i) {
        if (Status added = add_isolated(account, i); !added) return added;
    }
    to_exact_parts(requirement_);
    return finite(requirement_);
}

void AccountMargin::put_figures() {
    const margin::Requirement& r = requirement_;
    margin_.status = record::MarginStatus::ok;
    margin_.equity = r.equity;
    margin_.collateral_value = r.collateral_value;
    margin_.initial_margin = r.initial_margin;
    margin_.maintenance_margin = r.maintenance_margin;
    margin_.free_collateral = r.equity - r.initial_margin;
    if (r.maintenance_margin > 0.0) margin_.health = r.equity / r.maintenance_margin;
    // An account of isolated positions is as healthy as the worst of them.
    for (const record::IsolatedMargin& row : margin_.isolated) {
        if (row.health) margin_.health = std::min(*margin_.health, *row.health);
    }
    if (margin_.isolated.empty()) margin_.liquidation_threshold = r.liquidation_threshold;
    margin_.parts = to_record(r.parts);
    const auto off = model_->off();
    margin_.off.assign(off.begin(), off.end());
    if (r.has_worst && margin_.isolated.empty()) {
        record::WorstScenario& worst = margin_.worst_scenario.emplace();
        worst.moves.swap(moves_);
        worst.moves.clear();
        for (const auto& [asset, move] : r.worst.moves)
            worst.moves.emplace_back(market_->asset_name(asset), move);
        std::sort(worst.moves.begin(), worst.moves.end());
        worst.vol = vol_word(r.worst.vol);
        worst.loss = r.worst.loss;
    }
    for (const auto& [what, asset] : r.assumed) margin_.assumed.push_back({what, market_->asset_name(asset)});
    for (const auto& [asset, measured, in_use, speed] : r.speed)
        margin_.volatility.push_back({market_->asset_name(asset), measured, in_use, speed});
    margin_.as_of_ts = market_->as_of();
    margin_.oldest_input_ts = r.oldest;
}

void AccountMargin::put_indeterminate(const Error& error) {
    margin_.isolated.clear();
    margin_.status = record::MarginStatus::indeterminate;
    reason_ = fmt::format("{}: {}", errc_name(error.code), error.message);
    margin_.reason = reason_;
}

const record::Margin& AccountMargin::assess(const record::Account& account) {
    begin(account);
    Status assessed = check_currency(account);
    const bool isolated = account.margin_mode == record::MarginMode::isolated;
    if (assessed) assessed = isolated ? assess_isolated(account) : assess_cross(account);
    if (assessed) {
        put_figures();
    } else {
        put_indeterminate(assessed.error());
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
