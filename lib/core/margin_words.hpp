// The vocabulary of a margin: its parts, what binds it, what was assumed, why it changed. Models say these,
// records write them, pages explain them; each is named here and nowhere else.
#pragma once

#include "core/words.hpp"

namespace tidemark {

/// What an initial margin is made of. A part that a model leaves at 0 it does not name as charged.
enum class Part { base, volatility, skew, gamma, correlation, liquidity, concentration, account, orders };

struct PartText {
    std::string_view word, heading, meaning;  // heading: of a narrow column
};
inline constexpr std::array part_texts{
    PartText{"base", "base",
             "delta-adjusted exposure times the long-run range, no offset between underlyings"},
    PartText{"volatility", "vol", "added by volatility in use over its long-run anchor"},
    PartText{"skew", "skew", "added by separate down and up ranges"},
    PartText{"gamma", "gamma", "added by repricing every position in full, with volatility shocks and tails"},
    PartText{"correlation", "offset", "offset between underlyings; negative where they hedge each other"},
    PartText{"liquidity", "liquidity", "cost to close"},
    PartText{"concentration", "concentr", "added for size against the market"},
    PartText{"account", "score", "added by the account's own multiplier"},
    PartText{"orders", "orders", "added by open orders at their worst fill"}};

constexpr const PartText& text_of(Part part) {
    return part_texts[static_cast<std::size_t>(part)];
}

/// How volatility moves in a scenario; the skews move each strike by its own amount.
enum class VolMove { up, none, down, linear_skew, absolute_skew };

/// What sets a requirement. A floor is what a loss is at least, whatever the scenarios say.
enum class Binding { nothing, scenario, positions, basis, minimum_delta };

/// What no fresh record told, so that the policy's own figure stands in.
enum class Assumed { liquidity, confidence };

/// What the speed limit of a policy did to a volatility.
enum class Speed { rise_limited, fall_limited, override };

/// What was switched from one day to the other.
enum class Cause {
    expired,
    time,
    contract,
    price,
    confidence,
    volatility,
    vol_in_use,
    vol_anchor,
    skew,
    correlation,
    liquidity,
    mark,
    account,
    position,
    entry,
    collateral,
    score,
    orders,
    haircut,
    policy,
    other
};

template <>
struct Words<Part> {
    static constexpr auto list = [] {
        std::array<std::string_view, part_texts.size()> words{};
        for (std::size_t i = 0; i < words.size(); ++i) words[i] = part_texts[i].word;
        return words;
    }();
    static constexpr auto meanings = [] {
        std::array<std::string_view, part_texts.size()> texts{};
        for (std::size_t i = 0; i < texts.size(); ++i) texts[i] = part_texts[i].meaning;
        return texts;
    }();
};
static_assert(word_count<Part> == static_cast<std::size_t>(Part::orders) + 1);

template <>
struct Words<VolMove> {
    static constexpr std::array<std::string_view, 5> list{"up", "none", "down", "linear skew",
                                                          "absolute skew"};
};
template <>
struct Words<Binding> {
    static constexpr std::array<std::string_view, 5> list{"nothing", "scenario", "positions", "basis",
                                                          "minimum delta"};
};
template <>
struct Words<Assumed> {
    static constexpr std::array<std::string_view, 2> list{"liquidity", "confidence"};
};
template <>
struct Words<Speed> {
    static constexpr std::array<std::string_view, 3> list{"rise limited", "fall limited", "override"};
};
template <>
struct Words<Cause> {
    static constexpr std::array<std::string_view, 21> list{
        "expired",    "time",       "contract",    "price",     "confidence", "volatility", "vol_in_use",
        "vol_anchor", "skew",       "correlation", "liquidity", "mark",       "account",    "position",
        "entry",      "collateral", "score",       "orders",    "haircut",    "policy",     "other"};
};
static_assert(word_count<Cause> == static_cast<std::size_t>(Cause::other) + 1);

/// The amounts of a margin by part, in account currency. They sum to the initial margin exactly, in any
/// order.
using Parts = ByWord<Part>;

}  // namespace tidemark
