// An option over all scenarios of a rule: SPAN's risk array, in values rather than losses.
#pragma once

#include <span>
#include <vector>

#include "core/result.hpp"
#include "margin/portfolio/underlying_legs.hpp"
#include "pricing/row_kernel.hpp"

namespace tidemark::margin {

/// Whether it turns the smile and moves nothing else of an option.
constexpr bool is_skew(VolMove vol) {
    return vol == VolMove::linear_skew || vol == VolMove::absolute_skew;
}

/// ln(strike / forward) as the skew rule takes it to a factor on volatility; not below 0.
double skew_factor(double log_moneyness, double years, const SkewCap& cap, const SkewWidth& width);

/// An option's volatility in one scenario.
double scenario_vol(const OptionLeg& option, const ExpiryLegs& expiry, VolMove scenario,
                    const ScenarioRule& rule);

/// Prices options over the scenarios of a rule, then the two moves of its basis rule, then no move at all.
class RiskArrayPricer {
public:
    /// Fails with out_of_domain where a move is below -1 or not finite.
    static Result<RiskArrayPricer> make(const ScenarioRule& rule);

    [[nodiscard]] std::size_t row_size() const { return moves_.padded_size(); }
    [[nodiscard]] std::size_t basis_up() const { return scenarios_; }
    [[nodiscard]] std::size_t basis_down() const { return scenarios_ + 1; }
    [[nodiscard]] std::size_t now() const { return scenarios_ + 2; }

    /// Undiscounted Black-76 value of one unit in each column, in quote currency, or in coin for an inverse
    /// payoff. Of the forward only the part that is not settled moves. Wants row.size() == row_size().
    void price(const OptionLeg& option, const ExpiryLegs& expiry, pricing::Payoff payoff,
               std::span<double> row);

private:
    RiskArrayPricer(const ScenarioRule& rule, std::vector<double> moves, pricing::MoveGrid grid);

    ScenarioRule rule_;
    std::size_t scenarios_;
    std::vector<double> raw_moves_;
    pricing::MoveGrid moves_;
    std::vector<double> vols_;  // scratch, by column
};

}  // namespace tidemark::margin
