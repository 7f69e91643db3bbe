// The types of line that these tools read or write. Others pass as they are; one that is nearly one of these
// is a slip of the pen.
#pragma once

#include <array>
#include <string_view>

namespace tidemark::record {

inline constexpr std::array<std::string_view, 23> known_types{"account",
                                                              "instrument",
                                                              "ticker",
                                                              "price",
                                                              "vol",
                                                              "correlation",
                                                              "liquidity",
                                                              "candle",
                                                              "trade",
                                                              "book",
                                                              "error",
                                                              "eos",
                                                              "scenario",
                                                              "margin",
                                                              "liquidation",
                                                              "score",
                                                              "scenarios",
                                                              "comparison",
                                                              "shock",
                                                              "margin_diff",
                                                              "position",
                                                              "reconciliation",
                                                              "forecast-evaluation"};

}  // namespace tidemark::record
