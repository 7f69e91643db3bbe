// The scenarios of one underlying: price moves as parts of its range, volatility up, unchanged and down.
#pragma once

#include <vector>

#include "margin/dynamic_params.hpp"
#include "margin/model.hpp"
#include "pricing/row_kernel.hpp"
#include "pricing/vol_shock.hpp"

namespace tidemark::margin {

/// How far an underlying may go over the horizon: fractions of its price.
struct Range {
    double base = 0.0;            // expected shortfall at the long-run anchor
    double multiplier = 1.0;      // volatility in use over that anchor, bounded
    double down = 0.0, up = 0.0;  // base times multiplier times the skew of each side
};

/// ES at the confidence of a unit-variance Student t over the horizon, in units of annual volatility.
Result<double> shortfall_factor(const DynamicParams& params);

/// base = factor x base_annual_vol; multiplier = clamp(annual_vol / base_annual_vol); each side scaled by
/// what its 25-delta volatility is over the one at the money, where that is more.
Range range_of(const market::VolState& vol, double shortfall_factor, const DynamicParams& params);

struct Scenario {
    double fraction;  // of the range on its side
    VolMove vol;
    double weight;  // of the loss
};

/// The list that every underlying shares: spot fractions under each volatility move, then the tails.
std::vector<Scenario> scenario_list(const DynamicParams& params);

/// The scenarios of one underlying as columns for the row kernel.
struct Grid {
    pricing::MoveGrid moves;
    std::vector<double> weights;  // padded as the moves are
    std::vector<double> linear;   // weight times move: the row of a linear contract of unit exposure

    static Result<Grid> make(const std::vector<Scenario>& scenarios, const Range& range,
                             double max_down_move);
};

/// Rows of one unit: change of value in each scenario times its weight, where the underlying stands at
/// `factor` times its price now. Account currency.
class RowPricer {
public:
    RowPricer(const DynamicParams& params, const std::vector<Scenario>& scenarios);
    void price(const market::Priced& priced, const Grid& grid, double factor, std::span<double> row);

private:
    void price_option(const market::Priced& priced, const Grid& grid, double factor, std::span<double> row);

    pricing::VolShock shock_;
    std::vector<VolMove> vol_moves_;
    std::vector<double> vol_factors_;
};

}  // namespace tidemark::margin
