// The RiskMetrics 2006 methodology (Zumbach 2007): a sum of exponential averages from days to years, weighted
// so that old shocks fade logarithmically. No parameter to fit.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/measure.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "vol/bars/bar_logs.hpp"
#include "vol/bars/ewma.hpp"

namespace tidemark::vol {

/// Time scales in bars: tau_k = shortest x ratio^k, k = 0 .. scales - 1; weight k is proportional to
/// 1 - ln tau_k / ln cutoff.
struct RiskMetrics2006 {
    double cutoff = 1560.0;
    double shortest = 4.0;
    int scales = 14;
    double ratio = 1.4142135623730951;
};

struct RiskMetrics2006Scale {
    double tau, weight, decay;  // decay = exp(-1 / tau) per bar
};

inline constexpr int riskmetrics2006_max_scales = 32;

/// The scales; weights sum to 1. `bars_per_day` stretches the decays, the weights stay those of days.
/// Fails with out_of_range where a parameter makes a weight or a decay meaningless.
Result<std::vector<RiskMetrics2006Scale>> riskmetrics2006_scales(const RiskMetrics2006& parameters = {},
                                                                 double bars_per_day = 1.0);

/// The whole path for returns of zero mean, as ewma_variances gives it. Each scale starts from the mean of
/// the first squares weighted by its own decay, over the bars it takes to fall to 1 %.
Result<std::vector<double>> riskmetrics2006_variances(std::span<const double> returns,
                                                      const RiskMetrics2006& parameters = {});

/// The last element of that path in constant memory, one return at a time: an EwmaSum a scale, to the last
/// bit, kept in columns that a processor takes several of at once.
struct RiskMetrics2006Sum {
    static constexpr std::string_view name = "riskmetrics2006";
    static constexpr std::string_view unit = "returns";
    static constexpr std::int64_t min_samples = 1;

    using Column = std::array<double, riskmetrics2006_max_scales>;

    int scales = 0;
    int started = 0;  // the scales whose start is settled are the first ones: starts lengthen with the scale
    std::int64_t count = 0;
    Column weights{}, decays{}, fresh{};  // fresh = 1 - decay
    Column from_zero{};                   // the recursions had they started at 0
    Column start_share{};                 // decay^count: what a start still weighs
    Column start_weight{};                // of the next value in a start; 0 once it is settled
    Column start_values{}, start_weights{};
    std::array<std::int64_t, riskmetrics2006_max_scales> start_lengths{};

    static Result<RiskMetrics2006Sum> make(const RiskMetrics2006& parameters, double bars_per_day);

    void add_variance(double bar_variance);
    void add(const BarLogs& bar) {
        if (!bar.linked) return;
        for (std::int64_t i = 0; i < bar.missing; ++i)
            add_variance(bar.across * bar.across / static_cast<double>(bar.missing));
        add_variance(bar.r * bar.r);
    }
    [[nodiscard]] std::int64_t samples() const { return count; }
    [[nodiscard]] double variance_per_bar() const;

    /// The scales are those that the sum was made with.
    static constexpr auto stored() {
        using T = RiskMetrics2006Sum;
        return std::tuple{&T::started,      &T::count,        &T::from_zero,    &T::start_share,
                          &T::start_weight, &T::start_values, &T::start_weights};
    }
};

/// Annualised volatility forecast for the next bar with the published parameters, their days re-expressed in
/// bars. Fails with not_enough_data below one return, that is two bars.
Result<AnnualVol> riskmetrics2006(std::span<const OhlcBar> bars, PerYear bars_per_year);

}  // namespace tidemark::vol
