// Where between maintenance and nothing left it is cheapest to begin liquidating.
#pragma once

namespace tidemark::margin {

/// Amounts in account currency.
struct ThresholdCosts {
    double maintenance = 0.0;
    double floor = 0.0;              // least threshold, at most maintenance
    double close_out = 0.0;          // cost of closing everything
    double latency_deviation = 0.0;  // of the account's value from the decision until all is closed
    double monitor_deviation = 0.0;  // over the time in which a false alarm would have recovered
    double false_cost = 0.0;         // of a liquidation that was not needed
    double capital_rate = 0.0;       // of equity kept idle over that time, fraction
};

/// The equity t between floor and maintenance that minimises
///
///     E[(loss + close_out - t)+] + false_cost Phi(-(maintenance - t) / monitor_deviation) + capital_rate t
///
/// that is bad debt, false liquidations and idle capital, for an account that stands at its maintenance
/// margin and moves as a driftless normal. By the reflection principle Phi(-b/s) is the probability that a
/// level at distance b is touched and then recovered from. The sum is convex in t: its derivative is
/// bisected, by hand, as Boost.Math's bisection fails where the derivative has one sign all the way, which is
/// where an end of the range is the answer.
double liquidation_threshold(const ThresholdCosts& costs);

}  // namespace tidemark::margin
