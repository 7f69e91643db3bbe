#include "vol/surface/option_chain.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <string_view>

#include "core/bounds.hpp"
#include "pricing/implied_vol.hpp"
#include "stats/distributions/order_statistics.hpp"
#include "vol/surface/parity.hpp"

namespace tidemark::vol {
namespace {

/// A price wrong by a thousandth moves the volatility by a hundredth.
constexpr double greatest_condition = 10.0;
constexpr std::string_view ok = "ok";

std::string_view status_of(const pricing::ImpliedVol& found) {
    if (found.status != pricing::ImpliedVolStatus::ok) return pricing::implied_vol_status_name(found.status);
    if (!(found.condition <= greatest_condition)) return "ill_conditioned";
    const double annual_vol = found.annual_vol.value();
    return annual_vol > 0.0 && annual_vol <= largest_annual_vol ? ok : "out_of_range";
}

using Listed = std::vector<const market::Instrument*>;

bool is_option_of(const market::Instrument& i, market::AssetId underlying) {
    return i.underlying == underlying && i.terms.kind == market::ContractKind::option && i.terms.expiry;
}

bool has_quotes(const std::optional<market::Quote>& quote) {
    return quote && (quote->mark_vol || quote->mark_price || (quote->bid_price && quote->ask_price));
}

/// None without both sides, or where they are crossed.
std::optional<double> mid_price(const market::Quote& quote) {
    const double bid = quote.bid_price.value_or(0.0), ask = quote.ask_price.value_or(0.0);
    if (!(bid > 0.0 && ask >= bid)) return std::nullopt;
    return 0.5 * (bid + ask);
}

std::optional<double> fair_price(const market::Quote& quote) {
    return quote.mark_price ? quote.mark_price : mid_price(quote);
}

/// The prices of both sides of each strike; options quoted in coin and others are two chains.
std::vector<ParityQuote> parity_quotes(const Listed& quoted, bool in_coin) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    std::map<double, ParityQuote> rows;
    for (const market::Instrument* option : quoted) {
        const auto price = fair_price(*option->quote);
        if (option->quote->in_coin != in_coin || !price) continue;
        const double strike = option->terms.strike;
        ParityQuote& row = rows.try_emplace(strike, ParityQuote{strike, none, none}).first->second;
        const bool call = option->terms.option_type == pricing::OptionType::call;
        double& side = call ? row.call_price : row.put_price;
        side = std::fmin(side, *price);  // of two venues' the lower, whichever came first
    }
    std::vector<ParityQuote> out;
    out.reserve(rows.size());
    for (const auto& [strike, row] : rows) out.push_back(row);
    return out;
}

Result<Price> parity_forward(const Listed& quoted, double discount_factor) {
    const auto coin = median_forward_coin(parity_quotes(quoted, true));
    return coin ? coin : median_forward(parity_quotes(quoted, false), discount_factor);
}

/// Reads the options of one expiry whose forward is known.
class QuoteReader {
public:
    explicit QuoteReader(ChainExpiry& out) : out_{out} {}

    ChainOption read(const market::Instrument& option, bool fresh) {
        ChainOption o;
        o.strike = option.terms.strike;
        o.type = option.terms.option_type;
        if (!fresh) return o;
        const market::Quote& quote = *option.quote;
        const double unit = quote.in_coin ? out_.forward.value() : 1.0;
        const auto in_quote = [unit](std::optional<double> price) {
            return price && *price > 0.0 ? std::optional{*price * unit} : std::nullopt;
        };
        o.bid_price = in_quote(quote.bid_price);
        o.ask_price = in_quote(quote.ask_price);
        o.vol = quote.mark_vol     ? quote.mark_vol
                : quote.mark_price ? inverted(o, in_quote(quote.mark_price), out_.inverted.mark)
                                   : inverted(o, in_quote(mid_price(quote)), out_.inverted.mid);
        o.bid_vol = quote.bid_vol ? quote.bid_vol : inverted(o, o.bid_price, out_.inverted.bid);
        o.ask_vol = quote.ask_vol ? quote.ask_vol : inverted(o, o.ask_price, out_.inverted.ask);
        return o;
    }

private:
    std::optional<double> inverted(const ChainOption& option, std::optional<double> price,
                                   InversionCounts& counts) {
        if (!price) return std::nullopt;
        const pricing::ImpliedVol found =
            pricing::implied_vol({Price{*price}, out_.forward, Price{option.strike}, out_.years, option.type,
                                  std::exp(-out_.rate_per_year * out_.years.value())});
        const std::string_view status = status_of(found);
        ++counts[status];
        return status == ok ? std::optional{found.annual_vol.value()} : std::nullopt;
    }

    ChainExpiry& out_;
};

/// Of the expiry's fresh tickers; false where there is no forward.
bool put_forward(ChainExpiry& out, const Listed& quoted) {
    std::vector<double> forwards;
    for (const market::Instrument* option : quoted) {
        if (option->quote->in_coin) out.rate_per_year = 0.0;
        if (option->quote->forward_price) forwards.push_back(*option->quote->forward_price);
    }
    if (!forwards.empty()) {
        out.forward = Price{stats::upper_median(std::move(forwards))};
        return true;
    }
    const auto forward = parity_forward(quoted, std::exp(-out.rate_per_year * out.years.value()));
    if (!forward) return false;
    out.forward = *forward;
    out.forward_by_parity = true;
    return true;
}

std::optional<ChainExpiry> expiry_of(Timestamp expiry, const Listed& listed, Timestamp newest,
                                     const ChainRules& rules) {
    const auto fresh = [&](const market::Instrument* option) {
        return has_quotes(option->quote) && rules.ticker.holds(option->quote->ts, newest);
    };
    Listed quoted;
    std::copy_if(listed.begin(), listed.end(), std::back_inserter(quoted), fresh);
    if (quoted.empty()) return std::nullopt;
    const auto [oldest, latest] =
        std::minmax_element(quoted.begin(), quoted.end(),
                            [](const auto* a, const auto* b) { return a->quote->ts < b->quote->ts; });
    ChainExpiry out;
    out.expiry = expiry;
    out.oldest = (*oldest)->quote->ts;
    out.newest = (*latest)->quote->ts;
    out.years = years_between(out.newest, expiry);
    out.rate_per_year = rules.rate_per_year;
    if (!put_forward(out, quoted)) return std::nullopt;
    QuoteReader reader{out};
    for (const market::Instrument* option : listed)
        out.options.push_back(reader.read(*option, fresh(option)));
    return out;
}

}  // namespace

std::vector<ChainExpiry> option_chain(const market::Market& market, market::AssetId underlying,
                                      const ChainRules& rules) {
    Timestamp newest;
    std::map<Timestamp, Listed> listed;
    for (market::InstrumentId id = 0; id < market.instruments(); ++id) {
        const market::Instrument& i = market.instrument(id);
        if (!is_option_of(i, underlying)) continue;
        if (has_quotes(i.quote)) newest = std::max(newest, i.quote->ts);
        listed[*i.terms.expiry].push_back(&i);
    }
    std::vector<ChainExpiry> chain;
    for (const auto& [expiry, list] : listed) {
        if (expiry <= newest) continue;
        if (auto quoted = expiry_of(expiry, list, newest, rules)) chain.push_back(*std::move(quoted));
    }
    return chain;
}

}  // namespace tidemark::vol
