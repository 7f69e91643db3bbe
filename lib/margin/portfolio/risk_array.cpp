#include "margin/portfolio/risk_array.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/time.hpp"

namespace tidemark::margin {
namespace {

/// Once part of the forward is settled, a move of the rest is a smaller move of the whole: no move that
/// passed before can fail now.
pricing::MoveGrid partly_settled(std::span<const double> moves, const ExpiryLegs& expiry) {
    const double moving = (expiry.forward - expiry.settled) / expiry.forward;
    std::vector<double> smaller;
    for (const double move : moves) smaller.push_back(move * moving);
    return pricing::MoveGrid::make(smaller).value();
}

}  // namespace

double skew_factor(double log_moneyness, double years, const SkewCap& cap, const SkewWidth& width) {
    const double root_years = std::sqrt(years);
    const double most = cap.base + cap.per_root_year * root_years;
    const double flat =
        std::max(width.least, root_years * width.scale * (width.vol + width.vol_per_root_year * root_years));
    const double slope = log_moneyness * most / flat;
    return std::max(0.0, 1.0 + (log_moneyness >= 0.0 ? std::min(most, slope) : std::max(-most, slope)));
}

double scenario_vol(const OptionLeg& option, const ExpiryLegs& expiry, VolMove scenario,
                    const ScenarioRule& rule) {
    const auto shocked = [&] {
        return pricing::shocked_vols(AnnualVol{option.vol}, expiry.seconds / seconds_per_day, rule.vol_shock);
    };
    const auto k = [&] { return std::log(option.strike / expiry.forward); };
    if (!(expiry.seconds > 0.0)) return option.vol;
    switch (scenario) {
        case VolMove::up:
            return shocked().up.value();
        case VolMove::down:
            return shocked().down.value();
        case VolMove::linear_skew:
            return option.vol * skew_factor(k(), expiry.years(), rule.linear_skew, rule.skew_width);
        case VolMove::absolute_skew:
            return option.vol *
                   skew_factor(std::fabs(k()), expiry.years(), rule.absolute_skew, rule.skew_width);
        case VolMove::none:
            break;
    }
    return option.vol;
}

RiskArrayPricer::RiskArrayPricer(const ScenarioRule& rule, std::vector<double> moves, pricing::MoveGrid grid)
    : rule_{rule}, scenarios_{rule.scenarios.size()}, raw_moves_{std::move(moves)}, moves_{std::move(grid)} {}

Result<RiskArrayPricer> RiskArrayPricer::make(const ScenarioRule& rule) {
    std::vector<double> moves;
    constexpr double almost_nothing = 1e-12;  // of the price: at 0 itself there is no logarithm
    // A skew turns about the forward as it is: the move of such a scenario is for what follows spot alone
    // (PMRMLib_2, _getExpirySkewedShockedMTM).
    const auto move_of = [](const RiskScenario& s) { return is_skew(s.vol) ? 0.0 : s.move; };
    for (const RiskScenario& scenario : rule.scenarios)
        moves.push_back(move_of(scenario) == -1.0 ? almost_nothing - 1.0 : move_of(scenario));
    moves.insert(moves.end(), {rule.basis.up, rule.basis.down, 0.0});
    auto grid = pricing::MoveGrid::make(moves);
    if (!grid) return grid.error();
    return RiskArrayPricer{rule, std::move(moves), *std::move(grid)};
}

void RiskArrayPricer::price(const OptionLeg& option, const ExpiryLegs& expiry, pricing::Payoff payoff,
                            std::span<double> row) {
    constexpr std::size_t kinds = 5;
    std::array<double, kinds> vol_of{};
    for (std::size_t kind = 0; kind < kinds; ++kind)
        vol_of[kind] = scenario_vol(option, expiry, static_cast<VolMove>(kind), rule_);
    vols_.assign(row.size(), option.vol);
    for (std::size_t k = 0; k < scenarios_; ++k)
        vols_[k] = vol_of[static_cast<std::size_t>(rule_.scenarios[k].vol)];

    std::optional<pricing::MoveGrid> settled;
    if (expiry.settled != 0.0) settled = partly_settled(raw_moves_, expiry);
    const pricing::MoveGrid& moves = settled ? *settled : moves_;
    const double root_years = std::sqrt(expiry.years());
    pricing::option_row(row, moves, vols_, expiry.forward, option.strike, root_years, option.type);
    if (payoff == pricing::Payoff::inverse) {
        for (std::size_t k = 0; k < row.size(); ++k) row[k] /= expiry.forward * moves.factor[k];
    }
}

}  // namespace tidemark::margin
