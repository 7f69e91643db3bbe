#include "desk/vol/svi_record.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "vol/surface/chain_quotes.hpp"
#include "vol/svi/ssvi_calibration.hpp"
#include "vol/svi/svi_arbitrage.hpp"
#include "vol/svi/svi_calibration.hpp"

namespace tidemark::desk {
namespace {

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

/// An end in the infinite is none that a record can hold: the last log-moneyness that means a price is.
json::Level level_of(const vol::MoneynessInterval& interval) {
    constexpr double furthest = 700.0;  // exp() of which is still a number
    return {std::clamp(interval.from, -furthest, furthest), std::clamp(interval.to, -furthest, furthest)};
}

bool has_two_strikes(const std::vector<vol::SviQuote>& quotes) {
    return std::any_of(quotes.begin(), quotes.end(),
                       [&](const auto& q) { return q.log_moneyness != quotes.front().log_moneyness; });
}

}  // namespace

void put_svi(record::VolTerm& term, std::span<const vol::ChainOption> options) {
    const vol::FitQuotes of = vol::fit_quotes(Price{term.forward_price}, options);
    const auto fit = vol::fit_svi(of.quotes, YearFraction{term.years});
    if (!fit) return;
    term.svi = {fit->slice.a, fit->slice.b, fit->slice.rho, fit->slice.m, fit->slice.sigma};
    record::SviFit& report = term.svi_fit.emplace();
    report.rmse_vol = fit->error.rmse;
    report.quotes = static_cast<std::int64_t>(fit->quotes);
    report.repaired = fit->repaired;
    for (const vol::MoneynessInterval& negative : fit->negative)
        report.butterfly_negative.push_back(level_of(negative));
    const auto [least, greatest] =
        std::minmax_element(of.quotes.begin(), of.quotes.end(),
                            [](const auto& a, const auto& b) { return a.log_moneyness < b.log_moneyness; });
    report.least_log_moneyness = least->log_moneyness;
    report.greatest_log_moneyness = greatest->log_moneyness;
    report.half_spread_vol = of.half_spread;
}

void put_calendar_crossings(std::span<record::VolTerm> terms) {
    const record::VolTerm* before = nullptr;
    for (record::VolTerm& term : terms) {
        if (!term.svi) continue;
        if (before != nullptr) put_crossings(*before, term);
        before = &term;
    }
}

std::optional<record::SsviSurface> put_ssvi(std::span<record::VolTerm> terms,
                                            std::span<const vol::ChainExpiry> chain) {
    std::vector<vol::SsviExpiry> expiries;
    std::vector<record::VolTerm*> fitted;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        vol::FitQuotes of = vol::fit_quotes(Price{terms[i].forward_price}, chain[i].options);
        if (!has_two_strikes(of.quotes)) continue;
        record::SsviTerm& term = terms[i].ssvi.emplace();
        term.half_spread_vol = of.half_spread;
        term.quotes = static_cast<std::int64_t>(of.quotes.size());
        fitted.push_back(&terms[i]);
        expiries.push_back({chain[i].years, std::move(of.quotes)});
    }
    const auto fit = vol::fit_ssvi(expiries);
    if (!fit) {
        for (record::VolTerm* term : fitted) term->ssvi.reset();
        return std::nullopt;
    }
    record::SsviSurface surface{.rho = fit->shape.rho, .eta = fit->shape.eta, .gamma = fit->shape.gamma};
    double squares = 0.0;
    for (std::size_t i = 0; i < fitted.size(); ++i) {
        record::SsviTerm& term = *fitted[i]->ssvi;
        term.theta = fit->theta[i];
        term.rmse_vol = fit->errors[i].rmse;
        term.greatest_error_vol = fit->errors[i].greatest;
        squares += term.rmse_vol * term.rmse_vol;
        surface.quotes += term.quotes;
    }
    surface.terms = static_cast<std::int64_t>(fitted.size());
    surface.rmse_vol = std::sqrt(squares / static_cast<double>(fitted.size()));
    return surface;
}

}  // namespace tidemark::desk
