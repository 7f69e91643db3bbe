#include "vol/surface/chain_quotes.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "core/log_ratio.hpp"
#include "stats/distributions/order_statistics.hpp"

namespace tidemark::vol {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double width(double bid, double ask) {
    return bid > 0.0 && ask > 0.0 ? ask - bid : infinite;
}

/// Of two quotes the narrower; of two as wide the lower, whichever came first.
void offer(double& bid, double& ask, const ChainOption& option) {
    const double new_bid = option.bid_price.value_or(0.0), new_ask = option.ask_price.value_or(0.0);
    const double now = width(bid, ask), next = width(new_bid, new_ask);
    if (next > now || (next == now && new_bid >= bid && bid > 0.0)) return;
    bid = new_bid;
    ask = new_ask;
}

bool out_of_the_money(const ChainOption& option, double forward) {
    const bool above = option.strike >= forward;
    return above == (option.type == pricing::OptionType::call);
}

/// None where a side is not quoted, or the sides are crossed.
std::optional<double> half_spread(const ChainOption& option) {
    if (!option.bid_vol || !option.ask_vol || !(*option.ask_vol > *option.bid_vol)) return std::nullopt;
    return (*option.ask_vol - *option.bid_vol) / 2.0;
}

}  // namespace

std::vector<SmileQuote> smile_quotes(const ChainExpiry& expiry, VolOfOption vol) {
    std::vector<SmileQuote> quotes;
    for (const ChainOption& option : expiry.options) {
        if (option.*vol) quotes.push_back({option.strike, option.type, *(option.*vol)});
    }
    return quotes;
}

std::optional<double> atm_vol(const ChainExpiry& expiry, VolOfOption vol) {
    const auto smile = QuotedSmile::make(smile_quotes(expiry, vol), expiry.forward, expiry.years);
    if (!smile) return std::nullopt;
    const auto at = smile->vol_at(expiry.forward);
    return at ? std::optional{at->value()} : std::nullopt;
}

std::vector<StripQuote> strip_quotes(const ChainExpiry& expiry) {
    std::map<double, StripQuote> rows;
    for (const ChainOption& option : expiry.options) {
        StripQuote& row = rows[option.strike];
        row.strike = option.strike;
        if (option.type == pricing::OptionType::call)
            offer(row.call_bid, row.call_ask, option);
        else
            offer(row.put_bid, row.put_ask, option);
    }
    std::vector<StripQuote> quotes;
    for (const auto& [strike, row] : rows) quotes.push_back(row);
    return quotes;
}

FitQuotes fit_quotes(Price forward, std::span<const ChainOption> options) {
    FitQuotes out;
    std::vector<double> spreads;
    for (const ChainOption& option : options) {
        if (!option.vol || !out_of_the_money(option, forward.value())) continue;
        const auto spread = half_spread(option);
        if (spread) spreads.push_back(*spread);
        out.quotes.push_back({log_ratio(option.strike, forward.value()), *option.vol,
                              spread ? 1.0 / (*spread * *spread) : 0.0});
    }
    const double widest = spreads.empty() ? 1.0 : *std::max_element(spreads.begin(), spreads.end());
    for (SviQuote& quote : out.quotes) {
        if (quote.weight == 0.0) quote.weight = 1.0 / (widest * widest);
    }
    if (!spreads.empty()) out.half_spread = stats::upper_median(std::move(spreads));
    return out;
}

}  // namespace tidemark::vol
