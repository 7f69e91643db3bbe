// The market as a value: all it knows, by name, so that two of them can be compared and mixed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "market/market.hpp"

namespace tidemark::market {

struct Listing {
    Terms terms;
    std::optional<Quote> quote;
};

/// Correlations of those assets that a record covered; empty where none came.
struct CorrelationSnapshot {
    std::vector<std::string> assets;
    std::vector<std::vector<double>> matrix;
    friend bool operator==(const CorrelationSnapshot&, const CorrelationSnapshot&) = default;
};

struct Snapshot {
    std::map<std::string, Listing> listings;  // by symbol
    std::map<std::string, Asset> assets;      // by name
    CorrelationSnapshot correlation;
    Timestamp as_of;  // newest time of any record, or what was fixed
};

/// An asset's price stands here whichever record it came by, so that quotes keep no index price.
Snapshot snapshot_of(const Market& market);

/// A market of these records, prepared. `fixed_as_of` as Market::set_as_of. Fails as Market::put_* do.
Result<Market> market_of(const Snapshot& snapshot, std::optional<Timestamp> fixed_as_of);

}  // namespace tidemark::market
