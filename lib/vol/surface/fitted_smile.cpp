#include "vol/surface/fitted_smile.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "vol/surface/chain_quotes.hpp"

namespace tidemark::vol {
namespace {

std::vector<MoneynessInterval> crossings(const FittedSmile& before, const FittedSmile& smile) {
    std::vector<MoneynessInterval> out;
    const auto found = check_calendar(before.fit.slice, smile.fit.slice);
    if (!found) return out;
    const double least = std::max(before.least_log_moneyness, smile.least_log_moneyness);
    const double greatest = std::min(before.greatest_log_moneyness, smile.greatest_log_moneyness);
    for (const MoneynessInterval& crossed : found->crossed) {
        const double from = std::max(crossed.from, least), to = std::min(crossed.to, greatest);
        if (from < to) out.push_back({from, to});
    }
    return out;
}

bool has_two_strikes(const std::vector<SviQuote>& quotes) {
    return std::any_of(quotes.begin(), quotes.end(),
                       [&](const auto& q) { return q.log_moneyness != quotes.front().log_moneyness; });
}

/// Puts the fit into the terms, which are as many as its expiries, and their root mean square.
void put_fit(FittedSurface& surface, const SsviFit& fit) {
    double squares = 0.0;
    std::size_t at = 0;
    for (std::optional<SurfaceTerm>& term : surface.terms) {
        if (!term) continue;
        term->theta = fit.theta[at];
        term->error = fit.errors[at++];
        squares += term->error.rmse * term->error.rmse;
    }
    surface.shape = fit.shape;
    surface.rmse = std::sqrt(squares / static_cast<double>(at));
}

}  // namespace

std::optional<FittedSmile> fitted_smile(Price forward, YearFraction years,
                                        std::span<const ChainOption> options) {
    const FitQuotes of = fit_quotes(forward, options);
    auto fit = fit_svi(of.quotes, years);
    if (!fit) return std::nullopt;
    const auto [least, greatest] =
        std::minmax_element(of.quotes.begin(), of.quotes.end(),
                            [](const auto& a, const auto& b) { return a.log_moneyness < b.log_moneyness; });
    return FittedSmile{*std::move(fit), least->log_moneyness, greatest->log_moneyness, of.half_spread};
}

FittedSmiles fitted_smiles(std::span<const ChainExpiry> chain) {
    FittedSmiles smiles;
    for (const ChainExpiry& expiry : chain)
        smiles.push_back(fitted_smile(expiry.forward, expiry.years, expiry.options));
    return smiles;
}

std::vector<std::vector<MoneynessInterval>> calendar_crossings(
    std::span<const std::optional<FittedSmile>> smiles) {
    std::vector<std::vector<MoneynessInterval>> out(smiles.size());
    const FittedSmile* before = nullptr;
    for (std::size_t i = 0; i < smiles.size(); ++i) {
        if (!smiles[i]) continue;
        if (before != nullptr) out[i] = crossings(*before, *smiles[i]);
        before = &*smiles[i];
    }
    return out;
}

std::size_t FittedSurface::fitted() const {
    return static_cast<std::size_t>(
        std::count_if(terms.begin(), terms.end(), [](const auto& term) { return term.has_value(); }));
}

std::size_t FittedSurface::quotes() const {
    std::size_t sum = 0;
    for (const auto& term : terms) sum += term ? term->quotes : 0;
    return sum;
}

std::optional<FittedSurface> fitted_surface(std::span<const ChainExpiry> chain) {
    FittedSurface surface;
    std::vector<SsviExpiry> expiries;
    for (const ChainExpiry& expiry : chain) {
        std::optional<SurfaceTerm>& term = surface.terms.emplace_back();
        FitQuotes of = fit_quotes(expiry.forward, expiry.options);
        if (!has_two_strikes(of.quotes)) continue;
        term = SurfaceTerm{0.0, {}, of.half_spread, of.quotes.size()};
        expiries.push_back({expiry.years, std::move(of.quotes)});
    }
    const auto fit = fit_ssvi(expiries);
    if (!fit) return std::nullopt;
    put_fit(surface, *fit);
    return surface;
}

}  // namespace tidemark::vol
