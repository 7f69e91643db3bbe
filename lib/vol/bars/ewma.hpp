// Exponentially weighted variance: RiskMetrics Technical Document, 4th ed. (1996), chapter 5.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/measure.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "vol/bars/bar_logs.hpp"

namespace tidemark::vol {

inline constexpr double riskmetrics_daily_decay = 0.94;

/// One step: lambda v + (1 - lambda) x. x is a squared return, or any other variance of one bar.
constexpr double ewma_step(double lambda, double variance, double bar_variance) {
    return lambda * variance + (1.0 - lambda) * bar_variance;
}

/// Bars until a shock has lost half its weight: ln 0.5 / ln lambda. Wants 0 < lambda < 1.
double ewma_half_life(double lambda);

/// The decay whose half life is this many bars, above 0.
double ewma_decay(double half_life_bars);

/// Bars after which all older ones together weigh `tolerance`: ln tolerance / ln lambda; 74 for 0.94 at 1 %.
double ewma_memory(double lambda, double tolerance);

/// The decay per bar that equals `daily_decay` over a day of 24 hours.
double ewma_decay_per_bar(double daily_decay, PerYear bars_per_year);

/// Where a recursion starts: a weighted mean of the first values, `decay`^i for the i-th, over at most
/// `length` of them. The default is that of Python's arch package, whatever the decay of the recursion.
struct EwmaStart {
    double decay = 0.94;
    std::int64_t length = 75;
};

/// The starting variance of that rule; 0 where there are no values.
double ewma_start(std::span<const double> bar_variances, EwmaStart start = {});

/// The whole path for returns whose mean is taken as 0: element t is the forecast for return t made from
/// those before it, and the last, one past the returns, the forecast for the next. The start is in the
/// caller's hands: ewma_start of the squares looks ahead at the first of them, the square of the first return
/// does not. Fails with out_of_range unless 0 < lambda < 1 and start_variance >= 0, not_enough_data without
/// returns.
Result<std::vector<double>> ewma_variances(std::span<const double> returns, double lambda,
                                           double start_variance);

/// The last element of that path in constant memory, one value at a time. As the recursion is linear in its
/// start, the start may be settled while it runs.
struct EwmaSum {
    static constexpr std::string_view name = "ewma";
    static constexpr std::string_view unit = "returns";
    static constexpr std::int64_t min_samples = 1;

    double lambda = riskmetrics_daily_decay;
    EwmaStart start = {};
    std::int64_t count = 0;
    double from_zero = 0.0;     // the recursion had it started at 0
    double start_share = 1.0;   // lambda^count: what the start still weighs
    double start_weight = 1.0;  // of the next value in the start
    double start_values = 0.0, start_weights = 0.0;

    void add_variance(double bar_variance) {
        if (count < start.length) {
            start_values += start_weight * bar_variance;
            start_weights += start_weight;
            start_weight *= start.decay;
        }
        from_zero = ewma_step(lambda, from_zero, bar_variance);
        start_share *= lambda;
        ++count;
    }
    void add(const BarLogs& bar) {
        if (!bar.linked) return;
        for (std::int64_t i = 0; i < bar.missing; ++i)
            add_variance(bar.across * bar.across / static_cast<double>(bar.missing));
        add_variance(bar.r * bar.r);
    }
    [[nodiscard]] std::int64_t samples() const { return count; }
    [[nodiscard]] double variance_per_bar() const {
        return from_zero + start_share * (start_values / start_weights);
    }

    /// The decays are those that the sum was made with.
    static constexpr auto stored() {
        using T = EwmaSum;
        return std::tuple{&T::count,        &T::from_zero,    &T::start_share,
                          &T::start_weight, &T::start_values, &T::start_weights};
    }
};

/// Annualised volatility forecast for the next bar: decay 0.94 a day re-expressed per bar, zero mean, started
/// by the default rule. Fails with not_enough_data below one return, that is two bars.
Result<AnnualVol> ewma(std::span<const OhlcBar> bars, PerYear bars_per_year);

}  // namespace tidemark::vol
