#include "stats/distributions/generalised_pareto.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <limits>
#include <optional>

#include "core/errors.hpp"

namespace tidemark::stats {
namespace {

/// The likelihood along theta = shape/scale, where the best shape is the mean of ln(1 + theta y). Excesses
/// come divided by their mean.
class Profile {
public:
    explicit Profile(std::vector<double> scaled) : y_{std::move(scaled)} {}

    [[nodiscard]] double shape(double theta) const {
        return mean([&](double y) { return std::log1p(theta * y); });
    }

    /// Negative log likelihood per excess.
    [[nodiscard]] double value(double theta) const {
        if (std::abs(theta) < near_zero) return 1.0;
        const double xi = shape(theta);
        return xi > -1.0 ? std::log(xi / theta) + xi + 1.0 : std::numeric_limits<double>::infinity();
    }

    /// A function with the sign of value's slope.
    [[nodiscard]] double slope(double theta) const {
        if (std::abs(theta) < near_zero) {
            return 1.0 - 0.5 * mean([](double y) { return y * y; });
        }
        const double survivors = mean([&](double y) { return 1.0 / (1.0 + theta * y); });
        return (1.0 - (1.0 + shape(theta)) * survivors) / (shape(theta) * theta);
    }

    [[nodiscard]] double largest() const { return *std::max_element(y_.begin(), y_.end()); }
    [[nodiscard]] double smallest() const { return *std::min_element(y_.begin(), y_.end()); }

private:
    // The slope's own rounding passes its value below this; its limit there is exact to as much.
    static constexpr double near_zero = 1e-5;

    template <class F>
    [[nodiscard]] double mean(const F& f) const {
        double sum = 0.0;
        for (const double y : y_) sum += f(y);
        return sum / static_cast<double>(y_.size());
    }

    std::vector<double> y_;
};

/// From just above -1/largest, where the likelihood ends, to Grimshaw's upper bound 2 (mean - min)/min^2.
std::vector<double> grid(const Profile& profile) {
    constexpr int a_side = 120;
    std::vector<double> thetas;
    for (int i = 0; i < a_side; ++i) {
        const double gap = std::pow(10.0, -12.0 + 12.0 * i / a_side);
        thetas.push_back(-(1.0 - gap) / profile.largest());
    }
    const double least = profile.smallest();
    const double bound = std::max(10.0, 2.0 * (1.0 - least) / (least * least));
    const double last = std::log10(std::min(bound, 1e12)) + 0.1;
    thetas.push_back(0.0);
    for (int i = 0; i <= a_side; ++i) thetas.push_back(std::pow(10.0, -3.0 + (last + 3.0) * i / a_side));
    std::sort(thetas.begin(), thetas.end());
    return thetas;
}

std::optional<double> root(const Profile& profile, double low, double high) {
    const double slope_low = profile.slope(low), slope_high = profile.slope(high);
    if (!(slope_low < 0.0 && slope_high > 0.0)) return std::nullopt;
    std::uintmax_t iterations = 200;
    const auto [a, b] = boost::math::tools::toms748_solve(
        [&](double theta) { return profile.slope(theta); }, low, high, slope_low, slope_high,
        boost::math::tools::eps_tolerance<double>(52), iterations);
    return 0.5 * (a + b);
}

std::optional<double> best_theta(const Profile& profile) {
    const std::vector<double> thetas = grid(profile);
    std::optional<double> best;
    for (std::size_t i = 1; i < thetas.size(); ++i) {
        if (!std::isfinite(profile.value(thetas[i - 1]))) continue;
        const auto found = root(profile, thetas[i - 1], thetas[i]);
        if (found && (!best || profile.value(*found) < profile.value(*best))) best = found;
    }
    return best;
}

}  // namespace

std::vector<double> excesses(std::span<const double> losses, double threshold) {
    std::vector<double> over;
    for (const double loss : losses) {
        if (loss > threshold) over.push_back(loss - threshold);
    }
    return over;
}

Result<ParetoFit> fit_generalised_pareto(std::span<const double> excesses) {
    const std::size_t n = excesses.size();
    if (n < pareto_min_excesses) {
        return not_enough_data(
            fmt::format("tail fit wants at least {} excesses, got {}", pareto_min_excesses, n));
    }
    double sum = 0.0;
    for (const double y : excesses) {
        if (!(y > 0.0 && std::isfinite(y))) {
            return out_of_domain(fmt::format("tail fit wants excesses above 0, got {}", y));
        }
        sum += y;
    }
    const double mean = sum / static_cast<double>(n);
    std::vector<double> scaled(excesses.begin(), excesses.end());
    for (double& y : scaled) y /= mean;
    const Profile profile{std::move(scaled)};
    const auto theta = best_theta(profile);
    if (!theta) return no_convergence(fmt::format("no shape above -1 is best for {} excesses", n));
    const double shape = profile.shape(*theta);
    const double scale = *theta == 0.0 ? mean : mean * shape / *theta;
    const auto count = static_cast<double>(n);
    return ParetoFit{{shape, scale}, n, count * (std::log(scale) + shape + 1.0)};
}

}  // namespace tidemark::stats
