#include "vol/realized/realized_kernel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "vol/bars/bar_logs.hpp"
#include "vol/realized/realized.hpp"

namespace tidemark::vol {
namespace {

double autocovariance(std::span<const double> returns, std::size_t lag) {
    double sum = 0.0;
    for (std::size_t i = lag; i < returns.size(); ++i) sum += returns[i] * returns[i - lag];
    return sum;
}

template <class Weight>
Result<double> weighted_kernel(std::span<const double> returns, std::size_t lags, Weight weight) {
    if (const auto ok = check_returns("realised kernel", returns, lags + 1); !ok) return ok.error();
    double sum = autocovariance(returns, 0);
    for (std::size_t h = 1; h <= lags; ++h) {
        sum += 2.0 * weight(static_cast<double>(h)) * autocovariance(returns, h);
    }
    return sum;
}

double scale_count(double prices, double step) {
    return (prices - step + 1.0) / step;
}

}  // namespace

double parzen_weight(double x) {
    if (x <= 0.5) return 1.0 - 6.0 * x * x * (1.0 - x);
    return x < 1.0 ? 2.0 * (1.0 - x) * (1.0 - x) * (1.0 - x) : 0.0;
}

Result<double> realized_kernel(std::span<const double> returns, std::size_t lags) {
    const auto width = static_cast<double>(lags) + 1.0;
    return weighted_kernel(returns, lags, [width](double h) { return parzen_weight(h / width); });
}

Result<double> flat_top_kernel(std::span<const double> returns, std::size_t lags) {
    const auto width = static_cast<double>(lags);
    return weighted_kernel(returns, lags, [width](double h) { return parzen_weight((h - 1.0) / width); });
}

Result<std::size_t> kernel_lags(std::span<const double> returns, std::size_t sparse_step) {
    const auto integrated = subsampled_variance(returns, sparse_step);
    if (!integrated) return integrated.error();
    const double noise = autocovariance(returns, 0) / (2.0 * static_cast<double>(returns.size()));
    if (!(*integrated > 0.0)) return std::size_t{0};
    const double c = std::pow(144.0 / 0.269, 0.2);
    const double lags = std::ceil(c * std::pow(noise / *integrated, 0.4) *
                                  std::pow(static_cast<double>(returns.size()), 0.6));
    return std::min(static_cast<std::size_t>(lags), returns.size() - 1);
}

Result<std::vector<double>> end_averaged_returns(std::span<const double> prices, std::size_t ends) {
    if (ends == 0)
        return Error{Errc::out_of_range, "want at least 1 price averaged at each end, got 0", "", 0};
    if (prices.size() < 2 * ends + 1) {
        return Error{Errc::not_enough_data,
                     fmt::format("want at least {} prices, got {}", 2 * ends + 1, prices.size()), "", 0};
    }
    const auto bad =
        std::find_if(prices.begin(), prices.end(), [](double p) { return !(p > 0.0 && std::isfinite(p)); });
    if (bad != prices.end())
        return Error{Errc::out_of_range, fmt::format("want a price above 0, got {}", *bad), "", 0};
    const auto mean = [](std::span<const double> some) {
        return std::accumulate(some.begin(), some.end(), 0.0) / static_cast<double>(some.size());
    };
    double before = mean(prices.first(ends));
    std::vector<double> returns;
    returns.reserve(prices.size() - 2 * ends + 1);
    for (const double price : prices.subspan(ends, prices.size() - 2 * ends)) {
        returns.push_back(log_ratio(price, before));
        before = price;
    }
    returns.push_back(log_ratio(mean(prices.last(ends)), before));
    return returns;
}

Result<double> subsampled_variance(std::span<const double> returns, std::size_t step) {
    if (step == 0) return Error{Errc::out_of_range, "want a step of at least 1 return, got 0", "", 0};
    if (const auto ok = check_returns("subsampled variance", returns, step); !ok) return ok.error();
    double sum = 0.0;
    for (std::size_t i = 0; i + step <= returns.size(); ++i) {
        const auto window = returns.subspan(i, step);
        const double move = std::accumulate(window.begin(), window.end(), 0.0);
        sum += move * move;
    }
    return sum / static_cast<double>(step);
}

Result<double> two_scale_variance(std::span<const double> returns, std::size_t slow, std::size_t fast) {
    if (fast < 1 || fast >= slow) {
        return Error{Errc::out_of_range,
                     fmt::format("want 1 <= fast < slow; got fast {}, slow {}", fast, slow), "", 0};
    }
    const auto slow_variance = subsampled_variance(returns, slow);
    if (!slow_variance) return slow_variance.error();
    const auto fast_variance = subsampled_variance(returns, fast);
    if (!fast_variance) return fast_variance.error();
    const auto prices = static_cast<double>(returns.size()) + 1.0;
    const double share =
        scale_count(prices, static_cast<double>(slow)) / scale_count(prices, static_cast<double>(fast));
    return (*slow_variance - share * *fast_variance) / (1.0 - share);
}

}  // namespace tidemark::vol
