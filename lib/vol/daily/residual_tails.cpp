#include "vol/daily/residual_tails.hpp"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "stats/backtest/historical.hpp"
#include "stats/distributions/cornish_fisher.hpp"
#include "stats/distributions/generalised_pareto.hpp"
#include "stats/distributions/moments.hpp"
#include "stats/distributions/order_statistics.hpp"

namespace tidemark::vol {
namespace {

std::vector<double> negated(std::span<const double> values) {
    std::vector<double> out;
    for (const double value : values) out.push_back(-value);
    return out;
}

std::optional<PeakTail> peaks_of(std::span<const double> losses, double confidence, double threshold) {
    const auto level = stats::quantile(losses, threshold);
    if (!level) return std::nullopt;
    const auto fit = stats::fit_generalised_pareto(stats::excesses(losses, *level));
    if (!fit) return std::nullopt;
    const auto risk = stats::tail_risk({fit->law, *level, losses.size(), fit->count}, confidence);
    if (!risk) return std::nullopt;
    PeakTail out{*level, fit->law.shape, fit->law.scale, fit->count, {}, {}};
    if (risk->status != stats::TailStatus::below_threshold) out.value_at_risk = risk->value_at_risk;
    if (risk->status == stats::TailStatus::ok) out.expected_shortfall = risk->expected_shortfall;
    return out;
}

Result<TailSide> tail_side(std::span<const double> residuals, double confidence, double threshold) {
    const auto seen = stats::historical_risk(residuals, 1.0 - confidence);
    if (!seen) return seen.error();
    return TailSide{seen->value_at_risk, seen->expected_shortfall, seen->tail_count,
                    peaks_of(negated(residuals), confidence, threshold)};
}

}  // namespace

Result<ResidualTails> residual_tails(std::span<const double> residuals, double confidence, double threshold) {
    if (residuals.size() < tails_min_residuals)
        return Error{
            Errc::not_enough_data,
            fmt::format("tails want at least {} days, got {}", tails_min_residuals, residuals.size()), "", 0};
    if (!(confidence > 0.0 && confidence < 1.0 && threshold > 0.0 && threshold < 1.0))
        return Error{Errc::out_of_domain,
                     fmt::format("want probabilities between 0 and 1, got {} and {}", confidence, threshold),
                     "", 0};
    const auto moments = stats::moments(residuals);
    if (!moments) return moments.error();
    const auto down = tail_side(residuals, confidence, threshold);
    if (!down) return down.error();
    const auto up = tail_side(negated(residuals), confidence, threshold);
    if (!up) return up.error();
    ResidualTails out{residuals.size(),
                      moments->mean,
                      std::sqrt(moments->variance),
                      moments->skew,
                      moments->excess_kurtosis,
                      *down,
                      *up,
                      {}};
    if (const auto risk = stats::cornish_fisher_value_at_risk(*moments, confidence))
        out.cornish_fisher_down = *risk;
    return out;
}

Result<ResidualTails> filtered_tails(const DailyMoves& moves, const GarchFit* filter, double confidence,
                                     double threshold) {
    const auto residuals = standardised_residuals(moves, filter);
    if (!residuals) return residuals.error();
    return residual_tails(*residuals, confidence, threshold);
}

}  // namespace tidemark::vol
