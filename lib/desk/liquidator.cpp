#include "desk/liquidator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/time.hpp"
#include "liquidation/advice.hpp"
#include "liquidation/standing.hpp"

namespace tidemark::desk {
namespace {

record::LiquidationStatus to_record(liquidation::Standing standing) {
    switch (standing) {
        case liquidation::Standing::healthy:
            return record::LiquidationStatus::healthy;
        case liquidation::Standing::margin_call:
            return record::LiquidationStatus::margin_call;
        case liquidation::Standing::liquidate:
            return record::LiquidationStatus::liquidate;
        case liquidation::Standing::bankrupt:
            break;
    }
    return record::LiquidationStatus::bankrupt;
}

/// An amount as advice is given: rounded away from 0 to 12 digits, so that it is enough and can be typed.
double rounded_up(double amount) {
    constexpr double least_rounded = 1e-280,
                     most_rounded = 1e280;  // beyond, the powers below leave the doubles
    if (!(std::fabs(amount) > least_rounded && std::fabs(amount) < most_rounded)) return amount;
    const int exponent = static_cast<int>(std::floor(std::log10(std::fabs(amount)))) - 11;
    const double unit = std::pow(10.0, std::abs(exponent));
    const auto at = [&](double steps) { return exponent < 0 ? steps / unit : steps * unit; };
    double steps = std::ceil(exponent < 0 ? std::fabs(amount) * unit : std::fabs(amount) / unit);
    if (at(steps) < std::fabs(amount)) ++steps;  // the product above may have been rounded down
    return std::copysign(at(steps), amount);
}

/// Roots of one path alternate outwards from the price now: the nearest ends what holds now, the next begins
/// it again.
record::Edge edge_of(const liquidation::Case& account, const std::vector<liquidation::Root>& roots,
                     const liquidation::Root& root) {
    const auto nearer = std::ranges::count_if(roots, [&](const liquidation::Root& other) {
        const bool same_path = other.all == root.all && (root.all || other.underlying == root.underlying);
        const bool same_side = (other.factor < 1.0) == (root.factor < 1.0);
        return same_path && same_side && std::fabs(std::log(other.factor)) < std::fabs(std::log(root.factor));
    });
    const bool below = account.now.equity < account.now.maintenance_margin;
    return (nearer % 2 == 1) == below ? record::Edge::kills : record::Edge::saves;
}

}  // namespace

Liquidator::Liquidator(AccountMargin account_margin, LiquidationOptions options)
    : account_margin_{std::move(account_margin)}, options_{std::move(options)} {
    for (const double hours : options_.horizon_hours) horizon_names_.push_back(fmt::format("{}h", hours));
}

void Liquidator::put_indeterminate(std::string_view reason) {
    out_.status = record::LiquidationStatus::indeterminate;
    reason_ = reason;
    out_.reason = reason_;
    out_.roots.clear();
    out_.touch_prob.clear();
}

/// What the account has over its margin is known all the same, but not that it is safe: an account that would
/// be healthy is indeterminate, one below its margin stays so.
void Liquidator::put_no_distance(const Error& error) {
    if (out_.status == record::LiquidationStatus::healthy)
        out_.status = record::LiquidationStatus::indeterminate;
    reason_ = fmt::format("{}: {}", errc_name(error.code), error.message);
    out_.reason = reason_;
    out_.roots.clear();
    out_.touch_prob.clear();
    out_.distance_rate = out_.distance_sigmas = std::nullopt;
    out_.top_up.clear();
    out_.reduce.clear();
}

void Liquidator::put_status() {
    const liquidation::AccountStanding account = liquidation::standing(account_margin_.judged().sets());
    out_.status = to_record(account.standing);
    out_.health = account.health;
    out_.buffer = account.buffer;
    out_.shortfall = account.shortfall;
}

liquidation::Case Liquidator::case_of(const margin::NettingSet& set) const {
    return {account_margin_.model(), account_margin_.market(), set.portfolio, set.requirement};
}

Status Liquidator::put_distance(const margin::NettingSet& set) {
    const liquidation::Case account = case_of(set);
    const auto roots = liquidation::roots(account);
    if (!roots) return roots.error();
    for (const liquidation::Root& root : *roots) {
        record::Root& row = out_.roots.emplace_back();
        const auto price = liquidation::price_of(account, root.underlying);
        row.underlying = root.all ? record::whole_market
                                  : std::string_view{account_margin_.market().asset_name(root.underlying)};
        row.price = root.factor * (root.all ? 1.0 : price.value_or(1.0));
        row.move_rate = root.factor - 1.0;
        row.sigmas = root.sigmas == 0.0 ? std::nullopt : std::optional{root.sigmas};
        row.side = root.factor < 1.0 ? record::Side::down : record::Side::up;
        row.edge = edge_of(account, *roots, root);
        if (root.all) continue;
        out_.distance_rate = std::min(out_.distance_rate.value_or(INFINITY), std::fabs(row.move_rate));
        if (row.sigmas)
            out_.distance_sigmas = std::min(out_.distance_sigmas.value_or(INFINITY), std::fabs(*row.sigmas));
    }
    put_touch(account, *roots);
    return Ok{};
}

/// An account whose probability is not known for one of its sets has none: the others would say less than is
/// true.
void Liquidator::put_touch(const liquidation::Case& account, const std::vector<liquidation::Root>& roots) {
    for (std::size_t i = 0; i < horizon_names_.size(); ++i) {
        const double years = options_.horizon_hours[i] / hours_per_year;
        const auto touch = liquidation::touch_probability(account, roots, years);
        if (!touch) unknown_touch_ = touch.error();
        if (out_.touch_prob.size() <= i) out_.touch_prob.emplace_back(horizon_names_[i], 0.0);
        if (touch) out_.touch_prob[i].second = std::max(out_.touch_prob[i].second, *touch);
    }
}

Status Liquidator::put_advice(const margin::NettingSet& set) {
    const liquidation::Case account = case_of(set);
    std::vector<market::AssetId> assets{account_margin_.cash()};
    for (const market::Balance& balance : account.portfolio.balances) assets.push_back(balance.asset);
    std::sort(assets.begin(), assets.end(), [&](auto a, auto b) {
        return account_margin_.market().asset_rank(a) < account_margin_.market().asset_rank(b);
    });
    assets.erase(std::unique(assets.begin(), assets.end()), assets.end());
    for (const market::AssetId asset : assets) {
        const auto amount = liquidation::top_up(account, asset);
        if (!amount) return amount.error();
        if (*amount)
            out_.top_up.emplace_back(account_margin_.market().asset_name(asset), rounded_up(**amount));
    }
    const auto cuts = liquidation::smallest_cut(account, account_margin_.cash());
    if (!cuts) return cuts.error();
    for (const liquidation::Cut& cut : *cuts)
        out_.reduce.push_back({account_margin_.market().symbol(cut.instrument), rounded_up(cut.qty)});
    return Ok{};
}

/// How far each set is, and what would save an account that is netted as a whole.
Status Liquidator::put_ways() {
    const margin::JudgedAccount& judged = account_margin_.judged();
    for (const margin::NettingSet& set : judged.sets()) {
        if (!options_.distance) break;
        if (Status done = put_distance(set); !done) return done;
    }
    if (unknown_touch_) {
        reason_ = fmt::format("{}: {}", errc_name(unknown_touch_->code), unknown_touch_->message);
        out_.reason = reason_;
        out_.touch_prob.clear();
    }
    const bool below = out_.status != record::LiquidationStatus::healthy;
    return judged.whole() && options_.advice && below ? put_advice(judged.sets().front()) : Ok{};
}

const record::Liquidation& Liquidator::judge(const record::Account& account) {
    out_ = record::Liquidation{};
    unknown_touch_.reset();
    const record::Margin& margin = account_margin_.assess(account);
    if (margin.status == record::MarginStatus::indeterminate) {
        put_indeterminate(*margin.reason);
        return out_;
    }
    put_status();
    if (const Status done = put_ways(); !done) put_no_distance(done.error());
    return out_;
}

}  // namespace tidemark::desk
