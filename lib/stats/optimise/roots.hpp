// Every place where a curve crosses zero: not the nearest only. Boost.Math's root finders start from one
// change of sign and take a function that cannot fail; to find the changes, and dips without one, is the work
// here.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/result.hpp"

namespace tidemark::stats {

using Curve = std::function<Result<double>(double)>;

/// The roots of a continuous curve between the first and the last of `points`, ascending. Points should be
/// denser than the curve's kinks; between two of them one crossing is found, and a dip towards zero between
/// three is followed down. Each root is bisected until no double lies between: put back, it gives zero to
/// the curve's own rounding. Fails as the curve does.
Result<std::vector<double>> roots(const Curve& curve, std::span<const double> points);

}  // namespace tidemark::stats
