// Adapters for the volatility of bars, days and ticks.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapter.hpp"
#include "core/ohlc_bar.hpp"
#include "core/time.hpp"
#include "vol/bars/annualise.hpp"
#include "vol/bars/bar_logs.hpp"
#include "vol/bars/ewma.hpp"
#include "vol/bars/riskmetrics2006.hpp"
#include "vol/daily/har.hpp"
#include "vol/estimators.hpp"
#include "vol/realized/jump_test.hpp"
#include "vol/realized/realized.hpp"
#include "vol/realized/realized_kernel.hpp"

namespace tidemark::vectors {

void add_garch(Registry& registry);
void add_range_simulation(Registry& registry);
void add_vol_risk(Registry& registry);

namespace {

template <class T>
T need(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return *std::move(result);
}

std::vector<OhlcBar> bars_of(const Json& input, const Context& context) {
    const std::string file = input.at("data");
    const auto open = context.column(file, "open"), high = context.column(file, "high"),
               low = context.column(file, "low"), close = context.column(file, "close");
    std::vector<OhlcBar> bars;
    for (std::size_t i = 0; i < open.size(); ++i) {
        bars.push_back(need(OhlcBar::make(Price{open[i]}, Price{high[i]}, Price{low[i]}, Price{close[i]})));
    }
    return bars;
}

// How R's TTR counts: a window of n has n prices, so n - 1 returns, for estimators of closes; and n bars for
// the others, with the close before the first where they look at it.
struct TtrWindow {
    std::size_t bars_before;   // of the n bars of the window
    bool divides_by_one_less;  // TTR divides the squares of its n - 1 returns by n - 2
};

Adapter range_vol(const std::string& estimator, TtrWindow window) {
    return [=](const Json& input, const Context& context) -> Json {
        const auto bars = bars_of(input, context);
        const auto n = input.at("n").get<std::size_t>();
        const std::size_t length = n + window.bars_before;
        const PerYear per_year{input.at("periods_per_year").get<double>()};
        const double count = static_cast<double>(n);
        const double factor = window.divides_by_one_less ? std::sqrt((count - 1.0) / (count - 2.0)) : 1.0;
        Json out = Json::array();
        for (const auto row : input.at("rows_1based").get<std::vector<std::size_t>>()) {
            if (row < length) {
                out.push_back(nullptr);
                continue;
            }
            const auto some = std::span{bars}.subspan(row - length, length);
            out.push_back(factor * need(vol::find(estimator)->bars()->estimate(some, per_year)).value());
        }
        return out;
    };
}

Json annualise(const Json& input, const Context&) {
    const PerYear per_year =
        need(vol::bars_per_year(need(parse_duration_ms(input.at("bar").get<std::string>()))));
    const double sigma = input.at("sigma_per_bar");
    return {{"periods_per_year", per_year.value()},
            {"annual", vol::annualise(sigma * sigma, per_year).value()}};
}

Json at_indices(const std::vector<double>& path, const Json& input) {
    Json out = Json::array();
    for (const auto i : input.at("index_0based").get<std::vector<std::size_t>>()) out.push_back(path.at(i));
    return out;
}

Json ewma(const Json& input, const Context& context) {
    auto returns = context.column(input.at("data"), "");
    const double mean = input.value("mean", 0.0);
    for (double& r : returns) r -= mean;
    std::vector<double> squares;
    squares.reserve(returns.size());
    for (const double r : returns) squares.push_back(r * r);
    return at_indices(need(vol::ewma_variances(returns, input.at("lambda"), vol::ewma_start(squares))),
                      input);
}

vol::RiskMetrics2006 riskmetrics_parameters(const Json& input) {
    return {input.at("tau0"), input.at("tau1"), input.at("kmax"), input.at("rho")};
}

Json riskmetrics2006(const Json& input, const Context& context) {
    const auto returns = context.column(input.at("data"), "");
    return at_indices(need(vol::riskmetrics2006_variances(returns, riskmetrics_parameters(input))), input);
}

Json riskmetrics2006_weights(const Json& input, const Context&) {
    Json tau, weight, mu;
    for (const auto& scale : need(vol::riskmetrics2006_scales(riskmetrics_parameters(input)))) {
        tau.push_back(scale.tau);
        weight.push_back(scale.weight);
        mu.push_back(scale.decay);
    }
    return {{"tau", tau}, {"weight", weight}, {"mu", mu}};
}

std::vector<double> intraday_returns(const Json& input, const Context& context) {
    const auto prices = context.column(input.at("data"), "price");
    std::vector<double> returns;
    for (std::size_t i = 1; i < prices.size(); ++i) returns.push_back(log_ratio(prices[i], prices[i - 1]));
    return returns;
}

Adapter of_returns(Result<double> (*measure)(std::span<const double>)) {
    return [=](const Json& input, const Context& context) -> Json {
        return need(measure(intraday_returns(input, context)));
    };
}

Adapter of_lags(Result<double> (*kernel)(std::span<const double>, std::size_t)) {
    return [=](const Json& input, const Context& context) -> Json {
        return need(kernel(intraday_returns(input, context), input.at("H")));
    };
}

Adapter jump(Result<vol::JumpTest> (*test)(std::span<const double>)) {
    return [=](const Json& input, const Context& context) -> Json {
        const auto found = need(test(intraday_returns(input, context)));
        return {{"z", found.z}, {"p_one_sided", found.p_one_sided.value()}};
    };
}

Json realized_rv(const Json& input, const Context& context) {
    const double rv = need(vol::realized_variance(intraday_returns(input, context)));
    return {{"rv", rv}, {"annual_vol_365", vol::annual_vol_of_days(rv).value()}};
}

Json semivariance(const Json& input, const Context& context) {
    const auto parts = need(vol::realized_semivariance(intraday_returns(input, context)));
    return {{"down", parts.down}, {"up", parts.up}, {"signed_jump_variation", parts.signed_jump_variation()}};
}

Json two_scale(const Json& input, const Context& context) {
    return need(vol::two_scale_variance(intraday_returns(input, context), input.at("K"),
                                        input.value("J", std::size_t{1})));
}

Json relative_jump(const Json& input, const Context& context) {
    const auto share = need(vol::jump_share(intraday_returns(input, context)));
    return {{"rj", share.share.value()}, {"jump_var", share.variance}};
}

Json har_ols(const Json& input, const Context& context) {
    std::vector<double> rv;
    for (const OhlcBar& bar : bars_of(input, context)) {
        rv.push_back(1e4 * vol::ParkinsonSum::of(vol::bar_logs(bar)));
    }
    const auto fit = need(vol::har({rv, {}, {}, {}}));
    return {{"coef", fit.ols.coefficients},
            {"se_ols", fit.ols.standard_errors},
            {"se_newey_west_bartlett_lag5", fit.hac_errors},
            {"r2", fit.ols.r_squared},
            {"forecast_next", fit.forecast}};
}

void add_realized(Registry& registry) {
    registry["realized.rv"] = realized_rv;
    registry["realized.bipower"] = of_returns(vol::bipower_variation);
    registry["realized.bipower_scaled"] = of_returns(vol::scaled_bipower_variation);
    registry["realized.minrv"] = of_returns(vol::min_rv);
    registry["realized.medrv"] = of_returns(vol::med_rv);
    registry["realized.semivariance"] = semivariance;
    registry["realized.quarticity"] = of_returns(vol::realized_quarticity);
    registry["realized.tripower_quarticity"] = of_returns(vol::tripower_quarticity);
    registry["realized.kernel_flattop_parzen"] = of_lags(vol::flat_top_kernel);
    registry["realized.kernel_parzen_nonneg"] = of_lags(vol::realized_kernel);
    registry["realized.two_scale"] = two_scale;
    registry["jump.bns_linear"] = jump(vol::jump_test_linear);
    registry["jump.bns_ratio_max"] = jump(vol::jump_test_ratio);
    registry["jump.bns_log_max"] = jump(vol::jump_test_log);
    registry["jump.relative_jump"] = relative_jump;
}

}  // namespace

void add_vol(Registry& registry) {
    registry["range_vol.close"] = range_vol("close-to-close", {0, false});
    registry["range_vol.close.mean0"] = range_vol("zero-mean", {0, true});
    registry["range_vol.parkinson"] = range_vol("parkinson", {0, false});
    registry["range_vol.garman.klass"] = range_vol("garman-klass", {0, false});
    registry["range_vol.gk.yz"] = range_vol("garman-klass-yang-zhang", {1, false});
    registry["range_vol.rogers.satchell"] = range_vol("rogers-satchell", {0, false});
    registry["range_vol.yang.zhang"] = range_vol("yang-zhang", {1, false});
    registry["annualise.crypto_247"] = annualise;
    registry["ewma.variance"] = ewma;
    registry["riskmetrics2006.variance"] = riskmetrics2006;
    registry["riskmetrics2006.weights"] = riskmetrics2006_weights;
    registry["har.ols"] = har_ols;
    add_realized(registry);
    add_range_simulation(registry);
    add_garch(registry);
    add_vol_risk(registry);
}

}  // namespace tidemark::vectors
