// Where a polynomial changes sign, with none missed: Descartes' rule over Bernstein coefficients. Eigen's
// solver goes by the eigenvalues of a companion matrix, where a double root comes out as a complex pair some
// 1e-8 apart, and whether it is one of the real line is a guess; Boost.Math's stop at degree 4.
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
