// The score of one account: how likely its own portfolio is to reach its margin boundary.
#pragma once

#include <array>
#include <string_view>

#include "margin/model/model.hpp"
#include "score/scorecard.hpp"

namespace tidemark::score {

struct ScoreParams {
    double horizon_years = 1.0 / 365.0;
    double correlation = 0.7;  // of underlyings that no correlation record covers
    Scale scale;
    MultiplierRule rule;
    // Probabilities beyond these are told apart by nothing that was measured.
    double least_probability = 1e-9, most_probability = 1.0 - 1e-9;
    // Below this an account is safe, and the multiplier tells no safe account from another: a book whose
    // median is 1e-9 would else charge the most for 1e-6.
    double least_charged = 1e-4;

    /// The probability that the multiplier goes by.
    [[nodiscard]] double charged(double breach_prob) const {
        return breach_prob < least_charged ? least_charged : breach_prob;
    }
};

struct Reason {
    std::string_view code;
    double points = 0.0;
};

struct AccountScore {
    double breach_prob = 0.0;
    double points = 0.0;
    /// Points lost to exposure, volatility and convexity, and won back by what offsets; with the top of the
    /// scale they sum to `points`.
    std::array<Reason, 4> reasons;
};

/// Standard deviation of the portfolio's own profit over the horizon, each step switching one thing on:
/// exposure at long-run volatility; volatility in use; full repricing one deviation up and down; offset
/// between underlyings. Account currency. Fails with missing_market as the model does.
Result<std::array<double, 4>> profit_deviations(const market::Market& market, const market::View& view,
                                                const market::Portfolio& portfolio,
                                                const ScoreParams& params);

/// The score of an account whose requirement, without its own multiplier, is `requirement`.
Result<AccountScore> account_score(const market::Market& market, const market::View& view,
                                   const market::Portfolio& portfolio, const margin::Requirement& requirement,
                                   const ScoreParams& params);

}  // namespace tidemark::score
