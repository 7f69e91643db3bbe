#include "market/symbol.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <span>
#include <vector>

namespace tidemark::market {
namespace {

constexpr unsigned expiry_hour = 8;

// Longest first, so that BTCUSDT is not read as BTCUSD with a T.
constexpr std::array<std::string_view, 6> quotes{"USDT", "USDC", "USDE", "BUSD", "USD", "EUR"};

bool ends_with_quote(std::string_view text, std::string_view& base, std::string_view& quote) {
    for (const std::string_view candidate : quotes) {
        if (text.size() > candidate.size() && text.ends_with(candidate)) {
            base = text.substr(0, text.size() - candidate.size());
            quote = candidate;
            return true;
        }
    }
    return false;
}

bool is_quote(std::string_view text) {
    for (const std::string_view candidate : quotes) {
        if (text == candidate) return true;
    }
    return false;
}

bool is_asset(std::string_view text) {
    if (text.empty() || text.size() > 20) return false;
    for (const char c : text) {
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return false;
    }
    return true;
}

bool whole(std::string_view text, unsigned& value) {
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    return code == std::errc{} && end == text.data() + text.size() && !text.empty();
}

std::vector<std::string_view> split(std::string_view text, char by) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(by, at), text.size());
        parts.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

unsigned month_number(std::string_view name) {
    static constexpr std::string_view months = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    const std::size_t at = name.size() == 3 ? months.find(name) : std::string_view::npos;
    return at == std::string_view::npos || at % 3 != 0 ? 0 : static_cast<unsigned>(at / 3 + 1);
}

std::optional<Timestamp> at_expiry(unsigned year, unsigned month, unsigned day) {
    const auto t = from_civil(static_cast<int>(year), month, day, expiry_hour);
    return t && believed(*t) ? std::optional{*t} : std::nullopt;
}

enum class DateForm { none, day_month_name, two_digit_year, four_digit_year };

/// 27DEC24 and 9JUN20; 241227; 20241227.
DateForm expiry_date(std::string_view text, std::optional<Timestamp>& expiry) {
    unsigned day = 0, month = 0, year = 0;
    if ((text.size() == 6 || text.size() == 7) && text[text.size() - 3] >= 'A') {
        month = month_number(text.substr(text.size() - 5, 3));
        if (month == 0 || !whole(text.substr(0, text.size() - 5), day) ||
            !whole(text.substr(text.size() - 2), year))
            return DateForm::none;
        expiry = at_expiry(2000 + year, month, day);
        return expiry ? DateForm::day_month_name : DateForm::none;
    }
    unsigned date = 0;
    if ((text.size() != 6 && text.size() != 8) || !whole(text, date)) return DateForm::none;
    const bool short_year = text.size() == 6;
    expiry = at_expiry(short_year ? 2000 + date / 10000 : date / 10000, date / 100 % 100, date % 100);
    if (!expiry) return DateForm::none;
    return short_year ? DateForm::two_digit_year : DateForm::four_digit_year;
}

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// 100000, 0.625, and Deribit's 0d625.
bool strike_price(std::string_view text, double& strike) {
    // from_chars would also take "inf", ".5" and "5.".
    const std::size_t point = text.find_first_of(".d");
    const std::string_view whole_part = text.substr(0, point);
    const std::string_view decimals = point == std::string_view::npos ? "0" : text.substr(point + 1);
    if (!all_digits(whole_part) || !all_digits(decimals)) return false;
    std::string digits{text};
    if (point != std::string_view::npos) digits[point] = '.';
    const auto [end, code] =
        std::from_chars(digits.data(), digits.data() + digits.size(), strike, std::chars_format::fixed);
    return code == std::errc{} && end == digits.data() + digits.size() && strike > 0.0;
}

bool option_letter(std::string_view text, pricing::OptionType& type) {
    if (text != "C" && text != "P") return false;
    type = text == "C" ? pricing::OptionType::call : pricing::OptionType::put;
    return true;
}

Terms contract(ContractKind kind, std::string_view underlying, std::string_view quote,
               std::string_view settle) {
    Terms terms;
    terms.kind = kind;
    terms.underlying = underlying;
    terms.quote_asset = quote;
    terms.settle_asset = settle;
    return terms;
}

using Maybe = std::optional<Terms>;
using Parts = std::span<const std::string_view>;

/// BTC/USDT, BTC/USDT:USDT, BTC/USD:BTC-241227, BTC/USD:BTC-241227-100000-C.
Maybe ccxt(std::string_view symbol) {
    const std::size_t slash = symbol.find('/');
    if (slash == std::string_view::npos) return {};
    const std::string_view base = symbol.substr(0, slash), rest = symbol.substr(slash + 1);
    const std::size_t colon = rest.find(':');
    const std::string_view quote = rest.substr(0, colon);
    if (!is_asset(base) || !is_asset(quote)) return {};
    if (colon == std::string_view::npos) return contract(ContractKind::spot, base, quote, base);
    const auto parts = split(rest.substr(colon + 1), '-');
    if (!is_asset(parts[0])) return {};
    Terms terms = contract(ContractKind::perp, base, quote, parts[0]);
    if (parts.size() == 1) return terms;
    if (expiry_date(parts[1], terms.expiry) == DateForm::none) return {};
    terms.kind = ContractKind::future;
    if (parts.size() == 2) return terms;
    terms.kind = ContractKind::option;
    const bool option = parts.size() == 4 && strike_price(parts[2], terms.strike) &&
                        option_letter(parts[3], terms.option_type);
    return option ? Maybe{terms} : Maybe{};
}

/// The base of a dashed symbol: BTC, or BTC_USDC, which is linear in USDC.
bool dashed_base(std::string_view text, std::string_view& base, std::string_view& quote) {
    const std::size_t underscore = text.find('_');
    base = text.substr(0, underscore);
    quote = underscore == std::string_view::npos ? std::string_view{} : text.substr(underscore + 1);
    return is_asset(base) && (quote.empty() || is_quote(quote));
}

/// BTC-PERPETUAL (inverse), SOL_USDC-PERPETUAL, BTC-PERP (Derive, in USDC), BTC-USDT-SWAP, BTC-USD-SWAP.
Maybe dashed_perp(Parts parts) {
    std::string_view base, quote;
    if (!dashed_base(parts[0], base, quote)) return {};
    if (parts.size() == 2 && parts[1] == "PERPETUAL")
        return quote.empty() ? contract(ContractKind::perp, base, "USD", base)
                             : contract(ContractKind::perp, base, quote, quote);
    if (parts.size() == 2 && parts[1] == "PERP" && quote.empty())
        return contract(ContractKind::perp, base, "USDC", "USDC");
    if (parts.size() == 3 && parts[2] == "SWAP" && quote.empty() && is_quote(parts[1]))
        return contract(ContractKind::perp, base, parts[1], parts[1] == "USD" ? base : parts[1]);
    return {};
}

/// Deribit BTC-27DEC24, BTC_USDC-27DEC24; Bybit BTCUSDT-31DEC24; OKX BTC-USD-241227, BTC-USDT-241227.
Maybe dashed_future(Parts parts) {
    std::string_view base, quote;
    Terms terms;
    if (parts.size() == 2 && expiry_date(parts[1], terms.expiry) == DateForm::day_month_name) {
        if (ends_with_quote(parts[0], base, quote) && is_asset(base)) {
            const std::optional<Timestamp> expiry = terms.expiry;
            terms = contract(ContractKind::future, base, quote, quote == "USD" ? base : quote);
            terms.expiry = expiry;
            return terms;
        }
        if (!dashed_base(parts[0], base, quote)) return {};
    } else if (parts.size() == 3 && is_asset(parts[0]) && is_quote(parts[1]) &&
               expiry_date(parts[2], terms.expiry) == DateForm::two_digit_year) {
        base = parts[0];
        quote = parts[1] == "USD" ? std::string_view{} : parts[1];
    } else {
        return {};
    }
    const std::optional<Timestamp> expiry = terms.expiry;
    terms = quote.empty() ? contract(ContractKind::future, base, "USD", base)
                          : contract(ContractKind::future, base, quote, quote);
    terms.expiry = expiry;
    return terms;
}

/// What an option settles in, by the shape of its date and what stands beside it.
Terms option_assets(std::string_view base, std::string_view quote, DateForm date, bool okx) {
    if (!quote.empty()) return contract(ContractKind::option, base, quote, quote);
    if (okx || date == DateForm::day_month_name) return contract(ContractKind::option, base, "USD", base);
    const std::string_view settle = date == DateForm::four_digit_year ? "USDC" : "USDT";
    return contract(ContractKind::option, base, settle, settle);
}

/// Deribit BTC-27DEC24-100000-C, XRP_USDC-30JUN23-0d625-C; Bybit with -USDT behind; Binance
/// BTC-231229-40000-C; OKX BTC-USD-241227-100000-C; Derive BTC-20241227-100000-C.
Maybe dashed_option(Parts parts) {
    std::string_view base, quote;
    if (!dashed_base(parts[0], base, quote)) return {};
    const bool okx = parts.size() == 5 && is_quote(parts[1]);
    const bool suffixed = parts.size() == 5 && is_quote(parts[4]);
    if (parts.size() != 4 && !okx && !suffixed) return {};
    const std::size_t at = okx ? 2 : 1;
    std::optional<Timestamp> expiry;
    double strike = 0.0;
    pricing::OptionType type{};
    const DateForm date = expiry_date(parts[at], expiry);
    if (date == DateForm::none || !strike_price(parts[at + 1], strike) || !option_letter(parts[at + 2], type))
        return {};
    if (okx && parts[1] != "USD") quote = parts[1];
    if (suffixed) quote = parts[4];
    Terms terms = option_assets(base, quote, date, okx);
    terms.expiry = expiry;
    terms.strike = strike;
    terms.option_type = type;
    return terms;
}

/// The futures month codes of BTCUSDZ23; the contract expires on the last Friday of its quarter.
Maybe month_coded_future(std::string_view symbol) {
    static constexpr std::string_view codes = "FGHJKMNQUVXZ";
    unsigned year = 0;
    if (symbol.size() < 7 || !whole(symbol.substr(symbol.size() - 2), year)) return {};
    const std::size_t month = codes.find(symbol[symbol.size() - 3]);
    std::string_view base, quote;
    if (month == std::string_view::npos || !ends_with_quote(symbol.substr(0, symbol.size() - 3), base, quote))
        return {};
    const auto next = month == 11 ? days_from_civil(2001 + year, 1, 1)
                                  : days_from_civil(2000 + year, static_cast<unsigned>(month + 2), 1);
    const std::int64_t weekday = (next - 1 + 4) % 7;  // 0 is Sunday; 1970-01-01 was a Thursday
    const std::int64_t friday = next - 1 - (weekday + 2) % 7;
    Terms terms = contract(ContractKind::future, base, quote, quote == "USD" ? base : quote);
    terms.expiry = Timestamp{friday * ms_per_day + expiry_hour * ms_per_hour};
    return terms;
}

/// Binance BTCUSDT, BTCUSD_PERP, BTCUSDT_241227; Bybit BTCUSD (inverse), BTCPERP (in USDC), BTCUSDZ23.
Maybe undashed(std::string_view symbol) {
    const std::size_t underscore = symbol.find('_');
    const std::string_view head = symbol.substr(0, underscore);
    std::string_view base, quote;
    if (underscore == std::string_view::npos && head.size() > 4 && head.ends_with("PERP"))
        return is_asset(head)
                   ? Maybe{contract(ContractKind::perp, head.substr(0, head.size() - 4), "USDC", "USDC")}
                   : Maybe{};
    if (!is_asset(head)) return {};
    if (!ends_with_quote(head, base, quote))
        return underscore == std::string_view::npos ? month_coded_future(head) : Maybe{};
    Terms terms = contract(ContractKind::perp, base, quote, quote == "USD" ? base : quote);
    if (underscore == std::string_view::npos) return terms;
    const std::string_view tail = symbol.substr(underscore + 1);
    if (tail == "PERP") return terms;
    terms.kind = ContractKind::future;
    return expiry_date(tail, terms.expiry) == DateForm::two_digit_year ? Maybe{terms} : Maybe{};
}

}  // namespace

Result<Terms> parse_symbol(std::string_view symbol) {
    Maybe terms = ccxt(symbol);
    if (!terms && symbol.find('/') == std::string_view::npos) {
        const auto parts = split(symbol, '-');
        if (parts.size() == 1) terms = undashed(symbol);
        if (!terms && parts.size() > 1) terms = dashed_perp(parts);
        if (!terms && parts.size() > 1) terms = dashed_future(parts);
        if (!terms && parts.size() > 3) terms = dashed_option(parts);
    }
    if (terms) return *std::move(terms);
    return Error{
        Errc::bad_symbol,
        fmt::format("want a symbol of a known grammar, such as BTC-PERPETUAL or BTC-27DEC24-100000-C, or an "
                    "instrument record for it, got '{}'",
                    symbol),
        "", 0};
}

}  // namespace tidemark::market
