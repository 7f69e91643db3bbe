#include "desk/diff/book_day.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "json/escape.hpp"

namespace tidemark::desk {

Status BookDay::learn(const json::Line& line, std::string_view type) {
    if (type == record::Account::type) return take_account(line.text());
    const auto types = convert::market_types();
    if (std::find(types.begin(), types.end(), type) == types.end()) return Ok{};
    return feed_.learn(line, type, market_);
}

Status BookDay::take_account(std::string_view text) {
    auto held = std::make_unique<Held>();
    held->size = text.size();
    held->line.assign(text).append(json::padding, ' ');
    // What a reader unescapes it keeps until its next line only.
    if (text.find('\\') != std::string_view::npos) held->reader = std::make_unique<json::Reader>();
    if (Status parsed = line_.parse(held->text()); !parsed) return parsed;
    json::Reader& reader = held->reader ? *held->reader : reader_;
    if (Status read = reader.read(line_, held->account); !read) return read;
    std::unique_ptr<Held>& place = accounts_[std::string{held->account.account_id}];
    if (place && place->account.ts == held->account.ts && place->text() != held->text())
        return Error{Errc::conflict,
                     fmt::format("want one line of account {} at one time, got two that differ at {}",
                                 json::printable(held->account.account_id), to_rfc3339(held->account.ts)),
                     "", 0};
    if (!place || place->account.ts < held->account.ts) place = std::move(held);
    return Ok{};
}

}  // namespace tidemark::desk
