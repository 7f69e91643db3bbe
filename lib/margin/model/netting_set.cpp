#include "margin/model/netting_set.hpp"

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"
#include "margin/model/exact_sums.hpp"

namespace tidemark::margin {
namespace {

/// No record holds a number beyond this, so that no tool would read what this one writes.
constexpr double largest_figure = 0x1p53;

/// Amounts can be too large for their sums, and for the next tool: then there is no figure, whatever the
/// model. `all` is how large those of the account are so far.
Status readable(const Requirement& r, double& all) {
    const double loss = r.has_worst ? std::fabs(r.worst.loss) : 0.0;
    all += std::fabs(r.equity) + std::fabs(r.collateral_value) + std::fabs(r.initial_margin) +
           std::fabs(r.maintenance_margin) + loss;
    if (all <= largest_figure) return Ok{};
    return Error{Errc::out_of_domain,
                 std::isfinite(all) ? "amounts beyond 2^53, which no record holds"
                                    : "amounts beyond what a double holds",
                 "", 0};
}

void add(const Requirement& one, Requirement& sum) {
    sum.equity += one.equity;
    sum.collateral_value += one.collateral_value;
    sum.initial_margin += one.initial_margin;
    sum.maintenance_margin += one.maintenance_margin;
    sum.confidence_charge += one.confidence_charge;
    sum.haircut_charge += one.haircut_charge;
    sum.oldest = std::min(sum.oldest, one.oldest);
    for (const Part part : every<Part>()) sum.parts[part] += one.parts[part];
    for (const Assumption& assumption : one.assumed) {
        if (std::find(sum.assumed.begin(), sum.assumed.end(), assumption) == sum.assumed.end())
            sum.assumed.push_back(assumption);
    }
    for (const SpeedNote& note : one.speed) {
        const auto same = [&](const SpeedNote& known) { return known.asset == note.asset; };
        if (std::none_of(sum.speed.begin(), sum.speed.end(), same)) sum.speed.push_back(note);
    }
}

/// Sums of sets are rounded, each part on its own: on one grid the parts are the whole again.
void to_exact_parts(Requirement& sum) {
    Parts levels;
    double level = 0.0;
    for (const Part part : every<Part>()) levels[part] = level += sum.parts[part];
    sum.initial_margin = to_exact_steps(levels.amounts, sum.parts.amounts);
}

}  // namespace

NettingSet& NettingSets::add(std::optional<market::InstrumentId> isolated) {
    if (used_ == sets_.size()) sets_.emplace_back();
    NettingSet& set = sets_[used_++];
    set.isolated = isolated;
    set.portfolio.clear();
    return set;
}

std::optional<double> health(const Requirement& requirement) {
    if (!(requirement.maintenance_margin > 0.0)) return std::nullopt;
    const double ratio = requirement.equity / requirement.maintenance_margin;
    return std::clamp(ratio, -largest_figure, largest_figure);
}

std::optional<double> health(std::span<const NettingSet> sets) {
    std::optional<double> least;
    for (const NettingSet& set : sets) {
        const auto own = health(set.requirement);
        if (own) least = std::min(*own, least.value_or(*own));
    }
    return least;
}

Requirement sum_of(std::span<const NettingSet> sets, Timestamp from) {
    Requirement sum;
    sum.oldest = from;
    for (const NettingSet& set : sets) add(set.requirement, sum);
    to_exact_parts(sum);
    return sum;
}

Status judge(Model& model, std::span<NettingSet> sets) {
    double all = 0.0;
    for (NettingSet& set : sets) {
        if (!model.weighs_sides()) market::net_balances(set.portfolio.balances);
        if (Status required = model.require(set.portfolio, {}, set.requirement); !required) return required;
        if (Status sound = readable(set.requirement, all); !sound) return sound;
    }
    return Ok{};
}

}  // namespace tidemark::margin
