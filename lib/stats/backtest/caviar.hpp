// Value at risk that follows its own past: CAViaR of Engle and Manganelli (2004), JBES 22(4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace tidemark::stats {

/// Value at risk q is a positive loss; y is the last return:
enum class Caviar {
    symmetric_absolute_value,  // b1 + b2 q + b3 |y|
    asymmetric_slope,          // b1 + b2 q + b3 max(y, 0) + b4 max(-y, 0)
    indirect_garch,            // sqrt(b1 + b2 q^2 + b3 y^2)
    adaptive,                  // q + b1 (1/(1 + exp(G (y + q))) - theta)
};

/// The paper's short names: SAV, AS, IG, AD. Fails with out_of_domain for another.
Result<Caviar> caviar_by_name(std::string_view name);

std::size_t caviar_parameters(Caviar model);

inline constexpr double caviar_slope = 10.0;              // G, how sharply the adaptive model tells a hit
inline constexpr std::size_t caviar_start_returns = 300;  // the first quantile comes from so many

struct CaviarPath {
    double loss;  // RQ = sum of (theta - 1(y < -q)) (y + q), in the unit of returns
    std::size_t hits;
    std::vector<double> value_at_risk;  // one per return, and the forecast after the last
    double start_quantile;              // of the first returns; the path starts at its negative
};

/// Runs a model. Starts at -(sorted first 300)[round(300 theta)], counted from 1; fewer returns, all of them.
/// Fails with not_enough_data where empty, out_of_domain where theta is not inside 0 to 1, the number of
/// parameters is wrong, or the path leaves the real numbers.
Result<CaviarPath> caviar_path(Caviar model, std::span<const double> beta, std::span<const double> returns,
                               double theta, double slope = caviar_slope);

struct CaviarFit {
    std::vector<double> beta;
    CaviarPath path;
};

/// Least RQ over the parameters. The objective is kinked and has many minima: `starts` random points, the ten
/// best followed by simplex until it gains nothing. Same seed, same answer. Fails as caviar_path does, with
/// not_enough_data below 10 returns, no_convergence where no start gives a path.
Result<CaviarFit> fit_caviar(Caviar model, std::span<const double> returns, double theta, std::size_t starts,
                             std::uint64_t seed, double slope = caviar_slope);

}  // namespace tidemark::stats
