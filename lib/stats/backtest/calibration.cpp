#include "stats/backtest/calibration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"
#include "stats/distributions/tail_probability.hpp"

namespace tidemark::stats {
namespace {

Status check_counts(const RatingGrade& grade) {
    if (grade.accounts >= 1 && grade.defaults >= 0 && grade.defaults <= grade.accounts) return Ok{};
    return out_of_domain(
        fmt::format("want 0 to {} defaults in at least 1 account, got {}", grade.accounts, grade.defaults));
}

struct Block {
    double mean;
    double weight;
    std::size_t length;
};

}  // namespace

Result<LikelihoodRatio> hosmer_lemeshow(std::span<const RatingGrade> grades, double dof) {
    if (grades.empty()) return not_enough_data("hosmer-lemeshow wants at least 1 grade, got 0");
    if (!(dof > 0.0)) return out_of_domain(fmt::format("want degrees of freedom above 0, got {}", dof));
    double statistic = 0.0;
    for (const RatingGrade& grade : grades) {
        if (const Status good = check_counts(grade); !good) return good.error();
        const double p = grade.mean_probability;
        if (!(p > 0.0 && p < 1.0))
            return out_of_domain(fmt::format("want a probability inside 0 to 1, got {}", p));
        const auto n = static_cast<double>(grade.accounts);
        const double surprise = static_cast<double>(grade.defaults) - n * p;
        statistic += surprise * surprise / (n * p * (1.0 - p));
    }
    return LikelihoodRatio{statistic, chi_square_survival(statistic, dof)};
}

Result<double> jeffreys_p_value(const RatingGrade& grade) {
    if (const Status good = check_counts(grade); !good) return good.error();
    return beta_cdf(grade.mean_probability, static_cast<double>(grade.defaults) + 0.5,
                    static_cast<double>(grade.accounts - grade.defaults) + 0.5);
}

Result<std::vector<double>> isotonic_fit(std::span<const double> y, std::span<const double> weights) {
    const bool bad_weight = std::any_of(weights.begin(), weights.end(), [](double w) { return !(w > 0.0); });
    if (bad_weight || (!weights.empty() && weights.size() != y.size())) {
        return out_of_domain(
            fmt::format("want {} weights above 0 or none, got {}", y.size(), weights.size()));
    }
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < y.size(); ++i) {
        blocks.push_back({y[i], weights.empty() ? 1.0 : weights[i], 1});
        while (blocks.size() > 1 && blocks[blocks.size() - 2].mean > blocks.back().mean) {
            const Block last = blocks.back();
            blocks.pop_back();
            Block& kept = blocks.back();
            kept.mean = (kept.mean * kept.weight + last.mean * last.weight) / (kept.weight + last.weight);
            kept.weight += last.weight;
            kept.length += last.length;
        }
    }
    std::vector<double> fit;
    fit.reserve(y.size());
    for (const Block& block : blocks) fit.insert(fit.end(), block.length, block.mean);
    return fit;
}

}  // namespace tidemark::stats
