// How a tool reads its market: by which time, and whether it believes what looks wrong.
#pragma once

#include <optional>

#include "cli/option.hpp"
#include "market/market.hpp"

namespace tidemark::desk {

/// How a market is read.
struct MarketReading {
    std::optional<Timestamp> as_of;
    bool accept_suspect = false;

    /// To be called before the first record.
    void begin(market::Market& market) const;
};

/// --accept-suspect, of every tool that learns a market.
cli::Option accept_suspect_option(bool& to);

}  // namespace tidemark::desk
