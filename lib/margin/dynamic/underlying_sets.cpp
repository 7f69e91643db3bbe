#include "margin/dynamic/underlying_sets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/errors.hpp"
#include "core/rounding.hpp"
#include "margin/model/by_instrument.hpp"
#include "market/agreement.hpp"

namespace tidemark::margin {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// What is left where holdings cancel is rounding, not risk.
double without_dust(double amount, double gross) {
    return is_rounding(std::fabs(amount), gross) ? 0.0 : amount;
}

}  // namespace

UnderlyingSets::UnderlyingSets(AccountValuation& prices, const DynamicParams& params, double shortfall)
    : prices_{prices},
      params_{params},
      shortfall_{shortfall},
      scenarios_{scenario_list(params)},
      pricer_{params, scenarios_},
      stride_{pricing::padded(std::vector<double>(scenarios_.size())).size()} {
    scratch_row_.resize(stride_);
}

const UnderlyingSets::AssetGrid& UnderlyingSets::grid_of(market::AssetId id) {
    if (grids_.size() <= id) grids_.resize(prices_.market().assets());
    AssetGrid& cached = grids_[id];
    const market::Asset& asset = prices_.market().asset(id);
    if (cached.version == asset.vol_version) return cached;
    cached.version = asset.vol_version;
    cached.usable = false;
    if (!asset.vol) return cached;
    cached.range = range_of(*asset.vol, limited_vol(asset.vol_steps, params_), shortfall_, params_);
    auto grid = Grid::make(scenarios_, cached.range, params_.max_down_move);
    cached.usable = static_cast<bool>(grid);
    if (grid) cached.grid = *std::move(grid);
    return cached;
}

std::span<const double> UnderlyingSets::row_of(market::InstrumentId id, const market::Priced& priced,
                                               const Grid& grid, double factor) {
    if (factor != 1.0) {
        pricer_.price(priced, grid, factor, scratch_row_);
        return scratch_row_;
    }
    if (row_stamps_.size() <= id) {
        row_stamps_.resize(prices_.market().instruments());
        rows_.resize(row_stamps_.size() * stride_);
    }
    const std::span<double> row{&rows_[id * stride_], stride_};
    if (row_stamps_[id] != prices_.stamp(id)) {
        pricer_.price(priced, grid, 1.0, row);
        row_stamps_[id] = prices_.stamp(id);
    }
    return row;
}

Result<std::size_t> UnderlyingSets::pool_of(market::AssetId underlying, Timestamp now) {
    for (std::size_t i = 0; i < sets_.size(); ++i) {
        if (sets_[i].underlying == underlying) return i;
    }
    const auto& vol = prices_.market().asset(underlying).vol;
    const std::string& name = prices_.market().asset_name(underlying);
    if (!vol || !grid_of(underlying).usable)
        return Error{Errc::missing_market, fmt::format("no vol of {}", name), "", 0};
    if (Status fresh = prices_.view().vols.check(vol->ts, now, "vol", name); !fresh) return fresh.error();
    if (Status near = market::near_options(prices_.market().asset(underlying), name); !near)
        return near.error();
    sets_.push_back({underlying});
    if (pool_rows_.size() < sets_.size() * stride_) pool_rows_.resize(sets_.size() * stride_);
    std::fill_n(&pool_rows_[(sets_.size() - 1) * stride_], stride_, 0.0);
    return sets_.size() - 1;
}

/// Collateral moves with its asset. What the policy takes at par does not, unless a volatility says
/// otherwise.
Status UnderlyingSets::add_collateral(const market::Balance& balance, double factor, Timestamp now) {
    const auto& par = params_.par_assets;
    const bool at_par =
        std::find(par.begin(), par.end(), prices_.market().asset_name(balance.asset)) != par.end();
    if (at_par && !prices_.market().asset(balance.asset).vol) return Ok{};
    const auto value = prices_.valuation().asset(balance.asset);
    if (!value) return value.error();
    const auto set = pool_of(balance.asset, now);
    if (!set) return set.error();
    const double exposure = balance.qty * value->price * factor;
    sets_[*set].exposure += exposure;
    sets_[*set].gross += std::fabs(exposure);
    sets_[*set].most = exposure >= 0.0 ? sets_[*set].most + exposure : infinite;
    sets_[*set].balance += exposure;
    if (exposure < 0.0) {  // what is owed has to be bought
        sets_[*set].held += exposure;
        sets_[*set].crossed -= exposure;
    }
    pricing::add_row(changes(*set), grid_of(balance.asset).grid.linear, exposure);
    return Ok{};
}

Status UnderlyingSets::add_net(std::span<const market::Holding> held, const market::Shift& shift,
                               Timestamp now) {
    const market::Priced& priced = prices_.priced(held.front().instrument);
    const auto set = pool_of(priced.underlying, now);
    if (!set) return set.error();
    const double qty = net_qty(held);
    if (qty == 0.0) return Ok{};
    const double factor = market::factor_of(shift, priced.underlying);
    const Grid& grid = grid_of(priced.underlying).grid;
    const auto [exposure, vega] = market::sensitivity(priced, factor);
    if (params_.repricing > 0.0) {
        const auto row = row_of(held.front().instrument, priced, grid, factor);
        pricing::add_row(changes(*set), row, qty * params_.repricing);
    }
    if (params_.repricing < 1.0)
        pricing::add_row(changes(*set), grid.linear, qty * exposure * (1.0 - params_.repricing));
    double gross = 0.0;
    for (const market::Holding& holding : held) gross += std::fabs(holding.qty);
    add_sensitivity(sets_[*set], priced, qty, factor, {exposure, vega});
    sets_[*set].gross += gross * std::fabs(priced.exposure);
    return Ok{};
}

void UnderlyingSets::add_sensitivity(UnderlyingSet& set, const market::Priced& priced, double qty,
                                     double factor, market::Sensitivity unit) {
    const auto [exposure, vega] = unit;
    set.exposure += qty * exposure;
    set.held += qty * exposure;
    const bool option = priced.contract.kind == pricing::ContractKind::option;
    const bool bounded = option || priced.contract.kind == pricing::ContractKind::spot;
    set.most = bounded && qty > 0.0 ? set.most + qty * market::unit_value(priced, 0.0, factor) : infinite;
    if (!option) {
        set.crossed += std::fabs(qty * exposure);
        return;
    }
    set.linear = false;
    set.option_delta += qty * exposure;
    set.vega += std::fabs(qty * vega);
    set.short_option = set.short_option || qty < 0.0;
}

void UnderlyingSets::find_losses(std::size_t index) {
    UnderlyingSet& set = sets_[index];
    const std::span<const double> change = changes(index);
    double down = 0.0, up = 0.0;
    for (std::size_t k = 0; k < scenarios_.size(); ++k) {
        const bool rises = scenarios_[k].fraction > 0.0;
        up = std::min(up, rises ? change[k] : 0.0);
        down = std::min(down, rises ? 0.0 : change[k]);
    }
    set.down = without_dust(0.0 - down, set.gross);
    set.up = without_dust(0.0 - up, set.gross);
    set.worst = std::max(set.down, set.up);
}

Status UnderlyingSets::finish() {
    for (std::size_t i = 0; i < sets_.size(); ++i) {
        UnderlyingSet& set = sets_[i];
        if (!std::isfinite(set.gross)) return amounts_overflow();
        set.exposure = without_dust(set.exposure, set.gross);
        set.held = without_dust(set.held, set.gross);
        set.crossed += std::fabs(set.option_delta);
        find_losses(i);
    }
    return Ok{};
}

Status UnderlyingSets::fill(const market::Portfolio& portfolio, const market::Shift& shift, Timestamp now) {
    sets_.clear();
    for (const market::Balance& balance : portfolio.balances) {
        Status added = add_collateral(balance, market::factor_of(shift, balance.asset), now);
        if (!added) return added;
    }
    const Status added = for_each_instrument(
        portfolio, [&](std::span<const market::Holding> held) { return add_net(held, shift, now); });
    return added ? finish() : added;
}

}  // namespace tidemark::margin
