#include "vol/garch/garch_forecast.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "stats/distributions/normal.hpp"
#include "vol/bars/annualise.hpp"

namespace tidemark::vol {
namespace {

/// E exp(t (alpha (|Z| - E|Z|) + gamma Z)), Z standard normal.
double news_expectation(const GarchParameters& p, double t) {
    const double rise = t * (p.alpha + p.gamma), fall = t * (p.alpha - p.gamma);
    const double centre = t * p.alpha * std::sqrt(2.0 / std::numbers::pi);
    return std::exp(0.5 * rise * rise - centre) * stats::normal_cdf(rise) +
           std::exp(0.5 * fall * fall - centre) * stats::normal_cdf(fall);
}

/// ln h_{T+k} is beta^(k-1) ln h_{T+1} and one term of news for each step between, the latest undamped.
template <class News>
std::vector<double> egarch_path(const GarchParameters& p, double next_variance, std::size_t horizon,
                                News news_of) {
    std::vector<double> path{next_variance};
    double damping = 1.0, news = 1.0, omegas = 0.0;
    while (path.size() < horizon) {
        news *= news_of(damping);
        omegas += damping * p.omega;
        damping *= p.beta;
        path.push_back(std::exp(damping * std::log(next_variance) + omegas) * news);
    }
    return path;
}

std::vector<double> linear_path(double omega, double decay, double next_variance, std::size_t horizon) {
    std::vector<double> path{next_variance};
    while (path.size() < horizon) path.push_back(omega + decay * path.back());
    return path;
}

/// The path's end, the start forgotten: exp(omega/(1 - beta)) and the news of all steps there ever were. None
/// where beta is so near 1 that a million steps do not forget it.
std::optional<double> egarch_unconditional(const GarchParameters& p) {
    if (!(std::abs(p.beta) < 1.0)) return std::nullopt;
    double log_variance = p.omega / (1.0 - p.beta), damping = 1.0;
    for (int step = 0; step < 1'000'000; ++step) {
        log_variance += std::log(news_expectation(p, damping));
        damping *= p.beta;
        if (std::abs(damping) < 1e-17) return std::exp(log_variance);
    }
    return std::nullopt;
}

Status check_start(double next_variance, std::size_t horizon) {
    if (horizon >= 1 && next_variance > 0.0 && std::isfinite(next_variance)) return Ok{};
    return Error{Errc::out_of_range,
                 fmt::format("want a horizon of at least 1 and a variance above 0, got {} and {}", horizon,
                             next_variance),
                 "", 0};
}

std::optional<double> half_life_of(double decay) {
    return decay > 0.0 && decay < 1.0 ? std::optional{std::log(0.5) / std::log(decay)} : std::nullopt;
}

}  // namespace

Result<GarchForecast> garch_forecast(GarchModel model, Innovation innovation,
                                     const GarchParameters& parameters, double next_variance,
                                     std::size_t horizon) {
    if (const Status known = check_start(next_variance, horizon); !known) return known.error();
    const double decay = persistence(model, parameters);
    const std::optional<double> half_life = half_life_of(decay);
    if (model != GarchModel::egarch) {
        const std::optional<double> unconditional =
            decay < 1.0 ? std::optional{parameters.omega / (1.0 - decay)} : std::nullopt;
        return GarchForecast{linear_path(parameters.omega, decay, next_variance, horizon), unconditional,
                             half_life};
    }
    if (innovation == Innovation::student_t) {
        if (horizon == 1) return GarchForecast{{next_variance}, std::nullopt, half_life};
        return Error{Errc::out_of_domain,
                     "egarch with Student errors has no finite expected variance beyond one step", "", 0};
    }
    const auto news = [&](double t) { return news_expectation(parameters, t); };
    return GarchForecast{egarch_path(parameters, next_variance, horizon, news),
                         egarch_unconditional(parameters), half_life};
}

Result<GarchForecast> egarch_forecast(const GarchParameters& parameters, double next_variance,
                                      std::span<const double> residuals, std::size_t horizon) {
    if (const Status known = check_start(next_variance, horizon); !known) return known.error();
    if (residuals.empty()) return Error{Errc::not_enough_data, "want residuals, got none", "", 0};
    const double centre = std::sqrt(2.0 / std::numbers::pi);
    const auto news = [&](double t) {
        double sum = 0.0;
        for (const double z : residuals)
            sum += std::exp(t * (parameters.alpha * (std::abs(z) - centre) + parameters.gamma * z));
        return sum / static_cast<double>(residuals.size());
    };
    return GarchForecast{egarch_path(parameters, next_variance, horizon, news), std::nullopt,
                         half_life_of(persistence(GarchModel::egarch, parameters))};
}

std::vector<AnnualVol> term_vols(std::span<const double> variances, PerYear returns_per_year) {
    std::vector<AnnualVol> vols;
    vols.reserve(variances.size());
    double sum = 0.0;
    for (const double variance : variances) {
        sum += variance;
        vols.push_back(annualise(sum / static_cast<double>(vols.size() + 1), returns_per_year));
    }
    return vols;
}

}  // namespace tidemark::vol
