// An account as what it is to every model: a list of netting sets.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "margin/model/model.hpp"
#include "market/portfolio.hpp"

namespace tidemark::margin {

/// Positions and collateral that are netted with one another and with nothing else: what is held cross, or
/// one isolated position with its own margin. A set stands or falls by itself.
struct NettingSet {
    std::optional<market::InstrumentId> isolated;  // whose set it is; none: the cross set
    market::Portfolio portfolio;
    Requirement requirement;  // once judged
};

/// The sets of one account after the other, in room that is kept.
class NettingSets {
public:
    void clear() { used_ = 0; }
    /// An empty set; valid until the next add().
    NettingSet& add(std::optional<market::InstrumentId> isolated);

    [[nodiscard]] std::span<NettingSet> all() { return {sets_.data(), used_}; }
    [[nodiscard]] std::span<const NettingSet> all() const { return {sets_.data(), used_}; }

private:
    std::vector<NettingSet> sets_;
    std::size_t used_ = 0;
};

/// equity / maintenance margin; none where nothing is required.
std::optional<double> health(const Requirement& requirement);

/// The health of the set nearest to its edge.
std::optional<double> health(std::span<const NettingSet> sets);

/// What all sets require together: sums, on a grid on which parts sum to the initial margin exactly. `from`
/// is the oldest time where there are none.
Requirement sum_of(std::span<const NettingSet> sets, Timestamp from);

/// The requirement of every set at prices as they are. Fails as the model does for any of them, and with
/// out_of_domain where amounts are beyond what a double holds.
Status judge(Model& model, std::span<NettingSet> sets);

}  // namespace tidemark::margin
