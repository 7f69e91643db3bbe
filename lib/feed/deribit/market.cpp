#include "feed/deribit/market.hpp"

#include <fmt/format.h>

#include "json/escape.hpp"

namespace tidemark::feed {
namespace {

constexpr double lowest_vol = 0.01, highest_vol = 5.0;
constexpr double funding_hours = 8.0;  // of funding_8h

std::optional<market::Terms> terms_of(Object& row, std::string_view symbol) {
    auto terms = market::parse_symbol(symbol);
    if (terms) return *std::move(terms);
    row.refuse(terms.error().code, "instrument_name", json::printable(terms.error().message));
    return std::nullopt;
}

bool inverse_future(const market::Terms& terms) {
    return terms.inverse() && terms.kind != market::ContractKind::option;
}
bool coin_quoted(const market::Terms& terms) {
    return terms.inverse() && terms.kind == market::ContractKind::option;
}

/// A mark's volatility out of a percentage. One below 1 % or above 500 % is a fraction or a mistake.
std::optional<double> mark_vol_of(Object& row) {
    const std::optional<double> vol = row.percent("mark_iv");
    if (!vol) return std::nullopt;
    if (*vol < lowest_vol || *vol > highest_vol)
        row.refuse(Errc::unit_suspect, "mark_iv",
                   fmt::format("want a volatility in per cent from 1 to 500, as Deribit has them, got {}",
                               *row.number("mark_iv")));
    return vol;
}

/// A quote's volatility; far from the money it may be anything, and is then none.
std::optional<double> quote_vol(Object& row, std::string_view name) {
    const std::optional<double> vol = row.percent(name);
    return vol && *vol >= lowest_vol && *vol <= highest_vol ? vol : std::nullopt;
}

/// Quote value of a day's trading: the venue's own for futures, base units at the index for options.
std::optional<double> traded_value(Object& stats, const market::Terms& terms, const record::Ticker& ticker) {
    if (terms.kind != market::ContractKind::option) {
        const std::optional<double> notional = stats.number("volume_notional");
        return notional ? notional : stats.number("volume_usd");
    }
    const std::optional<double> volume = stats.number("volume");
    const std::optional<double> index = ticker.index_price ? ticker.index_price : ticker.forward_price;
    return volume && index ? std::optional{*volume * *index} : std::nullopt;
}

void read_traded(Object& row, const market::Terms& terms, record::Ticker& ticker) {
    const auto stats = row.member("stats");
    if (!stats) {
        ticker.volume_24h_value = traded_value(row, terms, ticker);
        return;
    }
    Object inner{*stats};
    ticker.volume_24h_value = traded_value(inner, terms, ticker);
    if (!inner.good()) row.refuse(inner.error().code, "stats", inner.error().message);
}

/// Reads one side of a book: [price, amount] rows, or ["new", price, amount].
void read_levels(Object& row, std::string_view side, const market::Terms& terms, double price_factor,
                 std::vector<json::Level>& levels) {
    const auto rows = row.member(side);
    if (!rows) return;
    each(*rows, [&](const Place& level) {
        double cells[3] = {0.0, 0.0, 0.0};
        std::size_t count = 0, numbers = 0;
        for (std::uint32_t i = level.at + 1; i < level.token().next; i = level.line->at(i).next, ++count) {
            const json::Token& cell = level.line->at(i);
            if (cell.kind == json::Kind::number && numbers < 3) cells[numbers++] = cell.number;
        }
        const bool plain = count == 2 && numbers == 2;
        const bool named =
            count == 3 && numbers == 2 && level.line->at(level.at + 1).kind == json::Kind::string;
        if (!level.is(json::Kind::array) || (!plain && !named) || !(cells[0] > 0.0))
            return row.refuse(Errc::wrong_type, side, "want rows of [price, amount]");
        const double qty = inverse_future(terms) ? cells[1] / cells[0] : cells[1];
        levels.push_back({cells[0] * price_factor, qty});
    });
}

}  // namespace

record::Ticker deribit_ticker(Object& row) {
    record::Ticker ticker;
    ticker.symbol = row.required_text("instrument_name");
    const bool summary = !row.has("timestamp");
    const auto ts = row.time(summary ? "creation_timestamp" : "timestamp", TimeUnit::ms);
    if (!ts) row.refuse(Errc::missing_field, "timestamp", "want the time of the quotes, got none");
    const auto terms = terms_of(row, ticker.symbol);
    if (!ts || !terms) return ticker;
    ticker.ts = *ts;
    ticker.mark_price = row.required("mark_price");
    ticker.index_price = row.unless_zero("index_price");
    if (terms->kind == market::ContractKind::option)
        ticker.forward_price = row.unless_zero("underlying_price");
    ticker.bid_price = row.unless_zero(summary ? "bid_price" : "best_bid_price");
    ticker.ask_price = row.unless_zero(summary ? "ask_price" : "best_ask_price");
    if (coin_quoted(*terms)) ticker.price_unit = record::PriceUnit::coin;
    ticker.mark_vol = mark_vol_of(row);
    ticker.bid_vol = quote_vol(row, "bid_iv");
    ticker.ask_vol = quote_vol(row, "ask_iv");
    ticker.open_interest_qty = row.number("open_interest");
    if (ticker.open_interest_qty && inverse_future(*terms))
        ticker.open_interest_qty = *ticker.open_interest_qty / *ticker.mark_price;
    ticker.funding_rate = row.number("funding_8h");
    if (ticker.funding_rate) ticker.funding_interval_hours = funding_hours;
    read_traded(row, *terms, ticker);
    return ticker;
}

record::Book deribit_book(Object& row) {
    record::Book book;
    book.symbol = row.required_text("instrument_name");
    const auto ts = row.time("timestamp", TimeUnit::ms);
    if (!ts) row.refuse(Errc::missing_field, "timestamp", "want the time of the book, got none");
    if (row.text("type") == "change")
        row.refuse(
            Errc::bad_series, "type",
            "want a whole book, got a change to one (get_order_book and the book.*.none.* channels send "
            "whole ones)");
    const auto terms = terms_of(row, book.symbol);
    if (!ts || !terms) return book;
    book.ts = *ts;
    // A book has no unit of its own, so coin prices become quote prices at the answer's own index.
    const double factor = coin_quoted(*terms) ? row.required("index_price") : 1.0;
    read_levels(row, "bids", *terms, factor, book.bids);
    read_levels(row, "asks", *terms, factor, book.asks);
    return book;
}

record::Trade deribit_trade(Object& row) {
    record::Trade trade;
    trade.symbol = row.required_text("instrument_name");
    const auto ts = row.time("timestamp", TimeUnit::ms);
    if (!ts) row.refuse(Errc::missing_field, "timestamp", "want the time of the trade, got none");
    const std::string_view direction = row.required_text("direction");
    if (direction != "buy" && direction != "sell")
        row.refuse(Errc::out_of_range, "direction",
                   fmt::format("want buy or sell, got '{}'", json::printable(direction)));
    trade.side = direction == "sell" ? record::TradeSide::sell : record::TradeSide::buy;
    trade.price = row.required("price");
    trade.qty = row.required("amount");
    const auto terms = terms_of(row, trade.symbol);
    if (!ts || !terms) return trade;
    trade.ts = *ts;
    if (inverse_future(*terms)) trade.qty /= trade.price;
    if (coin_quoted(*terms)) trade.price *= row.required("index_price");
    return trade;
}

std::optional<record::Instrument> deribit_instrument(Object& row, std::optional<Timestamp> ts) {
    const std::string_view kind = row.required_text("kind");
    if (kind.ends_with("_combo")) return std::nullopt;
    record::Instrument instrument;
    instrument.symbol = row.required_text("instrument_name");
    instrument.ts = ts;
    const bool perpetual = row.text("settlement_period") == "perpetual";
    if (kind == "spot")
        instrument.kind = record::Kind::spot;
    else if (kind == "future")
        instrument.kind = perpetual ? record::Kind::perp : record::Kind::future;
    else if (kind == "option")
        instrument.kind = record::Kind::option;
    else
        row.refuse(Errc::out_of_range, "kind",
                   fmt::format("want a known kind, got '{}'", json::printable(kind)));
    const bool option = instrument.kind == record::Kind::option;
    instrument.underlying = row.required_text("base_currency");
    const auto counter = row.text("counter_currency");  // quote_currency is the coin for coin-quoted options
    instrument.quote_asset = counter ? *counter : option ? "USD" : row.required_text("quote_currency");
    instrument.settle_asset =
        kind == "spot" ? instrument.underlying : row.required_text("settlement_currency");
    // Of an inverse option the venue's size is coins, where the record would mean quote units.
    if (!option || instrument.settle_asset != instrument.underlying)
        instrument.contract_size = row.unless_zero("contract_size");
    if (option || instrument.kind == record::Kind::future)
        instrument.expiry_ts = row.time("expiration_timestamp", TimeUnit::ms);
    if (!option) return instrument;
    instrument.strike_price = row.required("strike");
    const std::string_view right = row.required_text("option_type");
    if (right != "call" && right != "put")
        row.refuse(Errc::out_of_range, "option_type",
                   fmt::format("want call or put, got '{}'", json::printable(right)));
    instrument.option_type = right == "put" ? record::OptionSide::put : record::OptionSide::call;
    return instrument;
}

}  // namespace tidemark::feed
