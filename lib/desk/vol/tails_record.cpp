#include "desk/vol/tails_record.hpp"

#include <algorithm>

#include "vol/daily/residual_tails.hpp"
#include "vol/realized/jump_test.hpp"

namespace tidemark::desk {
namespace {

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

/// The fit of the estimator in use, where it can filter.
const vol::GarchFit* filter_of(DayFits& fits, const VolOptions& options) {
    const vol::Estimator& estimator = *vol::find(options.estimator);
    if (estimator.days() == nullptr) return nullptr;
    const auto& fit = fits.fit(estimator, {});
    const vol::GarchFit* const garch = fit ? fit->garch() : nullptr;
    return garch == nullptr || garch->status == vol::FitStatus::not_converged ? nullptr : garch;
}

std::optional<record::JumpDay> jump_of(const VolSource& source) {
    const auto days = source.history->days();
    const auto last = std::find_if(days.rbegin(), days.rend(),
                                   [&](const vol::DaySum& day) { return source.history->whole(day); });
    if (last == days.rend()) return std::nullopt;
    std::vector<double> returns;
    for (const vol::TimedReturn& move : source.bars->returns()) {
        if (move.open.ms / ms_per_day == last->day) returns.push_back(move.log_return);
    }
    const auto test = vol::jump_test_ratio(returns);
    const auto share = vol::jump_share(returns);
    if (!test || !share) return std::nullopt;
    return record::JumpDay{Timestamp{last->day * ms_per_day}, static_cast<std::int64_t>(returns.size()),
                           test->z, test->p_one_sided.value(), share->share.value()};
}

}  // namespace

std::optional<record::VolTails> tails_of(const VolSource& source, DayFits& fits, const VolOptions& options) {
    const vol::GarchFit* const filter = filter_of(fits, options);
    const auto residuals = vol::standardised_residuals(fits.moves(), filter);
    if (!residuals) return std::nullopt;
    const auto tails =
        vol::residual_tails(*residuals, options.policy.tail_confidence, options.policy.tail_threshold);
    if (!tails) return std::nullopt;
    record::VolTails out;
    out.filter = filter != nullptr ? std::string_view{options.estimator} : "riskmetrics2006-daily";
    out.days = static_cast<std::int64_t>(tails->residuals);
    out.confidence = options.policy.tail_confidence;
    out.mean = tails->mean;
    out.deviation = tails->deviation;
    out.skew = tails->skew;
    out.excess_kurtosis = tails->excess_kurtosis;
    out.down = side_of(tails->down);
    out.up = side_of(tails->up);
    out.cornish_fisher_down = tails->cornish_fisher_down;
    out.jump = jump_of(source);
    return out;
}

}  // namespace tidemark::desk
