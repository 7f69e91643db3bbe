// Where a polynomial changes sign, with none missed: Descartes' rule over Bernstein coefficients.
#pragma once

#include <span>
#include <vector>

namespace tidemark::stats {

/// The positive roots, ascending, of sum coefficients[i] t^i; roots closer together than rounding tells
/// apart come as one. Isolation by subdivision of x = t / (1 + t) (Lane and Riesenfeld 1981, BIT 21), so the
/// count is proved, not sampled. Empty for a polynomial of zeros. At most degree 20.
std::vector<double> positive_roots(std::span<const double> coefficients);

/// The roots on the whole line, ascending; 0 is among them where the first coefficient is.
std::vector<double> real_roots(std::span<const double> coefficients);

}  // namespace tidemark::stats
