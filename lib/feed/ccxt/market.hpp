// CCXT's tickers, books, trades, Greeks, funding rates and markets as native records.
#pragma once

#include <map>
#include <string>

#include "feed/shared/object.hpp"
#include "market/symbol.hpp"
#include "record/book.hpp"
#include "record/instrument.hpp"
#include "record/ticker.hpp"
#include "record/trade.hpp"

namespace tidemark::feed {

/// What is known of contracts: the terms by the symbol's grammar, the size of one by what came before.
class CcxtContracts {
public:
    explicit CcxtContracts(std::optional<double> size) : size_{size} {}

    [[nodiscard]] bool knows(std::string_view symbol) const { return size_ || sizes_.contains(symbol); }
    void learn(std::string_view symbol, double size) { sizes_[std::string{symbol}] = size; }

    /// Base units of `amount` contracts at the price; the amount itself where the symbol is no derivative.
    /// Refuses the row where the size of a contract is not known.
    double base_qty(Object& row, const market::Terms& terms, std::string_view symbol, double amount,
                    double price) const;

    /// The size of one contract: --contract-size, else what was learnt, else the row's own.
    std::optional<double> size(Object& row, std::string_view symbol) const;

private:
    std::optional<double> size_;
    std::map<std::string, double, std::less<>> sizes_;
};

/// The terms of the row's symbol, or of the one that the options give; refuses the row where there are none.
std::optional<market::Terms> ccxt_terms(Object& row, std::string_view& symbol, const Options& options);

/// The time of the row; --as-of where it has none.
Timestamp ccxt_time(Object& row, const Options& options);

/// Each reads one structure; errors stay with the row.
record::Ticker ccxt_ticker(Object& row, const Options& options);
record::Ticker ccxt_greeks(Object& row, const Options& options);
record::Ticker ccxt_funding(Object& row, const Options& options);
record::Book ccxt_book(Object& row, const Options& options, const CcxtContracts& contracts);
record::Trade ccxt_trade(Object& row, const Options& options, const CcxtContracts& contracts);
record::Instrument ccxt_instrument(Object& row, CcxtContracts& contracts);

}  // namespace tidemark::feed
