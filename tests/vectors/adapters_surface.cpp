#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapter.hpp"
#include "core/result.hpp"
#include "vol/surface/model_free.hpp"
#include "vol/surface/skew.hpp"
#include "vol/surface/term_structure.hpp"
#include "vol/svi/ssvi.hpp"
#include "vol/svi/svi.hpp"
#include "vol/svi/svi_arbitrage.hpp"
#include "vol/svi/svi_calibration.hpp"

namespace tidemark::vectors {
namespace {

using namespace vol;

template <class T>
T wanted(const Result<T>& result) {
    if (!result) throw std::runtime_error(result.error().message);
    return *result;
}

std::vector<double> numbers(const Json& array) {
    return array.get<std::vector<double>>();
}

/// Parameters in the order that the vectors name: a, b, rho, m, sigma.
SviRaw raw(const Json& params) {
    return {
        .a = params.at(0), .b = params.at(1), .rho = params.at(2), .m = params.at(3), .sigma = params.at(4)};
}

Json svi_slice(const Json& input, const Context&) {
    const SviRaw slice = raw(input.at("params"));
    Json out;
    for (const double k : numbers(input.at("k"))) {
        const SviSlope at = slope(slice, k);
        out["w"].push_back(at.w);
        out["w1"].push_back(at.first);
        out["w2"].push_back(at.second);
        out["g"].push_back(butterfly_density(slice, k));
    }
    return out;
}

Json svi_raw_to_jw(const Json& input, const Context&) {
    const auto wings =
        wanted(to_jump_wings(raw(input.at("params")), YearFraction{input.at("t").get<double>()}));
    return {{"v", wings.v}, {"psi", wings.psi}, {"p", wings.p}, {"c", wings.c}, {"v_tilde", wings.v_tilde}};
}

/// What the vectors mean by the grid: [-1.5, 1.5], where the paper plots its examples.
double least_density_on_grid(const SviRaw& slice) {
    double least = butterfly_density(slice, -1.5);
    for (int i = 1; i <= 3000; ++i) least = std::min(least, butterfly_density(slice, -1.5 + 0.001 * i));
    return least;
}

Json svi_jw_to_raw(const Json& input, const Context&) {
    const SviJumpWings wings{.v = input.at("v"),
                             .psi = input.at("psi"),
                             .p = input.at("p"),
                             .c = input.at("c"),
                             .v_tilde = input.at("v_tilde")};
    const SviRaw slice = wanted(from_jump_wings(wings, YearFraction{input.at("t").get<double>()}));
    return {{"a", slice.a},
            {"b", slice.b},
            {"rho", slice.rho},
            {"m", slice.m},
            {"sigma", slice.sigma},
            {"arbitrage_free", wanted(check_butterfly(slice)).arbitrage_free},
            {"min_g_on_grid", least_density_on_grid(slice)}};
}

Json svi_butterfly_check(const Json& input, const Context&) {
    const ButterflyCheck found = wanted(check_butterfly(raw(input.at("params"))));
    Json out{{"arbitrage_free", found.arbitrage_free},
             {"g_negative_from", nullptr},
             {"g_negative_to", nullptr},
             {"g_min", found.least_density},
             {"k_at_min", found.least_density_at},
             {"wing_slope", found.wing_slope}};
    if (!found.negative.empty()) {
        out["g_negative_from"] = found.negative.front().from;
        out["g_negative_to"] = found.negative.back().to;
    }
    return out;
}

Json svi_lee_bound(const Json& input, const Context&) {
    const double slope = wing_slope(raw(input.at("params")));
    return {{"wing_slope", slope}, {"ok", slope <= lee_wing_bound}, {"bound", lee_wing_bound}};
}

Json svi_calibrate(const Json& input, const Context&) {
    const std::vector<double> k = numbers(input.at("k"));
    const std::vector<double> w = numbers(input.at("w"));
    const YearFraction years{input.at("t").get<double>()};
    std::vector<SviQuote> quotes;
    for (std::size_t i = 0; i < k.size(); ++i) {
        quotes.push_back({k[i], vol_of_total_variance(w.at(i), years).value(), 1.0});
    }
    // The case asks for the parameters back, also of a slice that admits arbitrage.
    const SviFit fit = wanted(fit_svi(quotes, years, {.butterfly_free = false}));
    return {{"a", fit.slice.a}, {"b", fit.slice.b},         {"rho", fit.slice.rho},
            {"m", fit.slice.m}, {"sigma", fit.slice.sigma}, {"rmse_vol", fit.error.rmse}};
}

Json ssvi_slice_case(const Json& input, const Context&) {
    const SsviShape shape{.rho = input.at("rho"), .eta = input.at("eta"), .gamma = input.at("gamma")};
    const double theta = input.at("theta");
    const SviRaw slice = wanted(ssvi_slice(shape, theta));
    Json out{{"phi", wanted(ssvi_phi(shape, theta))},
             {"butterfly_ok", wanted(ssvi_butterfly_free(shape, theta))},
             {"surface_condition_eta_1_plus_abs_rho_le_2", ssvi_wings_bounded(shape)}};
    for (const double k : numbers(input.at("k"))) out["w"].push_back(total_variance(slice, k));
    return out;
}

Json skew_case(const Json& input, pricing::DeltaConvention convention) {
    const SmileCurve curve = wanted(svi_curve(raw(input.at("svi"))));
    const SmileSummary summary = skew_summary(curve, Price{input.at("F").get<double>()},
                                              YearFraction{input.at("T").get<double>()}, convention);
    if (summary.status != SmileStatus::ok)
        throw std::runtime_error(std::string{smile_status_name(summary.status)});
    return {{"K_25c", summary.call_25->strike.value()},
            {"K_25p", summary.put_25->strike.value()},
            {"iv_25c", *summary.vol_25c},
            {"iv_25p", *summary.vol_25p},
            {"iv_atmf", *summary.atm_vol},
            {"K_dns", summary.dns.value().strike.value()},
            {"iv_dns", summary.dns.value().vol.value()},
            {"rr25", *summary.rr25},
            {"bf25_atmf", *summary.bf25},
            {"bf25_dns", *summary.bf25_dns}};
}

TermStructure terms(const Json& input) {
    const std::vector<double> years = numbers(input.at("T"));
    const std::vector<double> vols = numbers(input.at("iv"));
    std::vector<TermVol> expiries;
    for (std::size_t i = 0; i < years.size(); ++i) {
        expiries.push_back({YearFraction{years[i]}, AnnualVol{vols.at(i)}});
    }
    return wanted(TermStructure::make(expiries));
}

Json total_variance_interp(const Json& input, const Context&) {
    const TermStructure structure = terms(input);
    Json out;
    for (const double target : numbers(input.at("target"))) {
        out["iv"].push_back(wanted(structure.vol_at(YearFraction{target})).value());
    }
    const auto expiries = structure.expiries();
    for (std::size_t i = 1; i < expiries.size(); ++i) {
        const auto forward = structure.forward_vol(expiries[i - 1].years, expiries[i].years);
        out["forward_vol"].push_back(forward ? Json(forward->value()) : Json(nullptr));
    }
    return out;
}

Json calendar_arbitrage(const Json& input, const Context&) {
    const TermStructure structure = terms(input);
    Json out{{"calendar_arbitrage", !structure.calendar_arbitrage().empty()}};
    for (const TermVol& expiry : structure.expiries()) {
        out["total_variance"].push_back(total_variance(expiry.vol, expiry.years));
    }
    return out;
}

constexpr double minutes_a_year = 525600.0;
constexpr double minutes_a_month = 43200.0;

std::vector<StripQuote> strip_quotes(const Context& context, const std::string& file) {
    const auto strikes = context.column(file, "strike");
    const auto call_bids = context.column(file, "call_bid");
    const auto call_asks = context.column(file, "call_ask");
    const auto put_bids = context.column(file, "put_bid");
    const auto put_asks = context.column(file, "put_ask");
    std::vector<StripQuote> quotes;
    for (std::size_t i = 0; i < strikes.size(); ++i) {
        quotes.push_back({strikes[i], call_bids[i], call_asks[i], put_bids[i], put_asks[i]});
    }
    return quotes;
}

VarianceStrip strip(const Context& context, const std::string& file, double minutes, double rate) {
    return wanted(variance_strip(strip_quotes(context, file), YearFraction{minutes / minutes_a_year},
                                 {.rate_per_year = rate, .forward = {}}));
}

Json strip_json(const VarianceStrip& term) {
    return {
        {"F", term.forward.value()},         {"K0", term.k0.value()},  {"K_min", term.terms.front().strike},
        {"K_max", term.terms.back().strike}, {"n", term.terms.size()}, {"sum", term.sum},
        {"sigma2", term.annual_variance}};
}

Json vix(const Json& input, const Context& context) {
    const std::vector<double> minutes = numbers(input.at("minutes"));
    const std::vector<double> rates = numbers(input.at("rates"));
    const std::vector<VarianceStrip> strips{
        strip(context, input.at("near").get<std::string>(), minutes.at(0), rates.at(0)),
        strip(context, input.at("next").get<std::string>(), minutes.at(1), rates.at(1))};
    const TermStructure structure = wanted(model_free_terms(strips));
    const double index = wanted(structure.vol_at(YearFraction{minutes_a_month / minutes_a_year})).value();
    const VarianceStrip& near = strips.front();
    const VarianceStrip& next = strips.back();
    const Json published{{"vix", 100.0 * index},
                         {"inner", index},
                         {"F", {near.forward.value(), next.forward.value()}},
                         {"K0", near.k0.value()},
                         {"sum", {near.sum, next.sum}},
                         {"sigma2", {near.annual_variance, next.annual_variance}},
                         {"sigma2_near", near.annual_variance},
                         {"sigma2_next", next.annual_variance}};
    return {{"near", strip_json(near)},
            {"next", strip_json(next)},
            {"vix", 100.0 * index},
            {"published", published}};
}

/// The vector names a term and strikes; the rest is that of the example it cites (methodology v6.0).
Json vix_delta_k(const Json& input, const Context& context) {
    const bool near = input.at("term") == "near";
    const VarianceStrip term = near ? strip(context, "data/vix_near.csv", 34484.0, 0.00031664)
                                    : strip(context, "data/vix_next.csv", 44954.0, 0.00028797);
    Json out;
    for (const double strike : numbers(input.at("strikes"))) {
        const auto found = std::ranges::find(term.terms, strike, &StripTerm::strike);
        const bool selected = found != term.terms.end();
        out["delta_k"].push_back(selected ? Json(found->delta_k) : Json(nullptr));
        out["contribution"].push_back(selected ? Json(found->contribution) : Json(nullptr));
    }
    return out;
}

Json derive_svi_vol(const Json& input, const Context&) {
    const SviRaw slice{.a = input.at("a"),
                       .b = input.at("b"),
                       .rho = input.at("rho"),
                       .m = input.at("m"),
                       .sigma = input.at("sigma")};
    const auto vol =
        svi_vol_clamped(slice, Price{input.at("forward").get<double>()},
                        Price{input.at("strike").get<double>()}, YearFraction{input.at("tau").get<double>()});
    return {{"vol", wanted(vol).value()}};
}

}  // namespace

void add_surface(Registry& registry) {
    using pricing::DeltaConvention;
    registry["svi.slice"] = svi_slice;
    registry["svi.raw_to_jw"] = svi_raw_to_jw;
    registry["svi.jw_to_raw"] = svi_jw_to_raw;
    registry["svi.butterfly_check"] = svi_butterfly_check;
    registry["svi.lee_bound"] = svi_lee_bound;
    registry["svi.calibrate_exact"] = svi_calibrate;
    registry["ssvi.slice"] = ssvi_slice_case;
    registry["skew.rr_bf_25"] = [](const Json& input, const Context&) {
        return skew_case(input, DeltaConvention::forward);
    };
    registry["skew.rr_bf_25_premium_adjusted"] = [](const Json& input, const Context&) {
        return skew_case(input, DeltaConvention::premium_adjusted);
    };
    registry["term_structure.total_variance_interp"] = total_variance_interp;
    registry["term_structure.calendar_arbitrage"] = calendar_arbitrage;
    registry["vix.whitepaper_2019"] = vix;
    registry["vix.methodology_2026"] = vix;
    registry["vix.delta_k"] = vix_delta_k;
    registry["margin.svi_vol"] = derive_svi_vol;
}

}  // namespace tidemark::vectors
