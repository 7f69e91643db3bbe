#include "vol/svi/ssvi_calibration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/tools/minima.hpp>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <utility>

#include "stats/optimise/minimise.hpp"

namespace tidemark::vol {
namespace {

constexpr std::size_t ssvi_min_strikes = 2;
constexpr int shape_evaluations = 1500;
constexpr int theta_bits = 26;      // half a double's: all that a minimum can be told apart to
constexpr double theta_span = 1.0;  // ln theta either side of the quotes' own level

using Quotes = std::vector<VarianceQuote>;

double logistic(double x) {
    return 1.0 / (1.0 + std::exp(-x));
}

/// From the whole space onto the shapes that are free of arbitrage.
SsviShape shape_at(const std::vector<double>& at) {
    const double rho = greatest_abs_rho * std::tanh(at[0]);
    return {.rho = rho, .eta = 2.0 / (1.0 + std::abs(rho)) * logistic(at[1]), .gamma = 0.5 * logistic(at[2])};
}

double error_at(const Quotes& quotes, const SsviShape& shape, double theta) {
    const auto slice = ssvi_slice(shape, theta);
    return slice ? weighted_squared_error(quotes, *slice) : std::numeric_limits<double>::infinity();
}

/// The variance of the quote nearest the forward.
double level(const Quotes& quotes) {
    return std::ranges::min_element(quotes, {},
                                    [](const VarianceQuote& q) { return std::abs(q.log_moneyness); })
        ->total_variance;
}

double best_theta(const Quotes& quotes, const SsviShape& shape) {
    const auto error = [&](double log_theta) { return error_at(quotes, shape, std::exp(log_theta)); };
    const double centre = std::log(level(quotes));
    return std::exp(
        boost::math::tools::brent_find_minima(error, centre - theta_span, centre + theta_span, theta_bits)
            .first);
}

/// UnderlyingSet adjacent violators (Ayer et al. 1955): the nearest rising sequence in least squares.
std::vector<double> rising(const std::vector<double>& values) {
    std::vector<std::pair<double, std::size_t>> pools;  // mean and size
    for (const double value : values) {
        pools.emplace_back(value, 1);
        while (pools.size() > 1 && pools[pools.size() - 2].first > pools.back().first) {
            const auto [mean, size] = pools.back();
            pools.pop_back();
            auto& into = pools.back();
            into.first +=
                (mean - into.first) * static_cast<double>(size) / static_cast<double>(size + into.second);
            into.second += size;
        }
    }
    std::vector<double> out;
    for (const auto& [mean, size] : pools) out.insert(out.end(), size, mean);
    return out;
}

std::vector<double> thetas(const std::vector<Quotes>& sorted, const SsviShape& shape) {
    std::vector<double> best;
    for (const Quotes& quotes : sorted) best.push_back(best_theta(quotes, shape));
    return rising(best);
}

double surface_error(const std::vector<Quotes>& sorted, const SsviShape& shape) {
    const std::vector<double> theta = thetas(sorted, shape);
    double sum = 0.0;
    for (std::size_t i = 0; i < sorted.size(); ++i) sum += error_at(sorted[i], shape, theta[i]);
    return sum;
}

Result<SsviShape> best_shape(const std::vector<Quotes>& sorted) {
    const stats::Objective error = [&](const std::vector<double>& at) {
        return surface_error(sorted, shape_at(at));
    };
    const auto found =
        stats::nelder_mead(error, {-0.2, 0.0, 1.0}, {0.3, 0.7, 0.7}, simplex_tolerance, shape_evaluations);
    if (!found) return found.error();
    return shape_at(found->at);
}

/// The indices of the expiries by rising years.
Result<std::vector<std::size_t>> calendar_order(std::span<const SsviExpiry> expiries) {
    if (expiries.empty()) return Error{Errc::not_enough_data, "an ssvi fit wants an expiry, got none", "", 0};
    std::vector<std::size_t> order(expiries.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto years = [&](std::size_t i) { return expiries[i].years; };
    std::ranges::sort(order, {}, years);
    const auto twin = std::ranges::adjacent_find(order, {}, years);
    if (twin == order.end()) return order;
    return Error{Errc::conflict,
                 fmt::format("want one smile an expiry, got two at {} years", years(*twin).value()), "", 0};
}

}  // namespace

Result<SsviFit> fit_ssvi(std::span<const SsviExpiry> expiries) {
    const auto order = calendar_order(expiries);
    if (!order) return order.error();
    std::vector<std::vector<SviQuote>> counted;
    std::vector<Quotes> variances;
    for (const std::size_t i : *order) {
        auto quotes = counted_quotes(expiries[i].quotes, expiries[i].years, ssvi_min_strikes);
        if (!quotes) return quotes.error();
        variances.push_back(variance_quotes(*quotes, expiries[i].years));
        counted.push_back(*std::move(quotes));
    }
    const auto shape = best_shape(variances);
    if (!shape) return shape.error();
    const std::vector<double> theta = thetas(variances, *shape);
    SsviFit fit{.shape = *shape,
                .theta = std::vector<double>(expiries.size()),
                .errors = std::vector<VolError>(expiries.size())};
    for (std::size_t i = 0; i < theta.size(); ++i) {
        const std::size_t at = (*order)[i];
        const auto slice = ssvi_slice(*shape, theta[i]);
        if (!slice) return slice.error();
        fit.theta[at] = theta[i];
        fit.errors[at] = vol_error(counted[i], *slice, expiries[at].years);
    }
    return fit;
}

}  // namespace tidemark::vol
