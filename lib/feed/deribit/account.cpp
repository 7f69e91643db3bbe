#include "feed/deribit/account.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "json/escape.hpp"

namespace tidemark::feed {
namespace {

/// Profit of `size` from `entry` to `mark`, in the settlement asset: of an inverse future size is its quote
/// notional, of a linear one its base units.
double profit(bool inverse, double size, double entry, double mark) {
    return inverse ? size * (1.0 / entry - 1.0 / mark) : size * (mark - entry);
}

/// The price that the venue's floating profit counts from: the last settlement, or the average price of what
/// was traded since, whichever gives that profit to the venue's eight decimals; else the price that does.
double settled_entry(Object& row, bool inverse, double size) {
    const double average = row.required("average_price");
    const double mark = row.required("mark_price");
    const std::optional<double> floating = row.number("floating_profit_loss");
    const std::optional<double> settlement = row.unless_zero("settlement_price");
    if (!row.good() || !floating || !(average > 0.0) || !(mark > 0.0)) return average;
    const double rounding = 1e-7 + 1e-6 * std::fabs(*floating);
    for (const double entry : {settlement.value_or(average), average}) {
        if (entry > 0.0 && std::fabs(profit(inverse, size, entry, mark) - *floating) <= rounding)
            return entry;
    }
    return inverse ? 1.0 / (1.0 / mark + *floating / size) : mark - *floating / size;
}

/// Signed by the direction where it is given; the venue signs sizes too, and the two must agree.
double signed_size(Object& row) {
    const double size = row.required("size");
    const auto direction = row.text("direction");
    if (!direction || size == 0.0) return size;
    if (*direction != "buy" && *direction != "sell") {
        row.refuse(Errc::out_of_range, "direction",
                   fmt::format("want buy or sell, got '{}'", json::printable(*direction)));
        return size;
    }
    if (*direction == "buy" && size < 0.0)
        row.refuse(Errc::conflict, "size", "want a size that agrees with its direction buy, got one below 0");
    return *direction == "sell" ? -std::fabs(size) : size;
}

}  // namespace

std::optional<AccountDraft::Held> deribit_position(Object& row) {
    AccountDraft::Held held;
    held.symbol = row.required_text("instrument_name");
    const double size = signed_size(row);
    if (!row.good() || size == 0.0) return std::nullopt;
    const auto terms = market::parse_symbol(held.symbol);
    if (!terms) {
        row.refuse(terms.error().code, "instrument_name", json::printable(terms.error().message));
        return std::nullopt;
    }
    held.qty = size;
    if (terms->kind == market::ContractKind::option) return held;
    const double entry = settled_entry(row, terms->inverse(), size);
    if (!(entry > 0.0) || !std::isfinite(entry) || !std::isfinite(size / entry)) {
        row.refuse(Errc::out_of_range, "average_price", fmt::format("want a price above 0, got {}", entry));
        return std::nullopt;
    }
    held.entry_price = entry;
    if (terms->inverse()) held.qty = size / entry;
    return held;
}

void add_deribit_summary(Object& row, AccountDraft& draft) {
    const std::string_view currency = row.required_text("currency");
    const double qty = row.required("balance") + row.number("session_rpl").value_or(0.0);
    if (row.number("maintenance_margin") != 0.0) draft.seen_requirement();
    if (!row.good()) return;
    draft.seen_balances();
    if (const Status held = draft.hold(currency, qty); !held)
        row.refuse(held.error().code, "currency", held.error().message);
}

}  // namespace tidemark::feed
