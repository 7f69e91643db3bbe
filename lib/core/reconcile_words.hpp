// The vocabulary of a reconciliation: why our figure and a venue's are not the same. The trials name these,
// records write them, pages explain them; each is named here and nowhere else.
#pragma once

#include "core/words.hpp"

namespace tidemark {

/// From the simplest on: of two that explain a difference the simpler is named.
enum class Discrepancy {
    agrees,
    immaterial,
    rounding,
    one_tick,
    sign,
    currency,
    ratio,
    premium,
    fee,
    entry,
    profit,
    index_price,
    stale_tick,
    haircut,
    offset,
    uncounted,
    tier,
    multiplier,
    unexplained
};

struct DiscrepancyText {
    std::string_view word, meaning;
    bool many = false;  // of many variants, so that chance needs more digits to be ruled out
};
inline constexpr std::array discrepancy_texts{
    DiscrepancyText{"agrees", "within 1e-9 of theirs"},
    DiscrepancyText{"immaterial", "within 1e-6 of theirs"},
    DiscrepancyText{"rounding", "theirs is ours rounded or cut off at the decimals that it is written with"},
    DiscrepancyText{"one tick", "a price that is rounded and put one tick on, to one side"},
    DiscrepancyText{"sign", "theirs has the opposite sign"},
    DiscrepancyText{"currency",
                    "theirs is in a coin that the account holds or trades, or was multiplied by "
                    "its price",
                    true},
    DiscrepancyText{"other ratio",
                    "health that is another ratio of the same account, such as weighted "
                    "collateral / debt, or its inverse"},
    DiscrepancyText{"option premium",
                    "the value of options is in the one requirement, or equity, and not in "
                    "the other"},
    DiscrepancyText{"closing fee",
                    "the fee to close is in the one and not in the other, at the rate of the "
                    "policy or of a built-in one"},
    DiscrepancyText{"entry or mark", "the one requires of the notional at entry, the other at mark"},
    DiscrepancyText{"profit", "unrealised profit is counted twice, or left out"},
    DiscrepancyText{"index price", "perps and futures marked at their index price"},
    DiscrepancyText{"stale tick", "every ticker and price one line behind the newest"},
    DiscrepancyText{"haircut", "collateral at its whole price"},
    DiscrepancyText{"leg offset", "long and short futures offset: the larger side counts, or the net", true},
    DiscrepancyText{"leg not counted", "the positions of one symbol left out, or all others", true},
    DiscrepancyText{"tier",
                    "one underlying at the rates of one tier for all of its notional, without "
                    "deduction",
                    true},
    DiscrepancyText{"contract multiplier",
                    "all positions, or those of one symbol, times a power of ten up "
                    "to 10^8",
                    true},
    DiscrepancyText{"unexplained", "none of these"}};

constexpr const DiscrepancyText& text_of(Discrepancy cause) {
    return discrepancy_texts[static_cast<std::size_t>(cause)];
}

template <>
struct Words<Discrepancy> {
    static constexpr auto list = [] {
        std::array<std::string_view, discrepancy_texts.size()> words{};
        for (std::size_t i = 0; i < words.size(); ++i) words[i] = discrepancy_texts[i].word;
        return words;
    }();
};
static_assert(word_count<Discrepancy> == static_cast<std::size_t>(Discrepancy::unexplained) + 1);

}  // namespace tidemark
