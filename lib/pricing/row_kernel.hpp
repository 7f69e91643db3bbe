// Prices of one option over a whole grid of moves: the inner loop of every scenario margin.
//
//     const auto moves = MoveGrid::make(price_moves).value();       // once a policy
//     std::vector<double> row(moves.padded_size());                 // once an instrument
//     option_row(row, moves, vol_factors, forward, strike, annual_vol * sqrt(years), OptionType::put);
//     add_row(account_pnl, row, qty);                               // once a position
//     const Minimum worst = min_of(std::span{account_pnl}.first(moves.size()));
//
// Elementwise and without contraction, so every instruction set gives the same bits.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/result.hpp"
#include "pricing/option_type.hpp"

namespace tidemark::pricing {

/// The moves a row is priced over, as columns. Padded to a multiple of 8 by repeating the last move,
/// so that a first-of-ties minimum over the padded row is still that of the real one.
struct MoveGrid {
    std::vector<double> log_factor;  // ln(1 + move)
    std::vector<double> factor;      // 1 + move
    std::size_t moves = 0;           // before padding

    /// From fractional moves, -0.16 for 16 % down. Fails with out_of_domain where a move is not above -1
    /// or not finite, with not_enough_data where there is none.
    static Result<MoveGrid> make(std::span<const double> fractional_moves);

    [[nodiscard]] std::size_t size() const { return moves; }
    [[nodiscard]] std::size_t padded_size() const { return factor.size(); }
};

/// A column beside a MoveGrid (vol factors, weights), padded as the grid is: by repeating its last value.
std::vector<double> padded(std::span<const double> column);

enum class Isa { sse2, avx2, avx512 };  // sse2 stands for the plain build on other processors

/// The widest instruction set this processor has.
Isa best_isa();

/// out[k] = undiscounted Black-76 value at forward * factor[k] with total standard deviation
/// std_dev * vol_factor[k]; intrinsic where that deviation is 0. Per unit, in the strike's currency.
/// Wants out.size() <= moves.padded_size() and <= vol_factor.size(); forward, strike > 0; the rest >= 0.
/// Within 1e-15 of the larger of the moved forward and the strike; within 1e-12 of the price itself where
/// that is above 1e-12 forward and the deviation above 0.002 (Black 1976 in the Mills-ratio form of
/// pricing/mills.hpp).
void option_row(std::span<double> out, const MoveGrid& moves, std::span<const double> vol_factor,
                double forward, double strike, double std_dev, OptionType type, Isa isa = best_isa());

/// acc[k] += qty * row[k], over acc.size() entries.
void add_row(std::span<double> acc, std::span<const double> row, double qty, Isa isa = best_isa());

struct Minimum {
    double value;
    std::size_t index;  // of the first of equals
};

/// The smallest value and where it is. Wants at least one value, none of them NaN.
Minimum min_of(std::span<const double> values);

}  // namespace tidemark::pricing
