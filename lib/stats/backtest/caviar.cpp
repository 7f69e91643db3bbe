#include "stats/backtest/caviar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"

namespace tidemark::stats {
namespace {

struct Step {
    Caviar model;
    std::span<const double> b;
    double theta;
    double slope;

    double operator()(double q, double y) const {
        switch (model) {
            case Caviar::symmetric_absolute_value:
                return b[0] + b[1] * q + b[2] * std::abs(y);
            case Caviar::asymmetric_slope:
                return b[0] + b[1] * q + b[2] * std::max(y, 0.0) + b[3] * std::max(-y, 0.0);
            case Caviar::indirect_garch:
                return std::sqrt(b[0] + b[1] * q * q + b[2] * y * y);
            case Caviar::adaptive:
                return q + b[0] * (1.0 / (1.0 + std::exp(slope * (y + q))) - theta);
        }
        return q;
    }
};

double start_quantile(std::span<const double> returns, double theta) {
    const std::size_t n = std::min(returns.size(), caviar_start_returns);
    std::vector<double> first(returns.begin(), returns.begin() + static_cast<std::ptrdiff_t>(n));
    const auto rank = static_cast<std::ptrdiff_t>(std::round(static_cast<double>(n) * theta));
    const auto at =
        first.begin() + std::clamp<std::ptrdiff_t>(rank - 1, 0, static_cast<std::ptrdiff_t>(n) - 1);
    std::nth_element(first.begin(), at, first.end());
    return *at;
}

}  // namespace

Result<Caviar> caviar_by_name(std::string_view name) {
    if (name == "SAV") return Caviar::symmetric_absolute_value;
    if (name == "AS") return Caviar::asymmetric_slope;
    if (name == "IG") return Caviar::indirect_garch;
    if (name == "AD") return Caviar::adaptive;
    return out_of_domain(fmt::format("want SAV, AS, IG or AD, got {}", name));
}

std::size_t caviar_parameters(Caviar model) {
    if (model == Caviar::adaptive) return 1;
    return model == Caviar::asymmetric_slope ? 4 : 3;
}

Result<CaviarPath> caviar_path(Caviar model, std::span<const double> beta, std::span<const double> returns,
                               double theta, double slope) {
    if (returns.empty()) return not_enough_data("caviar wants at least 1 return, got 0");
    if (!(theta > 0.0 && theta < 1.0) || beta.size() != caviar_parameters(model)) {
        return out_of_domain(fmt::format("want {} parameters and theta inside 0 to 1, got {} and {}",
                                         caviar_parameters(model), beta.size(), theta));
    }
    CaviarPath path{0.0, 0, {}, start_quantile(returns, theta)};
    path.value_at_risk.reserve(returns.size() + 1);
    path.value_at_risk.push_back(-path.start_quantile);
    const Step step{model, beta, theta, slope};
    for (const double y : returns) {
        const double q = path.value_at_risk.back();
        const bool hit = y < -q;
        path.loss += (theta - (hit ? 1.0 : 0.0)) * (y + q);
        path.hits += hit ? 1 : 0;
        path.value_at_risk.push_back(step(q, y));
    }
    if (!std::isfinite(path.loss) || !std::isfinite(path.value_at_risk.back())) {
        return out_of_domain("the value at risk path leaves the real numbers");
    }
    return path;
}

}  // namespace tidemark::stats
