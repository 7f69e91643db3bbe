// A tail probability that corrects itself so that breaches come at the target rate whatever the market does.
// Gibbs and Candes (2021), NeurIPS 34.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/result.hpp"

namespace tidemark::stats {

/// alpha + gain (target - 1(breach)). May leave 0 to 1: at 0 or below no finite margin is enough, so the
/// caller caps it and counts how often.
double next_tail_probability(double alpha, double target, double gain, bool breach);

/// What it takes after each breach (other than 0) or none.
std::vector<double> tail_probability_path(double start, double target, double gain,
                                          std::span<const int> breaches);

/// Bound on |breach rate - target| over `days`, without any assumption: (max(a, 1 - a) + gain) / (gain days),
/// a the start. Above 1 it says nothing. Fails with out_of_domain unless gain > 0, days >= 1 and a is within
/// 0 to 1.
Result<double> coverage_bound(double start, double gain, std::size_t days);

}  // namespace tidemark::stats
