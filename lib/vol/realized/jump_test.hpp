// Tests for a jump within a day: Barndorff-Nielsen and Shephard (2006), Journal of Financial Econometrics
// 4(1); the ratio and log forms with the maximum as in Huang and Tauchen (2005).
#pragma once

#include <span>

#include "core/measure.hpp"
#include "core/result.hpp"

namespace tidemark::vol {

/// z is standard normal where there was no jump; large values speak for one.
struct JumpTest {
    double z = 0.0;
    Probability p_one_sided;  // of a z this large without a jump
};

// With RV, bipower BV and tripower quarticity TQ of n returns, and theta = pi^2/4 + pi - 5. All fail with
// not_enough_data below 3 returns, and with out_of_domain where BV or TQ is 0 (no movement to judge by).

/// sqrt(n) (RV - BV) / sqrt(theta TQ): oversized in small samples, kept for comparison.
Result<JumpTest> jump_test_linear(std::span<const double> returns);

/// sqrt(n) (1 - BV/RV) / sqrt(theta max(1, TQ/BV^2)): the one to use.
Result<JumpTest> jump_test_ratio(std::span<const double> returns);

/// sqrt(n) ln(RV/BV) / sqrt(theta max(1, TQ/BV^2)).
Result<JumpTest> jump_test_log(std::span<const double> returns);

/// What jumps gave to the day's variance. `variance` is never negative.
struct JumpShare {
    double variance = 0.0;  // max(RV - BV, 0)
    Rate share;             // of RV, 0 to 1; 0 where nothing moved
};

/// Fails with not_enough_data below 2 returns.
Result<JumpShare> jump_share(std::span<const double> returns);

}  // namespace tidemark::vol
