#include "desk/vol/realized_of.hpp"

#include <algorithm>
#include <cmath>

#include "convert/realized_record.hpp"
#include "vol/daily/residual_tails.hpp"
#include "vol/history/jump_day.hpp"

namespace tidemark::desk {
namespace {

bool asked_for(const vol::Estimator& estimator, const VolOptions& options) {
    const auto among = [&](std::string_view name) {
        return std::find(options.also.begin(), options.also.end(), name) != options.also.end();
    };
    if (estimator.trades() && options.trade_bars_ms == 0) return false;
    return estimator.name == options.estimator || among(estimator.name) || among(every_estimator);
}

std::vector<const vol::Estimator*> asked_besides_bars(const VolOptions& options) {
    std::vector<const vol::Estimator*> out;
    for (const vol::Estimator& estimator : vol::estimators()) {
        if (estimator.bars() == nullptr && asked_for(estimator, options)) out.push_back(&estimator);
    }
    return out;
}

std::vector<std::size_t> horizons_of(const VolOptions& options) {
    std::vector<std::size_t> horizons{1, static_cast<std::size_t>(blend_days(options))};
    for (const double days : options.policy.forecast_days) horizons.push_back(static_cast<std::size_t>(days));
    std::sort(horizons.begin(), horizons.end());
    horizons.erase(std::unique(horizons.begin(), horizons.end()), horizons.end());
    return horizons;
}

PerYear year_of(const VolOptions& options) {
    return PerYear{options.days_per_year};
}

vol::RealizedRules rules_of(const VolOptions& options) {
    return {vol::find(options.estimator), vol::find(options.anchor)->bars(), asked_besides_bars(options),
            horizons_of(options), year_of(options)};
}

}  // namespace

double blend_days(const VolOptions& options) {
    const auto& days = options.policy.forecast_days;
    const double horizon = std::ceil(days_of(options.horizon_ms));
    return std::clamp(horizon, 1.0, std::max(1.0, *std::max_element(days.begin(), days.end())));
}

std::optional<vol::RealizedVol> realized_of(const VolSource& source, vol::DayFits& fits,
                                            const VolOptions& options) {
    const vol::RealizedRules rules = rules_of(options);
    if (!rules.asked.empty() || options.tails || options.stress_prob) fits.follow(*source.history);
    return vol::realized_vol(*source.bars, source.tape, fits, rules);
}

std::optional<record::VolTails> tails_of(const VolSource& source, vol::DayFits& fits,
                                         const VolOptions& options) {
    if (!options.tails) return std::nullopt;
    const vol::GarchFit* const filter = fits.filter(*vol::find(options.estimator));
    const double confidence = options.policy.tail_confidence;
    const auto tails = vol::filtered_tails(fits.moves(), filter, confidence, options.policy.tail_threshold);
    if (!tails) return std::nullopt;
    const std::string_view name =
        filter != nullptr ? std::string_view{options.estimator} : "riskmetrics2006-daily";
    return convert::vol_tails(*tails, name, confidence,
                              vol::jump_day(*source.history, source.bars->returns()));
}

std::optional<double> stress_prob_of(vol::DayFits& fits, const VolOptions& options) {
    return options.stress_prob ? fits.stress_probability() : std::nullopt;
}

std::optional<vol::BarAnchor> anchor_of(const VolSource& source, const VolOptions& options) {
    const auto over_all = vol::find(options.anchor)->bars()->of(source.bars->all());
    if (!over_all) return std::nullopt;
    const VolPolicy& policy = options.policy;
    const vol::AnchorRules rules{static_cast<std::int32_t>(policy.anchor_days), policy.stressed_weight,
                                 static_cast<std::int32_t>(policy.stressed_days), year_of(options)};
    return vol::bar_anchor(source.history->days(), *over_all, source.bars->interval_ms(), rules);
}

}  // namespace tidemark::desk
