#include "report/holding_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "stream/io/table.hpp"

namespace tidemark::report {

namespace {

using stream::grouped;

/// In every digit, so that what is made of it can be made again.
std::string price_words(double price) {
    return fmt::format("{}", price);
}

/// Of a figure that was divided out, without the dust of the division.
std::string quotient_words(double value) {
    return fmt::format("{:.12g}", value);
}

/// What one unit is worth, and what equity has otherwise: of several positions their mean.
std::string worth_words(const Standalone& alone, const market::Priced& priced) {
    if (alone.qty == 0.0) return {};
    const bool one_entry = alone.entry > 0.0 || priced.contract.kind == pricing::ContractKind::option;
    const double each = one_entry ? market::unit_value(priced, alone.entry, 1.0) : alone.equity / alone.qty;
    const double rest = alone.equity - alone.qty * each;
    std::string words = fmt::format(", worth {} each", quotient_words(each));
    if (std::fabs(rest) >= 0.005)
        words += fmt::format(" {} {} for doubt or haircut", rest < 0.0 ? "less" : "and",
                             quotient_words(std::fabs(rest)));
    return words;
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
    const double multiple = account_.model().view().confidence_multiple;
    const double doubt = multiple * price->confidence;
    const std::string at =
        doubt == 0.0 ? price_words(price->price)
                     : fmt::format("({} {} {} x {} of doubt)", price_words(price->price),
                                   alone.qty < 0.0 ? "+" : "-", multiple, price_words(price->confidence));
    if (alone.qty < 0.0) {
        const double counted = alone.equity / (alone.qty * (price->price + doubt));
        const std::string times =
            std::fabs(counted - 1.0) < 1e-9 ? "" : fmt::format(" counted {} times", quotient_words(counted));
        return fmt::format("{} owed at {}{}, {}", -alone.qty, at, times, since);
    }
    const double before = alone.qty * std::max(0.0, price->price - doubt);
    const double haircut = before == 0.0 ? 0.0 : 1.0 - alone.equity / before;
    const std::string entry = fmt::format("haircuts.{}", account_.market().asset_name(alone.key.id));
    const auto own = account_.policy().shown(entry), other = account_.policy().shown("default_haircut");
    const auto by_table = account_.model().collateral_unit(alone.key.id);
    const bool measured = by_table && alone.equity < alone.qty * *by_table * (1.0 - 1e-9);
    return fmt::format("{} at {} after haircut {}% ({}{} {}), {}", alone.qty, at,
                       quotient_words(100.0 * std::round(haircut * 1e13) / 1e13),
                       measured ? "measured, above " : "", own ? entry : "default_haircut",
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
    const std::string paid =
        priced->conversion == 1.0 ? "" : fmt::format(", paid at {}", price_words(priced->conversion));
    const std::string worth = worth_words(alone, *priced);
    return fmt::format("{} held, {}{}{}, delta {}, {}", alone.qty, basis, paid, worth,
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
    return fmt::format("by itself, {}% of {} ({} x {}), {}",
                       quotient_words(100.0 * alone.initial_margin / notional), grouped(notional, 2),
                       std::fabs(alone.qty), quotient_words(unit), since);
}

}  // namespace tidemark::report
