#include "margin/portfolio/parameters.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/errors.hpp"
#include "margin/model/by_asset.hpp"
#include "margin/portfolio/scenarios.hpp"

namespace tidemark::margin {
namespace {

struct VolWord {
    std::string_view word;
    VolMove vol;
};

constexpr std::array<VolWord, 3> grid_words{
    {{"up", VolMove::up}, {"none", VolMove::none}, {"down", VolMove::down}}};
constexpr std::array<VolWord, 2> skew_words{
    {{"linear", VolMove::linear_skew}, {"absolute", VolMove::absolute_skew}}};

bool known(const std::vector<std::string>& words, std::span<const VolWord> list) {
    return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::any_of(list.begin(), list.end(), [&](const VolWord& w) { return w.word == word; });
    });
}

/// What a tail is a multiple of, where that is most.
double lowest_unit(const ScenarioParams& p) {
    double most = 0.0;
    for (const auto& [asset, range] : p.price_ranges) most = std::max(most, range);
    return p.tails_in_ranges != 0.0 ? most : 1.0;
}

std::vector<VolMove> vols_of(const std::vector<std::string>& words, std::span<const VolWord> list) {
    std::vector<VolMove> out;
    for (const VolWord& w : list) {
        if (std::find(words.begin(), words.end(), w.word) != words.end()) out.push_back(w.vol);
    }
    return out;
}

std::vector<double> times(const std::vector<double>& fractions, double range) {
    std::vector<double> out;
    out.reserve(fractions.size());
    for (const double fraction : fractions) out.push_back(fraction * range);
    return out;
}

std::vector<RiskScenario> scenarios_of(const ScenarioParams& p, double range, pricing::Payoff payoff) {
    auto all = scenario_product(times(p.grid_fractions, range), vols_of(p.grid_vols, grid_words));
    const VolMove up[] = {VolMove::up};
    for (const RiskScenario& s : scenario_product(times(p.up_fractions, range), up)) all.push_back(s);
    const bool in_ranges = p.tails_in_ranges != 0.0;
    for (std::size_t i = 0; i < p.tail_moves.size(); ++i) {
        const double move = p.tail_moves[i] * (in_ranges ? range : 1.0);
        const double factor =
            p.tail_weights[i] * std::fabs(move) / (in_ranges ? range : p.tail_reference_range);
        all.push_back(extended_scenario(move, {range, factor, p.tail_dampener_value}, payoff));
        all.back().vol = vols_of(p.tail_vols, grid_words).front();
    }
    const double none[] = {0.0};
    for (const RiskScenario& s : scenario_product(none, vols_of(p.skews, skew_words))) all.push_back(s);
    return all;
}

void take_discounts(const ScenarioParams& p, ScenarioRule& rule) {
    rule.gain_discount = {p.gain_discount, p.gain_rate_multiple, p.gain_rate_add};
    rule.loss_discount = {p.loss_discount, p.loss_rate_multiple, p.loss_rate_add};
    rule.discount_at_rate = p.discount_values != 0.0;
    rule.basis = {p.basis_up, p.basis_down, p.basis_add, p.basis_per_year};
}

void take_vols(const ScenarioParams& p, std::string_view underlying, ScenarioRule& rule) {
    rule.vol_shock = {.range_up = by_asset(p.vol_ranges_up, underlying, 0.0),
                      .range_down = by_asset(p.vol_ranges_down, underlying, 0.0),
                      .min_vol_for_up = AnnualVol{p.min_vol_on_up},
                      .short_power = p.vol_power_short,
                      .long_power = p.vol_power_long,
                      .days_floor = p.vol_floor_days};
    rule.linear_skew = {p.linear_skew_cap, p.linear_skew_cap_per_root_year};
    rule.absolute_skew = {p.absolute_skew_cap, p.absolute_skew_cap_per_root_year};
    rule.skew_width = {p.skew_least_width, p.skew_width_scale, p.skew_width_vol,
                       p.skew_width_vol_per_root_year};
}

Result<TierTable> minimum_steps(const ScenarioParams& p) {
    std::vector<NotionalTier> steps;
    steps.reserve(p.minimum_delta_floors.size());
    for (std::size_t i = 0; i < p.minimum_delta_floors.size(); ++i)
        steps.push_back({p.minimum_delta_floors[i], p.minimum_delta_multiples[i]});
    return TierTable::make(std::move(steps));
}

void take_charges(const ScenarioParams& p, std::string_view underlying, ScenarioRule& rule) {
    rule.minimum_delta = {by_asset(p.minimum_delta_unhedged, underlying, 0.0),
                          by_asset(p.minimum_delta_hedged, underlying, 0.0)};
    if (const auto steps = minimum_steps(p)) rule.minimum_steps = *steps;
    rule.roll = {by_asset(p.roll_least, underlying, 0.0), by_asset(p.roll_annualised, underlying, 0.0)};
    rule.concentration = {p.concentration_threshold_value,
                          by_asset(p.concentration_rate_per_unit, underlying, 0.0), p.concentration_max_rate};
    rule.futures = {p.futures_rate, p.futures_initial_rate};
    rule.offset_futures = {p.offset_futures_rate, 0.0};
    rule.naked_shorts = {p.naked_short_rate, p.naked_short_initial_rate};
    rule.peg = {p.peg_threshold, p.peg_factor};
    rule.oracle = {p.oracle_threshold, p.oracle_rate};
    rule.maintenance_factor = p.maintenance_factor;
    rule.initial_factor = p.initial_factor;
    rule.factor_on_charges = p.factor_on_charges != 0.0;
}

}  // namespace

Status consistent(const ScenarioParams& p) {
    if (!p.price_ranges.contains(every_other_asset)) return bad_policy("want * among them", "price_ranges");
    if (p.minimum_delta_floors.size() != p.minimum_delta_multiples.size())
        return bad_policy("want one for each of minimum_delta_floors", "minimum_delta_multiples");
    if (const auto steps = minimum_steps(p); !steps && !p.minimum_delta_floors.empty())
        return bad_policy(steps.error().message, "minimum_delta_floors");
    if (p.tail_moves.size() != p.tail_weights.size())
        return bad_policy("want one for each of tail_moves", "tail_weights");
    if (std::find(p.tail_moves.begin(), p.tail_moves.end(), 0.0) != p.tail_moves.end())
        return bad_policy("want none of them 0", "tail_moves");
    const bool too_low = std::any_of(p.tail_moves.begin(), p.tail_moves.end(),
                                     [&](double tail) { return !(tail * lowest_unit(p) > -1.0); });
    if (too_low) return bad_policy("want none that takes a price to 0", "tail_moves");
    if (p.tail_vols.size() != 1 || !known(p.tail_vols, grid_words))
        return bad_policy("want one of up, none and down", "tail_vols");
    if (!known(p.grid_vols, grid_words)) return bad_policy("want only up, none and down", "grid_vols");
    if (!known(p.skews, skew_words)) return bad_policy("want only linear and absolute", "skews");
    if (p.grid_vols.empty() != p.grid_fractions.empty())
        return bad_policy("want them where there are grid_fractions, and only there", "grid_vols");
    if (p.grid_fractions.empty() && p.up_fractions.empty())
        return bad_policy("want some, or up_fractions", "grid_fractions");
    if (p.initial_factor < p.maintenance_factor)
        return bad_policy("want it not above initial_factor", "maintenance_factor");
    return Ok{};
}

ScenarioRule scenario_rule(const ScenarioParams& p, std::string_view underlying, pricing::Payoff payoff) {
    ScenarioRule rule;
    rule.scenarios = scenarios_of(p, by_asset(p.price_ranges, underlying, 0.0), payoff);
    take_vols(p, underlying, rule);
    take_discounts(p, rule);
    take_charges(p, underlying, rule);
    return rule;
}

}  // namespace tidemark::margin
