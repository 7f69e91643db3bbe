#include "join/svi_of.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/log_ratio.hpp"
#include "pricing/implied_vol.hpp"
#include "vol/svi_arbitrage.hpp"
#include "vol/svi_calibration.hpp"

namespace tidemark::join {
namespace {

bool out_of_the_money(const market::Instrument& option, double forward) {
    const bool above = option.terms.strike >= forward;
    return above == (option.terms.option_type == pricing::OptionType::call);
}

std::optional<double> vol_of(const market::Instrument& option, std::optional<double> price,
                             const record::VolTerm& term) {
    if (!price) return std::nullopt;
    const double in_quote = *price * (option.quote->in_coin ? term.forward_price : 1.0);
    const pricing::ImpliedVol found = pricing::implied_vol(
        {tidemark::Price{in_quote}, tidemark::Price{term.forward_price}, tidemark::Price{option.terms.strike},
         YearFraction{term.years}, option.terms.option_type});
    if (found.status != pricing::ImpliedVolStatus::ok) return std::nullopt;
    return found.annual_vol.value();
}

/// None where a side is not quoted, or the sides are crossed.
std::optional<double> half_spread(const market::Instrument& option, const record::VolTerm& term) {
    const market::Quote& quote = *option.quote;
    const auto bid = quote.bid_vol ? quote.bid_vol : vol_of(option, quote.bid_price, term);
    const auto ask = quote.ask_vol ? quote.ask_vol : vol_of(option, quote.ask_price, term);
    if (!bid || !ask || !(*ask > *bid)) return std::nullopt;
    return (*ask - *bid) / 2.0;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

vol::SviRaw slice_of(const record::SviSlice& svi) {
    return {svi.a, svi.b, svi.rho, svi.m, svi.sigma};
}

/// Beyond the strikes that both quote a slice is a guess, and so would be its arbitrage.
void put_crossings(const record::VolTerm& before, record::VolTerm& term) {
    const auto found = vol::check_calendar(slice_of(*before.svi), slice_of(*term.svi));
    if (!found) return;
    const double least = std::max(before.svi_fit->least_log_moneyness, term.svi_fit->least_log_moneyness);
    const double greatest =
        std::min(before.svi_fit->greatest_log_moneyness, term.svi_fit->greatest_log_moneyness);
    for (const vol::MoneynessInterval& crossed : found->crossed) {
        const double from = std::max(crossed.from, least), to = std::min(crossed.to, greatest);
        if (from < to) term.svi_fit->calendar_crossed.push_back({from, to});
    }
}

}  // namespace

void put_svi(record::VolTerm& term, std::span<const market::Instrument* const> options) {
    std::vector<vol::SviQuote> quotes;
    std::vector<double> spreads;
    for (const market::Instrument* option : options) {
        if (!out_of_the_money(*option, term.forward_price)) continue;
        const auto spread = half_spread(*option, term);
        if (spread) spreads.push_back(*spread);
        quotes.push_back({log_ratio(option->terms.strike, term.forward_price), *option->quote->mark_vol,
                          spread ? 1.0 / (*spread * *spread) : 0.0});
    }
    const double widest = spreads.empty() ? 1.0 : *std::max_element(spreads.begin(), spreads.end());
    for (vol::SviQuote& quote : quotes) {
        if (quote.weight == 0.0) quote.weight = 1.0 / (widest * widest);
    }
    const auto fit = vol::fit_svi(quotes, YearFraction{term.years});
    if (!fit) return;
    term.svi = {fit->slice.a, fit->slice.b, fit->slice.rho, fit->slice.m, fit->slice.sigma};
    record::SviFit& report = term.svi_fit.emplace();
    report.rmse_vol = fit->error.rmse;
    report.quotes = static_cast<std::int64_t>(fit->quotes);
    report.repaired = fit->repaired;
    const auto [least, greatest] =
        std::minmax_element(quotes.begin(), quotes.end(),
                            [](const auto& a, const auto& b) { return a.log_moneyness < b.log_moneyness; });
    report.least_log_moneyness = least->log_moneyness;
    report.greatest_log_moneyness = greatest->log_moneyness;
    if (!spreads.empty()) report.half_spread_vol = median(spreads);
}

void put_calendar_crossings(std::span<record::VolTerm> terms) {
    const record::VolTerm* before = nullptr;
    for (record::VolTerm& term : terms) {
        if (!term.svi) continue;
        if (before != nullptr) put_crossings(*before, term);
        before = &term;
    }
}

}  // namespace tidemark::join
