#include "convert/shock_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "convert/market_of.hpp"
#include "json/rewrite.hpp"
#include "market/shocked_quote.hpp"

namespace tidemark::convert {
namespace {

using market::Change;

void scale(std::optional<double>& number, double factor) {
    if (number) *number *= factor;
}

/// Volatilities change as they stand; what is a difference of two keeps its points where all get as many
/// more.
void shock_skew(std::optional<double>& rr25, std::optional<double>& bf25, const market::Change& by) {
    scale(rr25, by.factor);
    scale(bf25, by.factor);
}

void shock_term(record::VolTerm& term, const market::Change& vol, double price_factor) {
    term.forward_price *= price_factor;
    if (term.atm_vol) *term.atm_vol = vol.of(*term.atm_vol);
    shock_skew(term.rr25, term.bf25, vol);
    if (vol.addend != 0.0) {
        // Points added along a smile make one that is no SVI.
        term.svi.reset();
        term.svi_fit.reset();
    }
    if (term.svi) {
        term.svi->a *= vol.factor * vol.factor;
        term.svi->b *= vol.factor * vol.factor;
    }
    if (term.svi_fit) {
        term.svi_fit->rmse_vol *= vol.factor;
        scale(term.svi_fit->half_spread_vol, vol.factor);
    }
}

/// An index in a coin is no price of its underlying.
bool in_money(const market::Terms& terms) {
    constexpr std::array<std::string_view, 3> money{"USD", "USDC", "USDT"};
    return std::ranges::find(money, terms.quote_asset) != money.end();
}

}  // namespace

Result<market::Terms> ShockRecords::terms_of(std::string_view symbol) {
    const auto id = stated_.find_instrument(symbol);
    auto terms = id ? Result<market::Terms>{stated_.instrument(*id).terms} : market::parse_symbol(symbol);
    if (!terms || quiet_) return terms;
    if (!symbols_.find(symbol)) {
        if (symbols_.size() == market::Market::max_names)
            return Error{Errc::too_many, fmt::format("want at most {} symbols", market::Market::max_names),
                         "symbol", 0};
        symbols_.intern(symbol);
        used_.push_back(*terms);
    }
    return terms;
}

Status ShockRecords::known(const market::Terms& terms) const {
    const Status level = watch_.shocks().known(terms.underlying);
    return level ? watch_.shocks().known(terms.quote_asset) : level;
}

Status ShockRecords::learn(const json::Line& line) {
    record::Instrument record;
    if (Status read = reader_.read(line, record); !read) return read;
    const auto terms = convert::terms_of(record);
    if (!terms) return terms.error();
    const auto used = symbols_.find(record.symbol);
    if (used && !(used_[*used] == *terms))
        return Error{Errc::conflict,
                     fmt::format("want the instrument record of {} before its other lines, got another one "
                                 "behind them",
                                 record.symbol),
                     "", 0};
    return stated_.put_terms(record.symbol, *terms, record.ts);
}

Status ShockRecords::shock(record::Ticker& ticker) {
    const auto terms = terms_of(ticker.symbol);
    if (!terms && quiet_) return Ok{};
    if (!terms) return terms.error();
    if (ticker.index_price && in_money(*terms))
        watch_.price_now(terms->underlying, *ticker.index_price, false);
    if (const Status level = known(*terms); !level) return level.error();
    market::QuoteShock by;
    by.price_factor = watch_.price_factor(*terms, ticker.index_price.has_value());
    if (terms->kind == market::ContractKind::option) by.vol = watch_.under(Of::vol, terms->underlying);
    if (ticker.bid_price && ticker.ask_price)
        by.spread_factor = watch_.under(Of::spread, terms->underlying).factor;
    const auto after = market::shocked(quote_of(ticker), *terms, by, ticker.symbol);
    if (!after) return after.error();
    ticker.mark_price = after->mark_price;
    ticker.index_price = after->index_price;
    ticker.forward_price = after->forward_price;
    ticker.bid_price = after->bid_price;
    ticker.ask_price = after->ask_price;
    ticker.mark_vol = after->mark_vol;
    ticker.bid_vol = after->bid_vol;
    ticker.ask_vol = after->ask_vol;
    return Ok{};
}

Status ShockRecords::shock(record::Book& book) {
    const auto terms = terms_of(book.symbol);
    if (!terms && quiet_) return Ok{};
    if (!terms) return terms.error();
    if (const Status level = known(*terms); !level) return level.error();
    market::QuoteShock by;
    by.price_factor = watch_.price_factor(*terms, false);
    if (terms->kind == market::ContractKind::option) {
        by.vol = watch_.under(Of::vol, terms->underlying);
        if (by.price_factor != 1.0 || !by.vol.none())
            return Error{Errc::out_of_domain,
                         "want no book of an option under a shock of price or volatility: it has no forward "
                         "to reprice it by",
                         "", 0};
    }
    if (!book.bids.empty() && !book.asks.empty())
        by.spread_factor = watch_.under(Of::spread, terms->underlying).factor;
    market::shock_book(book.bids, book.asks, by, watch_.under(Of::depth, terms->underlying).factor);
    return Ok{};
}

Status ShockRecords::shock(record::Price& price) {
    watch_.price_now(price.asset, price.price, true);
    const double factor = watch_.asset_factor(price.asset);
    const market::Shock* asked = watch_.shocks().find(Of::price, price.asset);
    price.price = asked != nullptr && asked->level ? *asked->level : price.price * factor;
    scale(price.confidence, factor);
    return Ok{};
}

Status ShockRecords::shock(record::Vol& vol) {
    if (const Status level = watch_.shocks().known(vol.underlying); !level && !vol.terms.empty())
        return level.error();
    const market::Change by = watch_.under(Of::vol, vol.underlying);
    vol.annual_vol = by.of(vol.annual_vol);
    if (vol.implied) {
        vol.implied->annual_vol = by.of(vol.implied->annual_vol);
        shock_skew(vol.implied->rr25, vol.implied->bf25, by);
    }
    const double price_factor = watch_.shocks().price_factor(vol.underlying);
    for (record::VolTerm& term : vol.terms) shock_term(term, by, price_factor);
    return Ok{};
}

Status ShockRecords::shock(record::Liquidity& liquidity) {
    const double depth = watch_.under(Of::depth, liquidity.underlying).factor;
    for (auto& [basis_points, value] : liquidity.depth_value) value *= depth;
    scale(liquidity.adv_value, depth);
    scale(liquidity.kyle_lambda, 1.0 / depth);
    scale(liquidity.amihud, 1.0 / depth);
    if (liquidity.half_spread_rate)
        scale(liquidity.half_spread_rate, watch_.under(Of::spread, liquidity.underlying).factor);
    return Ok{};
}

Status ShockRecords::shock(record::Correlation& correlation) {
    const market::Change to = watch_.under(Of::correlation, "");
    const auto others = static_cast<double>(correlation.assets.size()) - 1.0;
    if (!to.none() && to.addend * others < -1.0)
        return Error{Errc::out_of_range,
                     fmt::format("want a correlation not below {} between {} assets, got {}", -1.0 / others,
                                 correlation.assets.size(), to.addend),
                     "matrix", 0};
    for (std::size_t i = 0; i < correlation.matrix.size(); ++i) {
        for (std::size_t j = 0; j < correlation.matrix[i].size(); ++j) {
            if (i != j) correlation.matrix[i][j] = to.of(correlation.matrix[i][j]);
        }
    }
    return Ok{};
}

template <class Record>
Status ShockRecords::edit_as(const json::Line& line, std::string& out) {
    Record before;
    if (Status read = reader_.read(line, before); !read) return read;
    Record after = before;
    if (Status shocked = shock(after); !shocked) return shocked;
    return json::Rewrite{line}.append(out, before, after);
}

std::span<const ShockRecords::Edit> ShockRecords::edits() {
    static constexpr std::array<Edit, 6> all{{
        {record::Ticker::type, &ShockRecords::edit_as<record::Ticker>},
        {record::Price::type, &ShockRecords::edit_as<record::Price>},
        {record::Vol::type, &ShockRecords::edit_as<record::Vol>},
        {record::Liquidity::type, &ShockRecords::edit_as<record::Liquidity>},
        {record::Book::type, &ShockRecords::edit_as<record::Book>},
        {record::Correlation::type, &ShockRecords::edit_as<record::Correlation>},
    }};
    return all;
}

bool ShockRecords::edits(std::string_view type) {
    return std::ranges::find(edits(), type, &Edit::type) != edits().end();
}

Status ShockRecords::edit(const json::Line& line, std::string_view type, std::string& out) {
    const auto edit = std::ranges::find(edits(), type, &Edit::type);
    if (edit == edits().end()) return Error{Errc::internal, "not a record that shocks change", "type", 0};
    return (this->*edit->as)(line, out);
}

}  // namespace tidemark::convert
