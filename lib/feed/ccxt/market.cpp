#include "feed/ccxt/market.hpp"

#include <fmt/format.h>

#include "core/time.hpp"
#include "json/escape.hpp"
#include "json/reader.hpp"

namespace tidemark::feed {
namespace {

using market::ContractKind;

bool coin_quoted(const market::Terms& terms) {
    return terms.inverse() && terms.kind == ContractKind::option;
}

/// Deribit's raw answer is the one with underlying_index; its volatilities are per cent.
bool deribit_info(const Object& row) {
    const auto info = row.member("info");
    return info && Object{*info}.has("underlying_index") && Object{*info}.has("instrument_name");
}

std::optional<double> vol(Object& row, std::string_view name, bool percent) {
    constexpr double lowest = 0.01;
    const std::optional<double> fraction = percent ? row.percent(name) : row.unless_zero(name);
    if (!fraction) return std::nullopt;
    if (*fraction >= lowest && json::rule_holds(json::Rule::vol, *fraction)) return fraction;
    row.refuse(Errc::unit_suspect, name,
               fmt::format("want a volatility between 1 % and 500 %, {}, got {}",
                           percent ? "in per cent as Deribit has them" : "as a fraction", *row.number(name)));
    return std::nullopt;
}

/// "8h" as hours.
std::optional<double> hours(Object& row, std::string_view name) {
    const auto text = row.text(name);
    if (!text) return std::nullopt;
    const auto ms = parse_duration_ms(*text);
    if (ms) return static_cast<double>(*ms) / 3.6e6;
    row.refuse(Errc::wrong_type, name,
               fmt::format("want a length such as 8h, got '{}'", json::printable(*text)));
    return std::nullopt;
}

/// CCXT's contractSize is OKX's ctVal without its multiplier, and Deribit's 10 USD although CCXT passes on
/// Deribit's amounts, which are USD or coins, as they are.
void learn_size(Object& row, record::Instrument& instrument, CcxtContracts& contracts) {
    std::optional<double> size = row.number("contractSize");
    if (!size) return;
    const auto info = row.member("info");
    if (info) {
        Object raw{*info};
        size = *size * raw.number("ctMult").value_or(1.0);
        if (!raw.good()) return row.refuse(raw.error().code, "info", raw.error().message);
        if (instrument.kind != record::Kind::option) instrument.contract_size = size;
        if (raw.has("instrument_name") && raw.has("settlement_period")) size = 1.0;
    } else if (instrument.kind != record::Kind::option) {
        instrument.contract_size = size;
    }
    contracts.learn(instrument.symbol, *size);
}

void read_levels(Object& row, std::string_view side, const record::Book& book, const market::Terms& terms,
                 const CcxtContracts& contracts, std::vector<json::Level>& levels) {
    const auto rows = row.member(side);
    if (!rows) return row.refuse(Errc::missing_field, side, "want an array, got none");
    each(*rows, [&](const Place& level) {
        const json::Line& line = *level.line;
        const std::uint32_t price = level.at + 1, amount = level.at + 2;
        const bool plain = level.is(json::Kind::array) && level.token().next >= level.at + 3 &&
                           line.at(price).kind == json::Kind::number &&
                           line.at(amount).kind == json::Kind::number && line.at(price).number > 0.0;
        if (!plain) return row.refuse(Errc::wrong_type, side, "want rows of [price, amount]");
        if (!row.good()) return;
        const double at = line.at(price).number;
        levels.push_back({at, contracts.base_qty(row, terms, book.symbol, line.at(amount).number, at)});
    });
}

}  // namespace

std::optional<double> CcxtContracts::size(Object& row, std::string_view symbol) const {
    if (size_) return size_;
    const auto learnt = sizes_.find(symbol);
    return learnt == sizes_.end() ? row.number("contractSize") : std::optional{learnt->second};
}

double CcxtContracts::base_qty(Object& row, const market::Terms& terms, std::string_view symbol,
                               double amount, double price) const {
    if (terms.kind == ContractKind::spot) return amount;
    const std::optional<double> one = size(row, symbol);
    if (!one || !(*one > 0.0)) {
        row.refuse(Errc::missing_field, "contractSize",
                   "want the size of a contract: fetchMarkets' entry before this, or --contract-size");
        return 0.0;
    }
    const bool quote_notional = terms.inverse() && terms.kind != ContractKind::option;
    return quote_notional ? amount * *one / price : amount * *one;
}

std::optional<market::Terms> ccxt_terms(Object& row, std::string_view& symbol, const Options& options) {
    symbol = row.text("symbol").value_or(options.symbol);
    auto terms = market::parse_symbol(symbol);
    if (terms) return *std::move(terms);
    row.refuse(terms.error().code, "symbol", json::printable(terms.error().message));
    return std::nullopt;
}

Timestamp ccxt_time(Object& row, const Options& options) {
    auto time = row.time("timestamp", options.time_unit);
    if (!time) time = row.time("datetime", options.time_unit);
    if (!time) time = options.as_of;
    if (!time)
        row.refuse(Errc::missing_field, "timestamp",
                   "want a time, got none (--as-of says when it was fetched)");
    return time.value_or(Timestamp{});
}

record::Ticker ccxt_ticker(Object& row, const Options& options) {
    record::Ticker ticker;
    const auto terms = ccxt_terms(row, ticker.symbol, options);
    if (!terms) return ticker;
    ticker.ts = ccxt_time(row, options);
    ticker.mark_price = row.number("markPrice");
    ticker.index_price = row.unless_zero("indexPrice");
    ticker.bid_price = row.unless_zero("bid");
    ticker.ask_price = row.unless_zero("ask");
    if (coin_quoted(*terms))
        ticker.price_unit = record::PriceUnit::coin;
    else
        ticker.volume_24h_value = row.number("quoteVolume");
    return ticker;
}

record::Ticker ccxt_greeks(Object& row, const Options& options) {
    record::Ticker ticker;
    const auto terms = ccxt_terms(row, ticker.symbol, options);
    if (!terms) return ticker;
    ticker.ts = ccxt_time(row, options);
    ticker.mark_price = row.number("markPrice");
    ticker.forward_price = row.unless_zero("underlyingPrice");
    ticker.bid_price = row.unless_zero("bidPrice");
    ticker.ask_price = row.unless_zero("askPrice");
    if (coin_quoted(*terms)) ticker.price_unit = record::PriceUnit::coin;
    const bool percent = deribit_info(row);
    const bool greeks = row.has("markImpliedVolatility");
    ticker.mark_vol = vol(row, greeks ? "markImpliedVolatility" : "impliedVolatility", percent);
    ticker.bid_vol = vol(row, "bidImpliedVolatility", percent);
    ticker.ask_vol = vol(row, "askImpliedVolatility", percent);
    return ticker;
}

record::Ticker ccxt_funding(Object& row, const Options& options) {
    record::Ticker ticker;
    if (!ccxt_terms(row, ticker.symbol, options)) return ticker;
    ticker.ts = ccxt_time(row, options);
    ticker.mark_price = row.number("markPrice");
    ticker.index_price = row.unless_zero("indexPrice");
    ticker.funding_rate = row.required("fundingRate");
    ticker.funding_interval_hours = hours(row, "interval");
    if (!ticker.funding_interval_hours)
        row.refuse(Errc::missing_field, "interval",
                   "want the length of a funding period, such as 8h, got none");
    return ticker;
}

record::Book ccxt_book(Object& row, const Options& options, const CcxtContracts& contracts) {
    record::Book book;
    const auto terms = ccxt_terms(row, book.symbol, options);
    if (!terms) return book;
    if (coin_quoted(*terms))
        row.refuse(Errc::unit_suspect, "symbol",
                   "want a book in the quote asset, got an option's in its coin");
    book.ts = ccxt_time(row, options);
    read_levels(row, "bids", book, *terms, contracts, book.bids);
    read_levels(row, "asks", book, *terms, contracts, book.asks);
    return book;
}

record::Trade ccxt_trade(Object& row, const Options& options, const CcxtContracts& contracts) {
    record::Trade trade;
    const auto terms = ccxt_terms(row, trade.symbol, options);
    if (!terms) return trade;
    if (coin_quoted(*terms))
        row.refuse(Errc::unit_suspect, "symbol",
                   "want a trade in the quote asset, got an option's in its coin");
    trade.ts = ccxt_time(row, options);
    trade.price = row.required("price");
    trade.qty = contracts.base_qty(row, *terms, trade.symbol, row.required("amount"), trade.price);
    const std::string_view side = row.required_text("side");
    if (side != "buy" && side != "sell")
        row.refuse(Errc::out_of_range, "side",
                   fmt::format("want buy or sell, got '{}'", json::printable(side)));
    trade.side = side == "sell" ? record::TradeSide::sell : record::TradeSide::buy;
    return trade;
}

record::Instrument ccxt_instrument(Object& row, CcxtContracts& contracts) {
    record::Instrument instrument;
    instrument.symbol = row.required_text("symbol");
    const std::string_view type = row.required_text("type");
    if (type == "spot" || type == "margin")
        instrument.kind = record::Kind::spot;
    else if (type == "swap")
        instrument.kind = record::Kind::perp;
    else if (type == "future" || type == "delivery")
        instrument.kind = record::Kind::future;
    else if (type == "option")
        instrument.kind = record::Kind::option;
    else
        row.refuse(Errc::out_of_range, "type",
                   fmt::format("want a known type, got '{}'", json::printable(type)));
    instrument.underlying = row.required_text("base");
    instrument.quote_asset = row.required_text("quote");
    const bool spot = instrument.kind == record::Kind::spot;
    instrument.settle_asset = spot ? instrument.underlying : row.required_text("settle");
    if (!spot) learn_size(row, instrument, contracts);
    if (instrument.kind == record::Kind::future || instrument.kind == record::Kind::option)
        instrument.expiry_ts = row.time("expiry", TimeUnit::ms);
    if (instrument.kind != record::Kind::option) return instrument;
    instrument.strike_price = row.required("strike");
    const std::string_view right = row.required_text("optionType");
    if (right != "call" && right != "put")
        row.refuse(Errc::out_of_range, "optionType",
                   fmt::format("want call or put, got '{}'", json::printable(right)));
    instrument.option_type = right == "put" ? record::OptionSide::put : record::OptionSide::call;
    return instrument;
}

}  // namespace tidemark::feed
