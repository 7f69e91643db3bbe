#include "feed/ccxt/account.hpp"

#include <fmt/format.h>

#include <cmath>

#include "feed/deribit/account.hpp"
#include "json/escape.hpp"

namespace tidemark::feed {
namespace {

using market::ContractKind;

/// OKX passes its option contracts on without their multiplier: out by a factor of 100.
bool okx_option(const Object& row, const market::Terms& terms) {
    const auto info = row.member("info");
    return info && terms.kind == ContractKind::option && Object{*info}.has("instId");
}

/// +1 long, -1 short; some venues sign their contracts too, so only the side counts.
double side_sign(Object& row) {
    const auto side = row.text("side");
    if (side == "long") return 1.0;
    if (side == "short") return -1.0;
    row.refuse(Errc::out_of_range, "side",
               fmt::format("want long or short, got '{}'", json::printable(side.value_or(""))));
    return 0.0;
}

/// The collateral set aside for an isolated position, in the quote asset.
std::optional<double> isolated_margin(Object& row) {
    if (row.text("marginMode") != "isolated") return std::nullopt;
    return row.required("collateral");
}

/// Deribit's own row behind CCXT's; the symbol stays CCXT's.
std::optional<AccountDraft::Held> position_of_info(Object& row, const Place& info) {
    Object raw{info};
    auto held = deribit_position(raw);
    if (!raw.good()) row.refuse(raw.error().code, "info", raw.error().field + ": " + raw.error().message);
    if (held) held->symbol = row.required_text("symbol");
    return held;
}

}  // namespace

std::optional<AccountDraft::Held> ccxt_position(Object& row, const Options& options,
                                                const CcxtContracts& contracts) {
    const auto info = row.member("info");
    if (info && Object{*info}.has("instrument_name") && Object{*info}.has("floating_profit_loss"))
        return position_of_info(row, *info);
    std::string_view symbol;
    const auto terms = ccxt_terms(row, symbol, options);
    const double amount = row.required("contracts");
    if (!terms || !row.good() || amount == 0.0) return std::nullopt;
    if (okx_option(row, *terms) && !contracts.knows(symbol)) {
        row.refuse(
            Errc::unit_suspect, "contractSize",
            "want --contract-size (ctVal x ctMult) or fetchMarkets' entry before this: CCXT leaves OKX's "
            "option multiplier out");
        return std::nullopt;
    }
    AccountDraft::Held held;
    held.symbol = symbol;
    const double sign = side_sign(row);
    double entry = 1.0;
    if (terms->kind != ContractKind::option) {
        entry = row.required("entryPrice");
        held.entry_price = entry;
        if (!(entry > 0.0))
            row.refuse(Errc::out_of_range, "entryPrice", fmt::format("want a price above 0, got {}", entry));
    }
    held.qty = sign * contracts.base_qty(row, *terms, symbol, std::fabs(amount), entry);
    held.isolated_margin = isolated_margin(row);
    if (held.isolated_margin && terms->inverse()) held.isolated_asset = terms->settle_asset;
    if (!std::isfinite(held.qty))
        row.refuse(Errc::out_of_range, "contracts", "want a quantity that fits a number");
    return row.good() ? std::optional{std::move(held)} : std::nullopt;
}

void add_ccxt_balance(Object& row, AccountDraft& draft) {
    const auto totals = row.member("total");
    if (!totals) return row.refuse(Errc::missing_field, "total", "want an object of totals, got none");
    const auto debts = row.member("debt");
    draft.seen_balances();
    draft.seen_requirement();  // a balance does not say whether there are positions
    Object total{*totals};
    for (std::uint32_t key = totals->at + 1; key < totals->token().next;
         key = totals->line->at(key + 1).next) {
        std::string scratch;
        const std::string_view asset = totals->line->string(totals->line->at(key), scratch);
        double qty = total.required(asset);
        if (debts) {
            Object debt{*debts};
            qty -= std::fabs(debt.number(asset).value_or(0.0));
            if (!debt.good()) row.refuse(debt.error().code, "debt", debt.error().message);
        }
        if (json::printable(asset) != asset || asset.empty())
            row.refuse(Errc::out_of_range, "total", "want assets without control characters");
        if (const Status held = draft.hold(asset, qty); !held)
            row.refuse(held.error().code, "total", held.error().message);
    }
    if (!total.good())
        row.refuse(total.error().code, "total", total.error().field + ": " + total.error().message);
}

}  // namespace tidemark::feed
