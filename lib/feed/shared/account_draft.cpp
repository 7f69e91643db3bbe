#include "feed/shared/account_draft.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark::feed {

Status AccountDraft::hold(std::string_view asset, double qty) {
    for (const auto& [name, held] : collateral_) {
        if (name == asset)
            return Error{Errc::conflict, fmt::format("want each asset once, got {} twice", asset), "", 0};
    }
    if (qty != 0.0) collateral_.emplace_back(asset, qty);
    return Ok{};
}

Status AccountDraft::hold(Held position) {
    for (const Held& other : positions_) {
        if (other.symbol == position.symbol && (other.qty > 0.0) == (position.qty > 0.0))
            return Error{Errc::conflict,
                         fmt::format("want each position once, got {} twice", position.symbol), "", 0};
    }
    positions_.push_back(std::move(position));
    return Ok{};
}

Status AccountDraft::complete(const Options& options, std::string_view balances_from,
                              std::string_view positions_from) const {
    const auto missing = [](std::string message, std::string field) {
        return Error{Errc::missing_field, std::move(message), std::move(field), 0};
    };
    if (!balances_)
        return missing(fmt::format("want {} as well: positions alone are no account", balances_from),
                       "collateral");
    if (!positions_seen_ && required_)
        return missing(
            fmt::format("want {} as well: balances alone do not say what is at risk", positions_from),
            "positions");
    if (account_id_.empty() && options.account_id.empty())
        return missing("want --account-id: the answers do not name the account", "account_id");
    if (!ts_ && !options.as_of)
        return missing("want --as-of: the answers do not say when they were given", "ts");
    return Ok{};
}

record::Account AccountDraft::account() const {
    record::Account account;
    account.account_id = account_id_;
    account.ts = *ts_;
    for (const auto& [asset, qty] : collateral_) account.collateral.push_back({asset, qty});
    bool isolated = !positions_.empty();
    for (const Held& held : positions_) {
        record::Position& position = account.positions.emplace_back();
        position = {held.symbol,          held.qty,     held.entry_price,
                    held.isolated_margin, std::nullopt, std::nullopt};
        if (!held.isolated_asset.empty()) position.isolated_asset = held.isolated_asset;
        isolated = isolated && held.isolated_margin.has_value();
    }
    if (!positions_.empty())
        account.margin_mode = isolated ? record::MarginMode::isolated : record::MarginMode::cross;
    return account;
}

void AccountDraft::write(const Options& options, std::string_view balances_from,
                         std::string_view positions_from, Output& out) {
    if (!balances_ && positions_.empty()) return;
    if (Status whole = complete(options, balances_from, positions_from); !whole) {
        out.errors.push_back(std::move(whole.error()));
        return;
    }
    if (!options.account_id.empty()) account_id_ = options.account_id;
    if (!ts_) ts_ = options.as_of;
    json::append_line(out.lines, account());
}

}  // namespace tidemark::feed
