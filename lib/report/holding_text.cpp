#include "report/holding_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "stream/io/table.hpp"

namespace tidemark::report {

namespace {

using stream::grouped;

/// With as many decimals as show a move of a basis point.
std::string price_words(double price) {
    return grouped(price, price >= 100.0 ? 2 : price >= 1.0 ? 4 : 8);
}

}  // namespace

std::string age_words(Timestamp then, Timestamp now) {
    const auto seconds = std::max<std::int64_t>(0, (now.ms - then.ms) / 1000);
    return seconds < 120 ? fmt::format("{} s old", seconds) : fmt::format("{} min old", seconds / 60);
}

std::string HoldingText::held(const Standalone& alone) const {
    return alone.key.balance ? balance(alone) : position(alone);
}

std::string HoldingText::balance(const Standalone& alone) const {
    const auto price = valuation_.asset(alone.key.id);
    if (!price) return {};
    const std::string since = price->at_par ? "at par by the policy" : age_words(price->ts, now_);
    if (alone.qty < 0.0)
        return fmt::format("{} owed at {}, {}", -alone.qty, price_words(price->price), since);
    const double haircut = 1.0 - alone.equity / (alone.qty * price->price);
    const std::string entry = fmt::format("haircuts.{}", account_.market().asset_name(alone.key.id));
    const auto own = account_.policy().shown(entry), other = account_.policy().shown("default_haircut");
    const auto by_table = account_.model().collateral_unit(alone.key.id);
    const bool measured = by_table && alone.equity < alone.qty * *by_table * (1.0 - 1e-9);
    return fmt::format("{} at {} after haircut {:.1f}% ({}{} {}), {}", alone.qty, price_words(price->price),
                       100.0 * haircut, measured ? "measured, above " : "", own ? entry : "default_haircut",
                       own ? *own : other.value_or("0"), since);
}

std::string HoldingText::position(const Standalone& alone) const {
    const auto priced = valuation_.instrument(alone.key.id);
    if (!priced) return {};
    const bool option = priced->contract.kind == pricing::ContractKind::option;
    const std::string basis =
        option ? fmt::format("forward {}, vol {:.1f}%", price_words(priced->price), 100.0 * priced->vol)
        : alone.entry > 0.0
            ? fmt::format("mark {}, entry {}", price_words(priced->price), price_words(alone.entry))
            : fmt::format("mark {}", price_words(priced->price));
    return fmt::format("{} held, {}, delta {}, {}", alone.qty, basis,
                       grouped(alone.qty * priced->exposure, 0), age_words(priced->oldest, now_));
}

/// The requirement as a rate on what the holding controls.
std::string HoldingText::needed(const Standalone& alone) const {
    double price = 0.0, unit = 0.0;
    std::string since;
    if (alone.key.balance) {
        const auto asset = valuation_.asset(alone.key.id);
        if (!asset) return {};
        price = unit = asset->price;
        since = asset->at_par ? "at par by the policy" : age_words(asset->ts, now_);
    } else {
        const auto priced = valuation_.instrument(alone.key.id);
        if (!priced) return {};
        const bool option = priced->contract.kind == pricing::ContractKind::option;
        price = priced->price;
        unit = option ? price * priced->conversion : priced->exposure;
        since = age_words(priced->oldest, now_);
    }
    const double notional = std::fabs(alone.qty) * unit;
    if (notional == 0.0) return fmt::format("by itself, at {}, {}", price_words(price), since);
    return fmt::format("by itself, {:.2f}% of {} at {}, {}", 100.0 * alone.initial_margin / notional,
                       grouped(notional, 0), price_words(price), since);
}

}  // namespace tidemark::report
