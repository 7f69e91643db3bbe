#include "convert/market_of.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "market/plausibility.hpp"
#include "record/correlation.hpp"
#include "record/liquidity.hpp"
#include "record/price.hpp"
#include "record/vol.hpp"

namespace tidemark::convert {
namespace {

Status put(const record::Instrument& r, market::Market& market) {
    const auto terms = terms_of(r);
    return terms ? market.put_terms(r.symbol, *terms, r.ts) : terms.error();
}

Status put(const record::Ticker& r, market::Market& market) {
    const Status funding =
        market.accepts_suspect() ? Status{Ok{}} : market::plausible_funding(r.funding_rate);
    return funding ? market.put_quote(r.symbol, quote_of(r)) : funding;
}

Status put(const record::Price& r, market::Market& market) {
    return market.put_price(r.asset, {r.ts, r.price, r.confidence.value_or(0.0), ""});
}

/// What was measured is believed at any level; a figure without its measurement looks like per cent.
Status believed(double annual_vol, std::string_view field, const record::Vol& r) {
    if (r.realized || json::rule_holds(json::Rule::vol, annual_vol)) return Ok{};
    Error error = json::broken_rule(json::Rule::vol, annual_vol, fmt::format("{}", annual_vol));
    error.field = field;
    return error;
}

/// The least that the record measured: its headline is between that and the others.
std::optional<double> measured(const record::Vol& r) {
    std::optional<double> least;
    if (r.realized) least = r.realized->annual_vol;
    if (r.implied) least = std::min(least.value_or(r.implied->annual_vol), r.implied->annual_vol);
    return least;
}

Status put(const record::Vol& r, market::Market& market) {
    if (Status level = believed(r.annual_vol, "annual_vol", r); !level) return level;
    if (Status level = believed(r.base_annual_vol, "base_annual_vol", r); !level) return level;
    market::VolState state;
    state.ts = r.ts;
    state.annual_vol = r.annual_vol;
    state.base_annual_vol = r.base_annual_vol;
    state.stress_prob = r.stress_prob;
    if (Status level = market.accepts_suspect() ? Ok{} : market::plausible_vol(state, measured(r)); !level)
        return level;
    if (r.implied) {
        state.implied_vol = r.implied->annual_vol;
        state.rr25 = r.implied->rr25;
        state.bf25 = r.implied->bf25;
    }
    for (const record::VolTerm& term : r.terms)
        state.terms.push_back(
            {term.expiry_ts, term.years, term.forward_price, term.atm_vol, term.rr25, term.bf25});
    return market.put_vol(r.underlying, std::move(state));
}

Status put(const record::Liquidity& r, market::Market& market) {
    market::LiquidityState state;
    state.ts = r.ts;
    state.half_spread_rate = r.half_spread_rate.value_or(0.0);
    state.adv_value = r.adv_value.value_or(0.0);
    for (const auto& [name, value] : r.depth_value) {
        double basis_points = 0.0;
        if (!json::parse_number(name, basis_points) || basis_points <= 0.0)
            return Error{Errc::wrong_type, "want basis points for member names", "depth_value", 0};
        state.depth.emplace_back(basis_points, value);
    }
    if (r.impact) {
        state.impact_coefficient = r.impact->coefficient;
        state.impact_exponent = r.impact->exponent;
    }
    state.state = r.state ? std::optional{static_cast<int>(*r.state)} : std::nullopt;
    // What one instrument has is not what its asset has: nothing is closed out by it.
    if (r.symbol) return Ok{};
    return market.put_liquidity(r.underlying, std::move(state));
}

Status put(const record::Correlation& r, market::Market& market) {
    return market.put_correlation(r.ts, r.assets, r.matrix);
}

template <class Record>
Status read_and_put(json::Reader& reader, const json::Line& line, market::Market& market) {
    Record record;
    if (Status read = reader.read(line, record); !read) return read;
    return put(record, market);
}

struct Taker {
    std::string_view type;
    Status (*take)(json::Reader&, const json::Line&, market::Market&);
};

constexpr std::array<Taker, 6> takers{{
    {record::Ticker::type, read_and_put<record::Ticker>},
    {record::Price::type, read_and_put<record::Price>},
    {record::Vol::type, read_and_put<record::Vol>},
    {record::Instrument::type, read_and_put<record::Instrument>},
    {record::Liquidity::type, read_and_put<record::Liquidity>},
    {record::Correlation::type, read_and_put<record::Correlation>},
}};

}  // namespace

Result<market::Terms> terms_of(const record::Instrument& r) {
    market::Terms terms;
    terms.kind = static_cast<market::ContractKind>(r.kind);
    terms.underlying = r.underlying;
    terms.quote_asset = r.quote_asset;
    terms.settle_asset = r.settle_asset;
    terms.expiry = r.expiry_ts;
    terms.strike = r.strike_price.value_or(0.0);
    terms.option_type =
        r.option_type == record::OptionSide::put ? pricing::OptionType::put : pricing::OptionType::call;
    const bool dated = r.kind == record::Kind::future || r.kind == record::Kind::option;
    if (dated && !r.expiry_ts)
        return Error{Errc::missing_field, "want this member of a dated contract, got none", "expiry_ts", 0};
    if (r.kind == record::Kind::option && !r.strike_price)
        return Error{Errc::missing_field, "want this member of an option, got none", "strike_price", 0};
    if (r.kind == record::Kind::option && !r.option_type)
        return Error{Errc::missing_field, "want this member of an option, got none", "option_type", 0};
    return terms;
}

market::Quote quote_of(const record::Ticker& r) {
    return {r.ts,
            r.mark_price,
            r.index_price,
            r.forward_price,
            r.bid_price,
            r.ask_price,
            r.mark_vol,
            r.bid_vol,
            r.ask_vol,
            r.price_unit == record::PriceUnit::coin,
            r.open_interest_qty};
}

Status MarketFeed::learn(const json::Line& line, std::string_view type, market::Market& market) {
    for (const Taker& taker : takers) {
        if (taker.type == type) return taker.take(reader_, line, market);
    }
    return Error{Errc::internal, "not a market record", "type", 0};
}

std::vector<Error> unresolved(const market::Market& market) {
    std::vector<Error> all;
    for (const std::string_view symbol : market.waiting()) {
        all.push_back(market::parse_symbol(symbol).error());
        all.back().field = "symbol";
    }
    return all;
}

std::span<const std::string_view> market_types() {
    static constexpr auto types = [] {
        std::array<std::string_view, takers.size()> all{};
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = takers[i].type;
        return all;
    }();
    return types;
}

}  // namespace tidemark::convert
