#include "score/account_score.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace tidemark::score {
namespace {

/// What the account has on one underlying.
struct Factor {
    market::AssetId underlying = 0;
    double vol = 0.0, base_vol = 0.0;
    double exposure = 0.0;        // account currency for a move by the whole price
    double up = 0.0, down = 0.0;  // profit after one standard deviation up and down
};

double root_mean_square(double a, double b) {
    return std::sqrt(0.5 * (a * a + b * b));
}

class Factors {
public:
    Factors(const market::Market& market, const market::View& view, double root_time)
        : market_{market}, valuation_{market, view}, root_time_{root_time} {}

    Status add(const market::Holding& holding) {
        const auto priced = valuation_.instrument(holding.instrument);
        if (!priced) return priced.error();
        Factor* factor = nullptr;
        if (Status found = find(priced->underlying, factor); !found) return found;
        const auto value = [&](double f) {
            return holding.qty * market::unit_value(*priced, holding.entry, f);
        };
        factor->exposure += holding.qty * priced->exposure;
        factor->up += value(std::exp(factor->vol * root_time_)) - value(1.0);
        factor->down += value(std::exp(-factor->vol * root_time_)) - value(1.0);
        return Ok{};
    }

    Status add(const market::Balance& balance) {
        if (!market_.asset(balance.asset).vol) return Ok{};
        const auto value = valuation_.asset(balance.asset);
        if (!value) return value.error();
        Factor* factor = nullptr;
        if (Status found = find(balance.asset, factor); !found) return found;
        const double worth = balance.qty * value->price;
        factor->exposure += worth;
        factor->up += worth * std::expm1(factor->vol * root_time_);
        factor->down += worth * std::expm1(-factor->vol * root_time_);
        return Ok{};
    }

    [[nodiscard]] const std::vector<Factor>& all() const { return all_; }

    /// Mean measured correlation of the pairs; the given one where a pair is not covered.
    [[nodiscard]] double correlation(double otherwise) const {
        double sum = 0.0;
        int pairs = 0;
        for (std::size_t i = 0; i < all_.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j, ++pairs) {
                const auto rho = market_.correlation(all_[i].underlying, all_[j].underlying);
                if (!rho) return otherwise;
                sum += *rho;
            }
        }
        return pairs == 0 ? otherwise : std::clamp(sum / pairs, 0.0, 1.0);
    }

private:
    Status find(market::AssetId underlying, Factor*& out) {
        const auto found = std::find_if(all_.begin(), all_.end(),
                                        [&](const Factor& f) { return f.underlying == underlying; });
        if (found != all_.end()) {
            out = &*found;
            return Ok{};
        }
        const auto& vol = market_.asset(underlying).vol;
        if (!vol)
            return Error{Errc::missing_market, fmt::format("no vol of {}", market_.asset_name(underlying)),
                         "", 0};
        all_.push_back({underlying, vol->annual_vol, vol->base_annual_vol});
        out = &all_.back();
        return Ok{};
    }

    const market::Market& market_;
    market::Valuation valuation_;
    double root_time_;
    std::vector<Factor> all_;
};

}  // namespace

Result<std::array<double, 4>> profit_deviations(const market::Market& market, const market::View& view,
                                                const market::Portfolio& portfolio,
                                                const ScoreParams& params) {
    const double root_time = std::sqrt(params.horizon_years());
    Factors factors{market, view, root_time};
    for (const auto& balance : portfolio.balances) {
        if (const Status added = factors.add(balance); !added) return added.error();
    }
    for (const auto& holding : portfolio.holdings) {
        if (const Status added = factors.add(holding); !added) return added.error();
    }
    std::array<double, 4> steps{};
    double squares = 0.0, up = 0.0, down = 0.0;
    for (const Factor& factor : factors.all()) {
        const double repriced = root_mean_square(factor.up, factor.down);
        steps[0] += std::fabs(factor.exposure) * factor.base_vol * root_time;
        steps[1] += std::fabs(factor.exposure) * factor.vol * root_time;
        steps[2] += repriced;
        squares += repriced * repriced;
        up += factor.up;
        down += factor.down;
    }
    const double together = root_mean_square(up, down);
    const double rho = factors.correlation(params.unmeasured_correlation);
    steps[3] =
        factors.all().size() < 2 ? steps[2] : std::sqrt(rho * together * together + (1.0 - rho) * squares);
    return steps;
}

Result<AccountScore> account_score(const market::Market& market, const market::View& view,
                                   const market::Portfolio& portfolio, const margin::Requirement& requirement,
                                   const ScoreParams& params) {
    const auto steps = profit_deviations(market, view, portfolio, params);
    if (!steps) return steps.error();
    static constexpr std::array<std::string_view, 4> codes{"exposure", "volatility", "convexity", "offset"};
    const double buffer = requirement.equity - requirement.maintenance_margin;
    const bool nothing_required = requirement.maintenance_margin == 0.0 && requirement.equity >= 0.0;
    AccountScore score;
    const Scale scale = params.scale();
    double before = scale.points(params.least_probability);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const double raw = nothing_required ? 0.0 : touch_probability(buffer, (*steps)[i]);
        score.breach_prob = std::clamp(raw, params.least_probability, params.most_probability);
        const double points = scale.points(score.breach_prob);
        score.reasons[i] = {codes[i], points - before};
        before = points;
    }
    score.points = before;
    return score;
}

}  // namespace tidemark::score
