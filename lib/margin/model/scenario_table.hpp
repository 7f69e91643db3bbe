// Every scenario of a model, leg by leg: what its worst scenario was chosen from, and what is charged
// besides.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/margin_words.hpp"
#include "market/market.hpp"

namespace tidemark::margin {

/// Whose leg it is, for whoever put it there: an instrument, or an asset held as a balance.
struct LegKey {
    std::uint32_t id = 0;
    bool balance = false;
};

/// Losses in account currency, gains negative, the scenario's weight in them.
struct ScenarioRow {
    std::vector<std::pair<market::AssetId, double>> moves;  // by underlying, fraction
    VolMove vol = VolMove::none;
    double weight = 1.0;
    std::vector<double> losses;  // by leg
    double relief = 0.0;         // what the rule adds to their sum: a dampener, gains that do not count
    double loss = 0.0;           // sum of the losses and the relief
};

/// What a margin has beside the loss, as it stands in each of the two.
struct ScenarioCharge {
    std::string_view name;
    double initial = 0.0, maintenance = 0.0;
};

struct ScenarioLeg {
    LegKey key;
    double qty = 0.0;
};

/// What is shocked together. Where the factors are there,
/// initial = initial_factor x loss + the charges' initial, maintenance likewise.
struct ScenarioMatrix {
    std::vector<market::AssetId> underlyings;
    std::vector<ScenarioLeg> legs;
    std::vector<ScenarioRow> rows;
    std::vector<std::pair<Binding, double>> floors;  // the loss is at least each of them
    double loss = 0.0;                               // greatest of rows and floors, at least 0
    Binding binds = Binding::nothing;                // what it comes from: a scenario or one of the floors
    std::optional<std::size_t> worst;                // the row, where it is a scenario
    std::optional<double> initial_factor, maintenance_factor;
    std::vector<ScenarioCharge> charges;
};

struct ScenarioTable {
    std::vector<ScenarioMatrix> matrices;
    std::vector<ScenarioCharge> charges;  // of the account as a whole
};

}  // namespace tidemark::margin
