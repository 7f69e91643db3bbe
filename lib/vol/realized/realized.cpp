#include "vol/realized/realized.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/time.hpp"
#include "vol/bars/annualise.hpp"

namespace tidemark::vol {
namespace {

constexpr double pi = std::numbers::pi;

double size_of(std::span<const double> returns) {
    return static_cast<double>(returns.size());
}

/// term(first) + ... + term(n - 1)
template <class Term>
double sum_from(std::size_t first, std::span<const double> returns, Term term) {
    double sum = 0.0;
    for (std::size_t i = first; i < returns.size(); ++i) sum += term(i);
    return sum;
}

double median_of_three(double a, double b, double c) {
    return std::max(std::min(a, b), std::min(std::max(a, b), c));
}

double power_four_thirds(double r) {
    const double root = std::cbrt(std::abs(r));
    return root * root * root * root;
}

}  // namespace

Status check_returns(std::string_view name, std::span<const double> returns, std::size_t least) {
    if (returns.size() < least) {
        return Error{Errc::not_enough_data,
                     fmt::format("{} wants at least {} returns, got {}", name, least, returns.size()), "", 0};
    }
    const auto bad = std::find_if(returns.begin(), returns.end(), [](double r) { return !std::isfinite(r); });
    if (bad != returns.end()) {
        return Error{Errc::out_of_range, fmt::format("{} wants finite returns, got {}", name, *bad), "", 0};
    }
    return Ok{};
}

Result<double> realized_variance(std::span<const double> returns) {
    if (const auto ok = check_returns("realised variance", returns, 1); !ok) return ok.error();
    return sum_from(0, returns, [&](std::size_t i) { return returns[i] * returns[i]; });
}

Result<double> bipower_variation(std::span<const double> returns) {
    if (const auto ok = check_returns("bipower variation", returns, 2); !ok) return ok.error();
    return pi / 2.0 * sum_from(1, returns, [&](std::size_t i) {
               return std::abs(returns[i]) * std::abs(returns[i - 1]);
           });
}

Result<double> scaled_bipower_variation(std::span<const double> returns) {
    const double n = size_of(returns);
    return bipower_variation(returns).and_then(
        [n](double variation) -> Result<double> { return variation * n / (n - 1.0); });
}

Result<double> min_rv(std::span<const double> returns) {
    if (const auto ok = check_returns("minRV", returns, 2); !ok) return ok.error();
    const double n = size_of(returns);
    const double sum = sum_from(1, returns, [&](std::size_t i) {
        const double least = std::min(std::abs(returns[i]), std::abs(returns[i - 1]));
        return least * least;
    });
    return pi / (pi - 2.0) * n / (n - 1.0) * sum;
}

Result<double> med_rv(std::span<const double> returns) {
    if (const auto ok = check_returns("medRV", returns, 3); !ok) return ok.error();
    const double n = size_of(returns);
    const double sum = sum_from(2, returns, [&](std::size_t i) {
        const double middle =
            median_of_three(std::abs(returns[i]), std::abs(returns[i - 1]), std::abs(returns[i - 2]));
        return middle * middle;
    });
    return pi / (6.0 - 4.0 * std::numbers::sqrt3 + pi) * n / (n - 2.0) * sum;
}

Result<Semivariance> realized_semivariance(std::span<const double> returns) {
    if (const auto ok = check_returns("semivariance", returns, 1); !ok) return ok.error();
    Semivariance parts;
    for (const double r : returns) (r < 0.0 ? parts.down : parts.up) += r * r;
    return parts;
}

Result<double> realized_quarticity(std::span<const double> returns) {
    if (const auto ok = check_returns("quarticity", returns, 1); !ok) return ok.error();
    const double sum = sum_from(0, returns, [&](std::size_t i) {
        const double square = returns[i] * returns[i];
        return square * square;
    });
    return size_of(returns) / 3.0 * sum;
}

Result<double> tripower_quarticity(std::span<const double> returns) {
    if (const auto ok = check_returns("tripower quarticity", returns, 3); !ok) return ok.error();
    const double n = size_of(returns);
    const double mu = std::exp2(2.0 / 3.0) * std::tgamma(7.0 / 6.0) * std::numbers::inv_sqrtpi;
    const double sum = sum_from(2, returns, [&](std::size_t i) {
        return power_four_thirds(returns[i]) * power_four_thirds(returns[i - 1]) *
               power_four_thirds(returns[i - 2]);
    });
    return n / (mu * mu * mu) * n / (n - 2.0) * sum;
}

AnnualVol annual_vol_of_days(double variance, double days) {
    return annualise(variance, PerYear{days_per_year / days});
}

}  // namespace tidemark::vol
