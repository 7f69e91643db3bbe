// The positions and collateral of an account by underlying, repriced over every scenario.
#pragma once

#include <vector>

#include "margin/dynamic/grid.hpp"
#include "margin/model/account_valuation.hpp"

namespace tidemark::margin {

/// One underlying of the account at hand: what its positions and collateral lose together.
struct UnderlyingSet {
    market::AssetId underlying = 0;
    double exposure = 0.0;        // account currency for a move by the whole price
    double gross = 0.0;           // the same, every holding counted as a long one
    bool linear = true;           // holds no option
    double down = 0.0, up = 0.0;  // greatest loss over scenarios up to and above the price now, at least 0
    double worst = 0.0;           // the greater of them
    double held = 0.0;            // exposure of positions and debt, without collateral in the asset itself
    double balance = 0.0;         // exposure of what is held or owed of the asset itself
    double crossed = 0.0, option_delta = 0.0, vega = 0.0;  // of positions, see liquidity::OpenRisk
    double most = 0.0;  // that can be lost; infinite where nothing bounds it
    bool short_option = false;
};

/// Keeps the scenarios of each underlying and the priced row of each instrument until the market changes, so
/// that a position is one multiply-add over its row.
class UnderlyingSets {
public:
    UnderlyingSets(AccountValuation& prices, const DynamicParams& params, double shortfall);

    /// Sorts the portfolio into pools. Its instruments have to be priced by the book. Fails as Model::require
    /// does.
    Status fill(const market::Portfolio& portfolio, const market::Shift& shift, Timestamp now);

    /// The scenarios of the portfolio that was filled in, leg by leg; `worst` is the one that binds.
    Status tabulate(const market::Portfolio& portfolio, const WorstScenario& worst, ScenarioMatrix& out);

    [[nodiscard]] std::span<const UnderlyingSet> sets() const { return sets_; }
    /// Change of value of a pool in each scenario, times the scenario's weight.
    [[nodiscard]] std::span<double> changes(std::size_t set) { return {&pool_rows_[set * stride_], stride_}; }
    [[nodiscard]] const Range& range(market::AssetId id) { return grid_of(id).range; }
    [[nodiscard]] const Grid& grid(market::AssetId id) { return grid_of(id).grid; }
    [[nodiscard]] const std::vector<Scenario>& scenarios() const { return scenarios_; }

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
    Status add_collateral(const market::Balance& balance, double factor, Timestamp now);
    Status add_net(std::span<const market::Holding> held, const market::Shift& shift, Timestamp now);
    static void add_sensitivity(UnderlyingSet& set, const market::Priced& priced, double qty, double factor,
                                market::Sensitivity unit);
    void find_losses(std::size_t index);
    void start_rows(ScenarioMatrix& out);
    void add_leg(const ScenarioLeg& leg, std::span<const double> row, double scale,
                 ScenarioMatrix& out) const;
    Status add_instrument(std::span<const market::Holding> held, ScenarioMatrix& out);
    Status finish();

    AccountValuation& prices_;
    const DynamicParams& params_;
    double shortfall_;
    std::vector<Scenario> scenarios_;
    RowPricer pricer_;
    std::size_t stride_;

    std::vector<AssetGrid> grids_;           // by asset
    std::vector<std::uint64_t> row_stamps_;  // by instrument, of the row below; 0 is never
    std::vector<double> rows_;               // by instrument, stride_ each
    std::vector<UnderlyingSet> sets_;
    std::vector<double> pool_rows_;  // by pool, stride_ each
    std::vector<double> scratch_row_;
};

}  // namespace tidemark::margin
