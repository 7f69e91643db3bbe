// What a symbol says of itself: the grammars of Deribit, OKX, Bybit, Binance, CCXT and Derive.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"
#include "pricing/contract.hpp"
#include "pricing/option_type.hpp"

namespace tidemark::market {

using pricing::ContractKind;

/// The terms of a contract. Quantities are in base units throughout, whatever the venue's lot is.
struct Terms {
    ContractKind kind = ContractKind::spot;
    std::string underlying;    // BTC
    std::string quote_asset;   // what the price is in: USD, USDT
    std::string settle_asset;  // what it pays in: the underlying itself where it is inverse
    std::optional<Timestamp> expiry;
    double strike = 0.0;
    pricing::OptionType option_type = pricing::OptionType::call;

    [[nodiscard]] bool inverse() const { return settle_asset == underlying && kind != ContractKind::spot; }
    friend bool operator==(const Terms&, const Terms&) = default;
};

/// Reads the terms out of a symbol. Where only a date is given, expiry is at 08:00 UTC, as on every venue
/// here. A bare pair such as BTCUSDT is taken for the linear perpetual, and DDMMMYY options without a settle
/// suffix for Deribit's coin-settled ones; an instrument record says otherwise.
/// Fails with bad_symbol where no grammar fits.
Result<Terms> parse_symbol(std::string_view symbol);

}  // namespace tidemark::market
