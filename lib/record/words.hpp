// The enumerations that records have, with the words they are written in.
#pragma once

#include <array>
#include <string_view>

#include "json/field.hpp"

namespace tidemark::record {

enum class Kind { spot, perp, future, option };
enum class OptionSide { call, put };
enum class TradeSide { buy, sell };
enum class MarginMode { cross, isolated };
enum class PriceUnit { quote, coin };
enum class LiquidityState { calm, watch, stressed, exhausted };
enum class MarginStatus { ok, indeterminate };
enum class LiquidationStatus { healthy, margin_call, liquidate, bankrupt, indeterminate };
enum class Side { down, up };
enum class TermStatus { ok, partial, missing };
enum class DiffStatus { changed, unchanged, opened, closed, indeterminate };

}  // namespace tidemark::record

namespace tidemark {

template <>
struct Words<record::Kind> {
    static constexpr std::array<std::string_view, 4> list{"spot", "perp", "future", "option"};
};
template <>
struct Words<record::OptionSide> {
    static constexpr std::array<std::string_view, 2> list{"call", "put"};
};
template <>
struct Words<record::TradeSide> {
    static constexpr std::array<std::string_view, 2> list{"buy", "sell"};
};
template <>
struct Words<record::MarginMode> {
    static constexpr std::array<std::string_view, 2> list{"cross", "isolated"};
};
template <>
struct Words<record::PriceUnit> {
    static constexpr std::array<std::string_view, 2> list{"quote", "coin"};
};
template <>
struct Words<record::LiquidityState> {
    static constexpr std::array<std::string_view, 4> list{"calm", "watch", "stressed", "exhausted"};
};
template <>
struct Words<record::MarginStatus> {
    static constexpr std::array<std::string_view, 2> list{"ok", "indeterminate"};
};
template <>
struct Words<record::LiquidationStatus> {
    static constexpr std::array<std::string_view, 5> list{"healthy", "margin_call", "liquidate", "bankrupt",
                                                          "indeterminate"};
};
template <>
struct Words<record::Side> {
    static constexpr std::array<std::string_view, 2> list{"down", "up"};
};
template <>
struct Words<record::TermStatus> {
    static constexpr std::array<std::string_view, 3> list{"ok", "partial", "missing"};
};
template <>
struct Words<record::DiffStatus> {
    static constexpr std::array<std::string_view, 5> list{"changed", "unchanged", "opened", "closed",
                                                          "indeterminate"};
};

}  // namespace tidemark
