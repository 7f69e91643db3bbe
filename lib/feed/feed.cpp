#include "feed/feed.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "feed/binance/kline.hpp"
#include "feed/ccxt/structures.hpp"
#include "feed/csv/csv.hpp"
#include "feed/deribit/chain.hpp"
#include "feed/deribit/messages.hpp"
#include "json/escape.hpp"

namespace tidemark::feed {
namespace {

/// Whether a record may carry it: nothing that printable() would have to change.
bool identifier(std::string_view text) {
    return text.size() <= 128 && json::printable(text) == text && !text.starts_with(' ') &&
           !text.ends_with(' ');
}

Error not_an_identifier(std::string option) {
    return {Errc::usage, "want at most 128 bytes of UTF-8 without control characters or blank ends",
            std::move(option), 0};
}

}  // namespace

std::span<const Source> sources() {
    static constexpr Source all[] = {
        {"deribit-chain", "CSV snapshots of whole option chains",
         "ts, instrument, bid, ask, mark, underlying_price, mark_iv (fraction), open_interest, volume_24h, "
         "index_price, by name and in any order; gives tickers, and before them a price an underlying",
         deribit_chain},
        {"deribit", "Deribit's own JSON, REST answers or websocket messages",
         "get_book_summary_by_currency, ticker, get_order_book, get_instruments, get_positions, "
         "get_account_summary, get_account_summaries, get_last_trades, get_tradingview_chart_data",
         deribit},
        {"binance-kline", "Binance kline CSV, with or without a header, in ms or us",
         "open time, open, high, low, close, volume; of inverse contracts the base volume in column 8",
         binance_kline},
        {"ccxt", "CCXT's unified JSON, of any venue that it knows",
         "fetchOHLCV, fetchTicker(s), fetchOrderBook, fetchTrades, fetchGreeks, fetchFundingRate, "
         "fetchMarkets, fetchPositions, fetchBalance",
         ccxt},
        {"csv", "any CSV, by a map of members to columns",
         "what --map names: type=candle,ts=time,open=o,...; a column by its name, or #3 for the third", csv},
    };
    return all;
}

std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const Source& source : sources()) all.emplace_back(source.name);
    return all;
}

Result<std::unique_ptr<Importer>> make(std::string_view source, const Options& options) {
    if (!identifier(options.symbol)) return not_an_identifier("--symbol");
    if (!identifier(options.account_id)) return not_an_identifier("--account-id");
    const auto found = std::ranges::find(sources(), source, &Source::name);
    if (found != sources().end()) return found->make(options);
    return Error{Errc::usage, fmt::format("want one of {}, got '{}'", fmt::join(names(), ", "), source),
                 "--from", 0};
}

}  // namespace tidemark::feed
