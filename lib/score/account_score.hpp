// The score of one account: how likely its own portfolio is to reach its margin boundary.
#pragma once

#include <array>
#include <string_view>

#include "margin/model/model.hpp"
#include "score/score_policy.hpp"

namespace tidemark::score {

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
