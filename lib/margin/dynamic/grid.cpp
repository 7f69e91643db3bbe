#include "margin/dynamic/grid.hpp"

#include <algorithm>
#include <cmath>

#include "core/time.hpp"

namespace tidemark::margin {

std::vector<Scenario> scenario_list(const DynamicParams& params) {
    std::vector<Scenario> all;
    for (const VolMove vol : {VolMove::up, VolMove::none, VolMove::down}) {
        for (const double fraction : params.spot_fractions) all.push_back({fraction, vol, 1.0});
    }
    for (const double fraction : params.tail_fractions)
        all.push_back({fraction, VolMove::up, std::min(1.0, params.tail_damping / std::fabs(fraction))});
    return all;
}

Result<Grid> Grid::make(const std::vector<Scenario>& scenarios, const Range& range, double max_down_move) {
    std::vector<double> moves, weights;
    for (const Scenario& s : scenarios) {
        moves.push_back(std::max(-max_down_move, s.fraction * (s.fraction < 0.0 ? range.down : range.up)));
        weights.push_back(s.weight);
    }
    auto grid = pricing::MoveGrid::make(moves);
    if (!grid) return grid.error();
    Grid out{*std::move(grid), pricing::padded(weights), {}};
    for (std::size_t k = 0; k < moves.size(); ++k) out.linear.push_back(weights[k] * moves[k]);
    out.linear = pricing::padded(out.linear);
    return out;
}

RowPricer::RowPricer(const DynamicParams& params, const std::vector<Scenario>& scenarios) {
    shock_ = {.range_up = params.vol_range_up,
              .range_down = params.vol_range_down,
              .min_vol_for_up = AnnualVol{params.min_vol_on_up},
              .short_power = params.vol_power_short,
              .long_power = params.vol_power_long,
              .days_floor = params.vol_floor_days};
    for (const Scenario& s : scenarios) vol_moves_.push_back(s.vol);
}

void RowPricer::price(const market::Priced& priced, const Grid& grid, double factor, std::span<double> row) {
    if (priced.contract.kind == pricing::ContractKind::option) return price_option(priced, grid, factor, row);
    const double exposure = priced.exposure * factor;
    for (std::size_t k = 0; k < row.size(); ++k) row[k] = exposure * grid.linear[k];
}

void RowPricer::price_option(const market::Priced& priced, const Grid& grid, double factor,
                             std::span<double> row) {
    const pricing::ShockedVols vols =
        pricing::shocked_vols(AnnualVol{priced.vol}, priced.years * days_per_year, shock_);
    const double up = vols.up.value() / priced.vol, down = vols.down.value() / priced.vol;
    vol_factors_.resize(row.size());
    for (std::size_t k = 0; k < row.size(); ++k) {
        const VolMove move = vol_moves_[std::min(k, vol_moves_.size() - 1)];
        vol_factors_[k] = move == VolMove::up ? up : move == VolMove::down ? down : 1.0;
    }
    const double forward = priced.price * factor, strike = priced.contract.strike.value();
    pricing::option_row(row, grid.moves, vol_factors_, forward, strike, priced.std_dev,
                        priced.contract.option_type);
    const double now =
        factor == 1.0 ? priced.model_value
                      : pricing::black76_value(forward, strike, priced.std_dev, priced.contract.option_type);
    for (std::size_t k = 0; k < row.size(); ++k)
        row[k] = (row[k] - now) * (priced.conversion * grid.weights[k]);
}

}  // namespace tidemark::margin
