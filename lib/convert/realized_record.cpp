#include "convert/realized_record.hpp"

#include <cstdint>

#include "convert/clip_text.hpp"

namespace tidemark::convert {
namespace {

json::Named vols_named(const std::vector<vol::Estimate>& estimates) {
    json::Named out;
    for (const vol::Estimate& estimate : estimates) {
        if (estimate.annual_vol) out.emplace_back(estimate.by->name, estimate.annual_vol->value());
    }
    return out;
}

void put_garch(record::VolFit& out, const vol::GarchFit& fit) {
    const vol::GarchVector values = vol::to_vector(fit.parameters);
    for (const std::size_t place : vol::free_parameters(fit.spec))
        out.parameters.emplace_back(vol::garch_parameter_names[place], values[place]);
    out.binding = fit.binding;
    out.log_likelihood = fit.log_likelihood;
    out.persistence = fit.persistence;
}

void put_har(record::VolFit& out, const vol::HarFit& fit) {
    constexpr std::string_view names[] = {"constant", "day", "week", "month"};
    for (std::size_t i = 0; i < fit.ols.coefficients.size(); ++i)
        out.parameters.emplace_back(names[i], fit.ols.coefficients[i]);
    out.r_squared = fit.ols.r_squared;
}

void put_days(record::VolFit& out, const vol::DayFigures& days) {
    out.status = vol::fit_status_name(days.fit->status());
    out.days = static_cast<std::int64_t>(days.fit->days);
    out.residual_scale = days.residual_scale;
    out.half_life_days = days.half_life_days;
    if (days.long_run) out.long_run_annual_vol = days.long_run->value();
    if (days.fit->garch() != nullptr)
        put_garch(out, *days.fit->garch());
    else
        put_har(out, *days.fit->har());
}

record::VolFit fit_of(const vol::Estimate& estimate, KeptWords& words) {
    record::VolFit out;
    out.estimator = estimate.by->name;
    out.status = "refused";
    if (estimate.days) put_days(out, *estimate.days);
    if (estimate.refused) out.reason = words.emplace_back(clip_text(estimate.refused->message));
    return out;
}

record::ScreenedVol screened_of(const vol::ScreenedVol& screened) {
    record::ScreenedVol out;
    out.estimates = vols_named(screened.estimates);
    if (screened.annual_vol) out.annual_vol = screened.annual_vol->value();
    if (screened.anchor) out.base_annual_vol = screened.anchor->value();
    return out;
}

record::TailSide side_of(const vol::TailSide& side) {
    record::TailSide out;
    out.value_at_risk = side.value_at_risk;
    out.expected_shortfall = side.expected_shortfall;
    out.tail_count = static_cast<std::int64_t>(side.tail_count);
    if (!side.peaks) return out;
    out.threshold = side.peaks->threshold;
    out.excesses = static_cast<std::int64_t>(side.peaks->excesses);
    out.shape = side.peaks->shape;
    out.scale = side.peaks->scale;
    out.pareto_value_at_risk = side.peaks->value_at_risk;
    out.pareto_expected_shortfall = side.peaks->expected_shortfall;
    return out;
}

record::JumpDay jump_of(const vol::JumpDay& jump) {
    return {Timestamp{jump.day * ms_per_day}, static_cast<std::int64_t>(jump.returns), jump.test.z,
            jump.test.p_one_sided.value(), jump.share.value()};
}

}  // namespace

record::RealizedVol realized_vol(const vol::RealizedVol& realized, const vol::BarSeries& bars,
                                 const vol::Estimator& asked, KeptWords& words) {
    record::RealizedVol out;
    out.estimator = realized.estimator->name;
    if (realized.stands_in) out.stands_in_for = asked.name;
    out.annual_vol = realized.annual_vol.value();
    out.as_of_ts = bars.last_close();
    out.interval_ms = bars.interval_ms();
    out.estimates = vols_named(realized.estimates);
    for (const vol::Estimate& estimate : realized.estimates) {
        if (estimate.days || estimate.refused) out.fits.push_back(fit_of(estimate, words));
    }
    for (const vol::Foreseen& foreseen : realized.forecast)
        out.forecast.push_back({foreseen.horizon_days, foreseen.annual_vol});
    if (realized.screened) out.screened = screened_of(*realized.screened);
    return out;
}

record::VolTails vol_tails(const vol::ResidualTails& tails, std::string_view filter, double confidence,
                           const std::optional<vol::JumpDay>& jump) {
    record::VolTails out;
    out.filter = filter;
    out.days = static_cast<std::int64_t>(tails.residuals);
    out.confidence = confidence;
    out.mean = tails.mean;
    out.deviation = tails.deviation;
    out.skew = tails.skew;
    out.excess_kurtosis = tails.excess_kurtosis;
    out.down = side_of(tails.down);
    out.up = side_of(tails.up);
    out.cornish_fisher_down = tails.cornish_fisher_down;
    if (jump) out.jump = jump_of(*jump);
    return out;
}

}  // namespace tidemark::convert
