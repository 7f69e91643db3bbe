#include "market/shocked_quote.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "market/valuation.hpp"

namespace tidemark::market {
namespace {

/// An option as its quote sees it.
struct Option {
    double strike, years;
    pricing::OptionType type;
    bool in_coin;

    Option(const Quote& quote, const Terms& terms)
        : strike{terms.strike},
          years{std::max(years_between(quote.ts, terms.expiry.value_or(quote.ts)).value(), 0.0)},
          type{terms.option_type},
          in_coin{quote.in_coin} {}

    /// Quote currency for one unit of what prices are in.
    [[nodiscard]] double unit(double forward) const { return in_coin ? forward : 1.0; }
    [[nodiscard]] double value(double forward, double vol) const {
        return pricing::black76_value(forward, strike, std::max(vol, 0.0) * std::sqrt(years), type);
    }
    [[nodiscard]] pricing::QuotedOption quoted(double forward, double price) const {
        return {Price{price * unit(forward)}, Price{forward}, Price{strike}, YearFraction{years}, type};
    }
    /// The volatility that gives a price, where there is one.
    [[nodiscard]] std::optional<double> vol_at(double forward, double price) const {
        const pricing::ImpliedVol implied = pricing::implied_vol(quoted(forward, price));
        if (implied.status != pricing::ImpliedVolStatus::ok) return std::nullopt;
        return implied.annual_vol.value();
    }
};

void multiply(std::optional<double>& price, double factor) {
    if (price) *price *= factor;
}

void widen(std::optional<double>& bid, std::optional<double>& ask, double factor, double least) {
    // One side alone, or both crossed, are no spread.
    if (!bid || !ask || *bid <= 0.0 || *ask <= *bid) return;
    const double by = (factor - 1.0) * (*ask - *bid) / 2.0;
    *bid = std::max(*bid - by, least);
    *ask += by;
}

/// The mark moves by the change of its value, as unit_value has it. Gives what it is multiplied by.
Result<double> move_mark(Quote& quote, const Option& option, const QuoteShock& by, std::string_view symbol) {
    const double from = *quote.forward_price, to = from * by.price_factor;
    const auto vol = mark_vol(quote, option.quoted(from, quote.mark_price.value_or(0.0)), symbol);
    if (!vol) return vol.error();
    const double vol_after = by.vol.of(*vol);
    if (vol_after <= 0.0)
        return Error{Errc::out_of_range,
                     fmt::format("want a volatility above 0 after the shock, got {}", vol_after), "mark_vol",
                     0};
    const double model = option.value(from, *vol), gain = option.value(to, vol_after) - model;
    const double before = quote.mark_price.value_or(model / option.unit(from));
    const double moved = before * (option.unit(from) / option.unit(to)) + gain / option.unit(to);
    const double after = std::max(moved, 0.0);
    if (quote.mark_price) quote.mark_price = after;
    return before > 0.0 ? after / before : 1.0;
}

/// A bid or ask moves at the volatility that gives it; with the mark where none does, as below intrinsic
/// value.
void move_side(std::optional<double>& price, const Option& option, double from, const QuoteShock& by,
               double mark_ratio) {
    if (!price || *price <= 0.0) return;
    const double to = from * by.price_factor;
    const auto vol = option.vol_at(from, *price);
    price = vol ? option.value(to, by.vol.of(*vol)) / option.unit(to) : *price * mark_ratio;
}

Status move_prices(Quote& quote, const Option& option, const QuoteShock& by, std::string_view symbol) {
    if (!quote.forward_price)
        return Error{Errc::missing_field, "want this member to reprice the option, got none", "forward_price",
                     0};
    const auto mark_ratio = move_mark(quote, option, by, symbol);
    if (!mark_ratio) return mark_ratio.error();
    move_side(quote.bid_price, option, *quote.forward_price, by, *mark_ratio);
    move_side(quote.ask_price, option, *quote.forward_price, by, *mark_ratio);
    return Ok{};
}

/// An option under a move of its forward or of volatility.
Status reprice(Quote& quote, const Option& option, const QuoteShock& by, std::string_view symbol) {
    if (quote.mark_price || quote.bid_price || quote.ask_price) {
        if (Status moved = move_prices(quote, option, by, symbol); !moved) return moved;
    }
    for (auto* stated : {&quote.mark_vol, &quote.bid_vol, &quote.ask_vol}) {
        if (*stated) **stated = by.vol.of(**stated);
    }
    return Ok{};
}

void widen_option(Quote& quote, const Option& option, double factor) {
    const auto bid = quote.bid_price, ask = quote.ask_price;
    widen(quote.bid_price, quote.ask_price, factor, 0.0);
    const auto follow = [&](std::optional<double>& vol, double price) {
        if (vol) vol = quote.forward_price ? option.vol_at(*quote.forward_price, price) : std::nullopt;
    };
    if (quote.bid_price != bid) follow(quote.bid_vol, *quote.bid_price);
    if (quote.ask_price != ask) follow(quote.ask_vol, *quote.ask_price);
}

}  // namespace

Result<Quote> shocked(const Quote& quote, const Terms& terms, const QuoteShock& by, std::string_view symbol) {
    Quote after = quote;
    const bool is_option = terms.kind == ContractKind::option;
    const Option option{quote, terms};
    const bool moves = by.price_factor != 1.0 || !by.vol.none();
    if (is_option && moves) {
        if (Status repriced = reprice(after, option, by, symbol); !repriced) return repriced.error();
    }
    multiply(after.index_price, by.price_factor);
    multiply(after.forward_price, by.price_factor);
    if (is_option) {
        widen_option(after, option, by.spread_factor);
        return after;
    }
    for (auto* price : {&after.mark_price, &after.bid_price, &after.ask_price})
        multiply(*price, by.price_factor);
    widen(after.bid_price, after.ask_price, by.spread_factor, -HUGE_VAL);
    return after;
}

void shock_book(std::span<std::array<double, 2>> bids, std::span<std::array<double, 2>> asks,
                const QuoteShock& by, double depth_factor) {
    for (const auto& side : {bids, asks}) {
        for (auto& [price, qty] : side) {
            price *= by.price_factor;
            qty *= depth_factor;
        }
    }
    if (bids.empty() || asks.empty()) return;
    const double apart = (by.spread_factor - 1.0) * std::max(asks[0][0] - bids[0][0], 0.0) / 2.0;
    for (auto& level : bids) level[0] -= apart;
    for (auto& level : asks) level[0] += apart;
}

}  // namespace tidemark::market
