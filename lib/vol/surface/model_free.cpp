#include "vol/surface/model_free.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/errors.hpp"
#include "core/positive.hpp"
#include "pricing/black76.hpp"
#include "pricing/option_type.hpp"
#include "vol/surface/parity.hpp"

namespace tidemark::vol {
namespace {

constexpr double no_quote = std::numeric_limits<double>::quiet_NaN();
constexpr int zero_bids_that_end_a_side = 2;

double mid(double bid, double ask) {
    return is_positive(bid) && is_positive(ask) ? 0.5 * (bid + ask) : no_quote;
}
double call_mid(const StripQuote& quote) {
    return mid(quote.call_bid, quote.call_ask);
}
double put_mid(const StripQuote& quote) {
    return mid(quote.put_bid, quote.put_ask);
}

using Quotes = std::vector<StripQuote>;

Result<Quotes> sorted_quotes(std::span<const StripQuote> quotes) {
    Quotes sorted(quotes.begin(), quotes.end());
    const auto bad = std::ranges::find_if_not(sorted, is_positive, &StripQuote::strike);
    if (bad != sorted.end()) {
        return out_of_domain("a strike > 0", bad->strike);
    }
    std::ranges::sort(sorted, {}, &StripQuote::strike);
    const auto twin = std::ranges::adjacent_find(sorted, {}, &StripQuote::strike);
    if (twin == sorted.end()) return sorted;
    return Error{Errc::conflict, fmt::format("want one row a strike, got two at {}", twin->strike), "", 0};
}

Result<Price> parity_forward(const Quotes& quotes, double discount_factor) {
    std::vector<ParityQuote> chain;
    for (const StripQuote& quote : quotes) chain.push_back({quote.strike, call_mid(quote), put_mid(quote)});
    return least_gap_forward(chain, discount_factor);
}

/// Outward from K0: `next` walks the rows on one side, price_of gives the side's mid.
template <class Row, class PriceOf>
std::vector<StripTerm> walk(Row from, Row to, PriceOf price_of) {
    std::vector<StripTerm> side;
    int zero_bids = 0;
    for (Row row = from; row != to && zero_bids < zero_bids_that_end_a_side; ++row) {
        const double price = price_of(*row);
        zero_bids = std::isnan(price) ? zero_bids + 1 : 0;
        if (zero_bids == 0) side.push_back({.strike = row->strike, .price = price});
    }
    return side;
}

/// Mean of both sides; one that is not quoted is the other moved by C - P = (F - K) discount_factor.
double price_at_k0(const StripQuote& at, double forward, double discount_factor) {
    const double parity = (forward - at.strike) * discount_factor;
    const double call = call_mid(at);
    const double put = put_mid(at);
    const double call_used = std::isnan(call) ? put + parity : call;
    const double put_used = std::isnan(put) ? call - parity : put;
    return 0.5 * (call_used + put_used);
}

void fill_contributions(std::vector<StripTerm>& terms, double growth) {
    for (std::size_t i = 0; i < terms.size(); ++i) {
        const std::size_t below = i == 0 ? 0 : i - 1;
        const std::size_t above = i + 1 == terms.size() ? i : i + 1;
        const double neighbours = static_cast<double>(above - below);
        terms[i].delta_k = (terms[above].strike - terms[below].strike) / neighbours;
        terms[i].contribution =
            terms[i].delta_k / (terms[i].strike * terms[i].strike) * growth * terms[i].price;
    }
}

double delta_at(const VarianceStrip& strip, const StripTerm& at, pricing::OptionType type) {
    const auto greeks = pricing::black76_greeks({.forward = strip.forward,
                                                 .strike = Price{at.strike},
                                                 .years = strip.years,
                                                 .annual_vol = AnnualVol{std::sqrt(strip.annual_variance)},
                                                 .type = type});
    return greeks ? std::abs(greeks->delta_forward) : 1.0;
}

Status check_reach(const VarianceStrip& strip, const StripRules& rules) {
    if (reach_of(strip, rules) == StripReach::ok) return Ok{};
    return not_enough_data(fmt::format("want strikes out to a delta of {}, got {} to {} with {}",
                                       rules.max_outer_delta, strip.terms.front().strike,
                                       strip.terms.back().strike, outer_delta(strip)));
}

/// The selected strikes ascending, and K0.
Result<VarianceStrip> selected(const Quotes& quotes, Price forward, double discount_factor) {
    const auto above = std::ranges::upper_bound(quotes, forward.value(), {}, &StripQuote::strike);
    if (above == quotes.begin()) {
        return not_enough_data(
            fmt::format("want a strike at or below the forward {}, got none", forward.value()));
    }
    const auto at = above - 1;
    const double price = price_at_k0(*at, forward.value(), discount_factor);
    if (std::isnan(price)) {
        return not_enough_data(fmt::format("want a quote at strike {}, got none", at->strike));
    }
    std::vector<StripTerm> terms = walk(std::make_reverse_iterator(at), quotes.rend(), put_mid);
    const std::size_t puts = terms.size();
    std::ranges::reverse(terms);
    terms.push_back({.strike = at->strike, .price = price});
    const std::vector<StripTerm> calls = walk(above, quotes.end(), call_mid);
    terms.insert(terms.end(), calls.begin(), calls.end());
    VarianceStrip strip;
    strip.forward = forward;
    strip.k0 = Price{at->strike};
    strip.terms = std::move(terms);
    strip.coverage = {.puts = puts, .calls = calls.size()};
    return strip;
}

/// The formula over the selected strikes.
Result<VarianceStrip> summed(VarianceStrip strip, YearFraction years, double growth) {
    strip.years = years;
    fill_contributions(strip.terms, growth);
    for (const StripTerm& term : strip.terms) strip.sum += term.contribution;
    const double offset = strip.forward / strip.k0 - 1.0;
    strip.annual_variance = (2.0 * strip.sum - offset * offset) / years.value();
    if (!is_positive(strip.annual_variance)) {
        return out_of_domain("a variance > 0", strip.annual_variance);
    }
    strip.coverage.put_delta = delta_at(strip, strip.terms.front(), pricing::OptionType::put);
    strip.coverage.call_delta = delta_at(strip, strip.terms.back(), pricing::OptionType::call);
    return strip;
}

}  // namespace

Result<VarianceStrip> variance_strip(std::span<const StripQuote> quotes, YearFraction years,
                                     const StripRules& rules) {
    if (!is_positive(years.value())) {
        return out_of_domain("years > 0", years.value());
    }
    const double growth = std::exp(rules.rate_per_year * years.value());
    const auto sorted = sorted_quotes(quotes);
    if (!sorted) return sorted.error();
    const auto forward =
        rules.forward ? Result<Price>{*rules.forward} : parity_forward(*sorted, 1.0 / growth);
    if (!forward) return forward.error();
    auto strip = selected(*sorted, *forward, 1.0 / growth);
    if (!strip) return strip;
    if (strip->terms.size() < std::max<std::size_t>(rules.min_strikes, 2)) {
        return not_enough_data(
            fmt::format("a variance strip wants {} strikes, got {}", rules.min_strikes, strip->terms.size()));
    }
    strip = summed(*std::move(strip), years, growth);
    if (!strip) return strip;
    if (const Status reaches = check_reach(*strip, rules); !reaches) return reaches.error();
    return strip;
}

double outer_delta(const VarianceStrip& strip) {
    return std::max(strip.coverage.put_delta, strip.coverage.call_delta);
}

StripReach reach_of(const VarianceStrip& strip, const StripRules& rules) {
    if (strip.terms.size() < rules.min_strikes) return StripReach::few_strikes;
    return outer_delta(strip) <= rules.max_outer_delta ? StripReach::ok : StripReach::short_wing;
}

Result<TermStructure> model_free_terms(std::span<const VarianceStrip> strips) {
    std::vector<TermVol> terms;
    for (const VarianceStrip& strip : strips) {
        terms.push_back({strip.years, AnnualVol{std::sqrt(strip.annual_variance)}});
    }
    return TermStructure::make(terms);
}

}  // namespace tidemark::vol
