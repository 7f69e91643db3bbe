#include "margin/dynamic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "margin/by_instrument.hpp"
#include "margin/levels.hpp"
#include "margin/scenario_grid.hpp"

namespace tidemark::margin {
namespace {

constexpr std::array<std::string_view, 3> off_parts{"liquidity", "concentration", "orders"};

/// One underlying of the account at hand: what its positions and collateral lose together.
struct Pool {
    market::AssetId underlying = 0;
    double exposure = 0.0;  // account currency for a move by the whole price
    double gross = 0.0;     // the same, every holding counted as a long one
    double worst = 0.0;     // greatest loss of this pool alone, at least 0
};

/// What is left where holdings cancel is rounding, not risk.
double without_dust(double amount, double gross) {
    constexpr double rounding = 0x1p-44;
    return std::fabs(amount) <= rounding * gross ? 0.0 : amount;
}

class DynamicModel final : public Model {
public:
    DynamicModel(DynamicParams params, const market::Market& market, double shortfall)
        : params_{std::move(params)},
          shortfall_{shortfall},
          book_{market, params_},
          scenarios_{scenario_list(params_)},
          pricer_{params_, scenarios_},
          stride_{pricing::padded(std::vector<double>(scenarios_.size())).size()} {
        scratch_row_.resize(stride_);
        joint_.resize(stride_);
    }

    Status require(const market::Portfolio& portfolio, const market::Shift& shift, Requirement& out) override;
    Status scenarios(const market::Portfolio& portfolio, ScenarioTable& out) override;
    [[nodiscard]] std::span<const std::string_view> off() const override { return off_parts; }
    [[nodiscard]] const market::View& view() const override { return book_.view(); }
    [[nodiscard]] Result<double> collateral_unit(market::AssetId asset) const override {
        return book_.collateral_unit(asset);
    }

private:
    struct AssetGrid {
        std::uint64_t version = 0;  // of the volatility it was made for
        bool usable = false;
        Range range;
        Grid grid;
    };

    const AssetGrid& grid_of(market::AssetId id);
    std::span<const double> row_of(market::InstrumentId id, const market::Priced& priced, const Grid& grid,
                                   double factor);
    Result<std::size_t> pool_of(market::AssetId underlying, Timestamp now);
    Status add_net(market::InstrumentId id, double qty, double gross_qty, const market::Shift& shift,
                   Timestamp now);
    Status fill_pools(const market::Portfolio& portfolio, const market::Shift& shift, Timestamp now);
    Status add_collateral(const market::Balance& balance, double factor, Timestamp now);
    [[nodiscard]] std::span<double> losses(std::size_t pool) {
        return {&pool_rows_[pool * stride_], stride_};
    }
    double joint_loss(std::size_t& worst_index);
    [[nodiscard]] double correlated(double joint, double alone, double squares) const;
    [[nodiscard]] std::pair<double, double> correlation_bounds() const;
    void add_parts(double gamma_level, double risk, double multiplier, Requirement& out);
    void add_worst(std::size_t index, double loss, Requirement& out);
    void start_rows(ScenarioMatrix& out);
    void add_leg(const ScenarioLeg& leg, std::span<const double> row, double scale,
                 ScenarioMatrix& out) const;

    DynamicParams params_;
    double shortfall_;
    Book book_;
    std::vector<Scenario> scenarios_;
    RowPricer pricer_;
    std::size_t stride_;

    std::vector<AssetGrid> grids_;           // by asset
    std::vector<std::uint64_t> row_stamps_;  // by instrument, of the row below; 0 is never
    std::vector<double> rows_;               // by instrument, stride_ each
    std::vector<Pool> pools_;
    std::vector<double> pool_rows_;  // by pool, stride_ each
    std::vector<double> scratch_row_, joint_;
};

const DynamicModel::AssetGrid& DynamicModel::grid_of(market::AssetId id) {
    if (grids_.size() <= id) grids_.resize(book_.market().assets());
    AssetGrid& cached = grids_[id];
    const market::Asset& asset = book_.market().asset(id);
    if (cached.version == asset.vol_version) return cached;
    cached.version = asset.vol_version;
    cached.usable = false;
    if (!asset.vol) return cached;
    cached.range = range_of(*asset.vol, shortfall_, params_);
    auto grid = Grid::make(scenarios_, cached.range, params_.max_down_move);
    cached.usable = static_cast<bool>(grid);
    if (grid) cached.grid = *std::move(grid);
    return cached;
}

std::span<const double> DynamicModel::row_of(market::InstrumentId id, const market::Priced& priced,
                                             const Grid& grid, double factor) {
    if (factor != 1.0) {
        pricer_.price(priced, grid, factor, scratch_row_);
        return scratch_row_;
    }
    if (row_stamps_.size() <= id) {
        row_stamps_.resize(book_.market().instruments());
        rows_.resize(row_stamps_.size() * stride_);
    }
    const std::span<double> row{&rows_[id * stride_], stride_};
    if (row_stamps_[id] != book_.stamp(id)) {
        pricer_.price(priced, grid, 1.0, row);
        row_stamps_[id] = book_.stamp(id);
    }
    return row;
}

Result<std::size_t> DynamicModel::pool_of(market::AssetId underlying, Timestamp now) {
    for (std::size_t i = 0; i < pools_.size(); ++i) {
        if (pools_[i].underlying == underlying) return i;
    }
    const auto& vol = book_.market().asset(underlying).vol;
    const std::string& name = book_.market().asset_name(underlying);
    if (!vol || !grid_of(underlying).usable)
        return Error{Errc::missing_market, fmt::format("no vol of {}", name), "", 0};
    if (now.ms - vol->ts.ms > book_.view().vol_max_age_ms)
        return Error{Errc::stale,
                     fmt::format("the vol of {} is of {}, more than {} s before {}", name,
                                 to_rfc3339(vol->ts), book_.view().vol_max_age_ms / 1000, to_rfc3339(now)),
                     "", 0};
    pools_.push_back({underlying});
    if (pool_rows_.size() < pools_.size() * stride_) pool_rows_.resize(pools_.size() * stride_);
    std::fill_n(&pool_rows_[(pools_.size() - 1) * stride_], stride_, 0.0);
    return pools_.size() - 1;
}

/// Collateral moves with its asset. What the policy takes at par does not, unless a volatility says
/// otherwise.
Status DynamicModel::add_collateral(const market::Balance& balance, double factor, Timestamp now) {
    const auto& par = params_.par_assets;
    const bool at_par =
        std::find(par.begin(), par.end(), book_.market().asset_name(balance.asset)) != par.end();
    if (at_par && !book_.market().asset(balance.asset).vol) return Ok{};
    const auto value = book_.lens().asset(balance.asset);
    if (!value) return value.error();
    const auto pool = pool_of(balance.asset, now);
    if (!pool) return pool.error();
    const double exposure = balance.qty * value->price * factor;
    pools_[*pool].exposure += exposure;
    pools_[*pool].gross += std::fabs(exposure);
    pricing::add_row(losses(*pool), grid_of(balance.asset).grid.linear, exposure);
    return Ok{};
}

Status DynamicModel::add_net(market::InstrumentId id, double qty, double gross_qty,
                             const market::Shift& shift, Timestamp now) {
    const market::Priced& priced = book_.priced(id);
    const auto pool = pool_of(priced.underlying, now);
    if (!pool) return pool.error();
    if (qty == 0.0) return Ok{};
    const double factor = market::factor_of(shift, priced.underlying);
    const auto row = row_of(id, priced, grid_of(priced.underlying).grid, factor);
    pricing::add_row(losses(*pool), row, qty);
    pools_[*pool].exposure += qty * priced.exposure;
    pools_[*pool].gross += gross_qty * std::fabs(priced.exposure);
    return Ok{};
}

Status DynamicModel::fill_pools(const market::Portfolio& portfolio, const market::Shift& shift,
                                Timestamp now) {
    pools_.clear();
    for (const market::Balance& balance : portfolio.balances) {
        Status added = add_collateral(balance, market::factor_of(shift, balance.asset), now);
        if (!added) return added;
    }
    for (std::size_t i = 0; i < portfolio.holdings.size();) {
        const market::InstrumentId id = portfolio.holdings[i].instrument;
        double qty = 0.0, gross = 0.0;
        for (; i < portfolio.holdings.size() && portfolio.holdings[i].instrument == id; ++i) {
            qty += portfolio.holdings[i].qty;
            gross += std::fabs(portfolio.holdings[i].qty);
        }
        if (Status added = add_net(id, qty, gross, shift, now); !added) return added;
    }
    for (Pool& pool : pools_) {
        if (!std::isfinite(pool.gross))
            return Error{Errc::out_of_domain, "amounts beyond what a double holds", "", 0};
        pool.exposure = without_dust(pool.exposure, pool.gross);
    }
    return Ok{};
}

/// Loss where every underlying makes the same part of its range at once: the market factor alone.
double DynamicModel::joint_loss(std::size_t& worst_index) {
    std::fill(joint_.begin(), joint_.end(), 0.0);
    for (std::size_t i = 0; i < pools_.size(); ++i) pricing::add_row(joint_, losses(i), 1.0);
    const pricing::Minimum worst = pricing::min_of(joint_);
    worst_index = worst.index;
    return std::max(0.0, -worst.value);
}

std::pair<double, double> DynamicModel::correlation_bounds() const {
    double low = 1.0, high = 0.0;
    for (std::size_t i = 0; i < pools_.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const auto rho = book_.market().correlation(pools_[i].underlying, pools_[j].underlying);
            if (!rho) return {params_.correlation_low, params_.correlation_high};
            low = std::min(low, *rho);
            high = std::max(high, *rho);
        }
    }
    return {std::clamp(low - params_.correlation_band, params_.correlation_low, params_.correlation_high),
            std::clamp(high + params_.correlation_band, params_.correlation_low, params_.correlation_high)};
}

/// Each underlying moves by sqrt(rho) of a market factor and sqrt(1 - rho) of its own; the worst point of
/// that ellipsoid for losses that add along the factor and as squares across it. Exact for linear books:
/// sqrt(w'Cw) with one correlation.
double DynamicModel::correlated(double joint, double alone, double squares) const {
    if (pools_.size() < 2) return alone;
    const auto [low, high] = correlation_bounds();
    const auto at = [&](double rho) { return std::sqrt(rho * joint * joint + (1.0 - rho) * squares); };
    return std::min(alone, std::max(at(low), at(high)));
}

void DynamicModel::add_parts(double gamma_level, double risk, double multiplier, Requirement& out) {
    double base = 0.0, volatility = 0.0, skew = 0.0;
    for (const Pool& pool : pools_) {
        const Range& range = grid_of(pool.underlying).range;
        base += std::fabs(pool.exposure) * range.base;
        volatility += std::fabs(pool.exposure) * range.base * range.multiplier;
        skew += std::fabs(pool.exposure) * (pool.exposure > 0.0 ? range.down : range.up);
    }
    std::array<double, 6> levels{base, volatility, skew, gamma_level, risk, risk * multiplier};
    to_exact_grid(levels);
    out.parts = {};
    out.parts.base = levels[0];
    out.parts.volatility = levels[1] - levels[0];
    out.parts.skew = levels[2] - levels[1];
    out.parts.gamma = levels[3] - levels[2];
    out.parts.correlation = levels[4] - levels[3];
    out.parts.account = levels[5] - levels[4];
    out.initial_margin = levels[5];
}

void DynamicModel::add_worst(std::size_t index, double loss, Requirement& out) {
    const Scenario& scenario = scenarios_[std::min(index, scenarios_.size() - 1)];
    out.has_worst = true;
    out.worst.moves.clear();
    out.worst.vol = scenario.vol;
    out.worst.loss = loss;
    for (const Pool& pool : pools_)
        out.worst.moves.emplace_back(pool.underlying,
                                     grid_of(pool.underlying).grid.moves.factor[index] - 1.0);
}

Status DynamicModel::require(const market::Portfolio& portfolio, const market::Shift& shift,
                             Requirement& out) {
    if (Status valued = book_.value(portfolio, shift, out); !valued) return valued;
    const Timestamp now = book_.market().as_of(portfolio.ts);
    if (Status filled = fill_pools(portfolio, shift, now); !filled) return filled;
    double alone = 0.0, squares = 0.0;
    for (std::size_t i = 0; i < pools_.size(); ++i) {
        pools_[i].worst = std::max(0.0, without_dust(-pricing::min_of(losses(i)).value, pools_[i].gross));
        alone += pools_[i].worst;
        squares += pools_[i].worst * pools_[i].worst;
    }
    std::size_t worst_index = 0;
    const double joint = pools_.size() == 1 ? alone : pools_.empty() ? 0.0 : joint_loss(worst_index);
    if (pools_.size() == 1) worst_index = pricing::min_of(losses(0)).index;
    const double multiplier =
        std::clamp(portfolio.multiplier, params_.account_multiplier_floor, params_.account_multiplier_cap);
    const double risk = correlated(joint, alone, squares);
    out.has_worst = false;
    if (shift.empty()) {
        add_parts(alone, risk, multiplier, out);
        if (!pools_.empty()) add_worst(worst_index, joint, out);
        for (const Pool& pool : pools_)
            out.oldest = std::min(out.oldest, book_.market().asset(pool.underlying).vol->ts);
    } else {
        out.initial_margin = risk * multiplier;
    }
    out.maintenance_margin = params_.maintenance_ratio * out.initial_margin;
    return Ok{};
}

/// The scenarios of the account: every underlying makes the same part of its own range at once.
void DynamicModel::start_rows(ScenarioMatrix& out) {
    for (std::size_t k = 0; k < scenarios_.size(); ++k) {
        ScenarioRow& row = out.rows.emplace_back();
        for (const Pool& pool : pools_)
            row.moves.emplace_back(pool.underlying, grid_of(pool.underlying).grid.moves.factor[k] - 1.0);
        const VolMove vol = scenarios_[k].vol;
        row.vol = vol == VolMove::up     ? VolScenario::up
                  : vol == VolMove::down ? VolScenario::down
                                         : VolScenario::none;
        row.weight = scenarios_[k].weight;
    }
}

void DynamicModel::add_leg(const ScenarioLeg& leg, std::span<const double> row, double scale,
                           ScenarioMatrix& out) const {
    out.legs.push_back(leg);
    for (std::size_t k = 0; k < scenarios_.size(); ++k) {
        out.rows[k].losses.push_back(-scale * row[k]);
        out.rows[k].loss -= scale * row[k];
    }
}

Status DynamicModel::scenarios(const market::Portfolio& portfolio, ScenarioTable& out) {
    out = {};
    Requirement whole;
    if (Status required = require(portfolio, {}, whole); !required) return required;
    if (pools_.empty()) return Ok{};
    ScenarioMatrix& matrix = out.matrices.emplace_back();
    for (const Pool& pool : pools_) matrix.underlyings.push_back(pool.underlying);
    start_rows(matrix);
    const auto pooled = [&](market::AssetId id) {
        return std::find(matrix.underlyings.begin(), matrix.underlyings.end(), id) !=
               matrix.underlyings.end();
    };
    for (const market::Balance& balance : portfolio.balances) {
        if (!pooled(balance.asset)) continue;
        const auto value = book_.lens().asset(balance.asset);
        if (!value) return value.error();
        add_leg({{balance.asset, true}, balance.qty}, grid_of(balance.asset).grid.linear,
                balance.qty * value->price, matrix);
    }
    Status added = for_each_instrument(portfolio, [&](std::span<const market::Holding> held) -> Status {
        const market::InstrumentId id = held.front().instrument;
        const market::Priced& priced = book_.priced(id);
        const double qty = net_qty(held);
        add_leg({{id, false}, qty}, row_of(id, priced, grid_of(priced.underlying).grid, 1.0), qty, matrix);
        return Ok{};
    });
    matrix.loss = whole.worst.loss;
    for (std::size_t k = matrix.rows.size(); k-- > 0 && whole.worst.loss > 0.0;) {
        const bool same_vol = scenarios_[k].vol == whole.worst.vol;
        if (same_vol && matrix.rows[k].moves == whole.worst.moves) matrix.worst = k;
    }
    return added;
}

Error contradiction(std::string_view field, std::string_view wanted) {
    return {Errc::policy, std::string{wanted}, std::string{field}, 0};
}

Status consistent(const DynamicParams& p) {
    if (p.correlation_low > p.correlation_high)
        return contradiction("correlation_low", "want it not above correlation_high");
    const auto has = [&](double fraction) {
        return std::find(p.spot_fractions.begin(), p.spot_fractions.end(), fraction) !=
               p.spot_fractions.end();
    };
    if (!has(-1.0) || !has(0.0) || !has(1.0))
        return contradiction("spot_fractions", "want -1, 0 and 1 among them");
    for (const double tail : p.tail_fractions) {
        if (!(std::fabs(tail) > 1.0))
            return contradiction("tail_fractions", "want each beyond the range: below -1 or above 1");
    }
    return Ok{};
}

}  // namespace

Result<std::unique_ptr<Model>> make_dynamic(const policy::Document& document, const market::Market& market) {
    auto params = document.params<DynamicParams>();
    if (!params) return params.error();
    if (const Status fits = consistent(*params); !fits) return fits.error();
    const auto shortfall = shortfall_factor(*params);
    if (!shortfall) return shortfall.error();
    return std::unique_ptr<Model>{std::make_unique<DynamicModel>(*std::move(params), market, *shortfall)};
}

}  // namespace tidemark::margin
