// How likely a price is to touch a barrier: first passage, not where it ends.
#pragma once

namespace tidemark::liquidation {

/// Probability that a price with annual volatility `vol` and annual log drift `drift` touches `barrier` times
/// its start within `years` (reflection principle):
///
///     P = N((b - mT) / s) + exp(2 m b / vol^2) N((b + mT) / s),  b = ln(barrier), s = vol sqrt(T)
///
/// for a barrier below, and its mirror above. 1 for a barrier of 1; 0 for no time or no volatility.
double touch_probability(double barrier, double vol, double years, double drift);

/// Probability that it stands beyond the barrier when that time is over: about half of what touches it.
double end_probability(double barrier, double vol, double years, double drift);

/// Probability of touching either of two barriers, lower < 1 < upper, by the method of images (Karatzas and
/// Shreve 2.8). Without one, pass 0 or infinity.
double corridor_touch_probability(double lower, double upper, double vol, double years, double drift);

/// -zeta(1/2) / sqrt(2 pi).
inline constexpr double discrete_watch_shift = 0.5825971579390107;

/// Barrier for a continuous formula that stands for one watched every `years_between_looks`: moved away from
/// the start by exp(0.5826 vol sqrt(dt)) (Broadie, Glasserman and Kou 1997).
double discretely_watched(double barrier, double vol, double years_between_looks);

/// The log drift of a price that is a martingale.
constexpr double martingale_drift(double vol) {
    return -0.5 * vol * vol;
}

}  // namespace tidemark::liquidation
