// The scenarios of one underlying: price moves as parts of its range, volatility up, unchanged and down.
#pragma once

#include <vector>

#include "margin/dynamic/range.hpp"
#include "margin/model/model.hpp"
#include "pricing/row_kernel.hpp"
#include "pricing/vol_shock.hpp"

namespace tidemark::margin {

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
