#include "desk/vol/svi_record.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "vol/svi/ssvi.hpp"
#include "vol/svi/svi.hpp"
#include "vol/svi/svi_arbitrage.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

constexpr double forward = 80000.0;
const vol::SviRaw truth{0.004, 0.05, -0.3, 0.02, 0.1};

record::VolTerm term() {
    record::VolTerm term;
    term.years = 0.07;
    term.forward_price = forward;
    return term;
}

/// Options on both sides of 13 strikes, with the slice's volatilities.
std::vector<vol::ChainOption> chain(const vol::SviRaw& slice = truth, double years = 0.07) {
    std::vector<vol::ChainOption> options;
    for (int i = -6; i <= 6; ++i) {
        for (const auto type : {pricing::OptionType::call, pricing::OptionType::put}) {
            vol::ChainOption& option = options.emplace_back();
            option.strike = std::round(forward * std::exp(0.04 * i));
            option.type = type;
            const double k = std::log(option.strike / forward);
            option.vol = std::sqrt(vol::total_variance(slice, k) / years);
        }
    }
    return options;
}

record::VolTerm fitted(const std::vector<vol::ChainOption>& options) {
    record::VolTerm out = term();
    desk::put_svi(out, options);
    return out;
}

}  // namespace

TEST_CASE("marks of a slice give the slice") {
    const record::VolTerm out = fitted(chain());
    REQUIRE(out.svi);
    CHECK_THAT(out.svi->a, WithinAbs(truth.a, 1e-6));
    CHECK_THAT(out.svi->rho, WithinAbs(truth.rho, 1e-4));
    CHECK(out.svi_fit->quotes == 13);  // one a strike: the side out of the money
    CHECK(out.svi_fit->rmse_vol < 1e-7);
    CHECK_FALSE(out.svi_fit->half_spread_vol);
    CHECK_FALSE(out.svi_fit->repaired);
}

TEST_CASE("the fit is compared with the spread of volatility") {
    auto options = chain();
    for (vol::ChainOption& option : options) {
        option.bid_vol = *option.vol - 0.02;
        option.ask_vol = *option.vol + 0.02;
    }
    const record::VolTerm out = fitted(options);
    REQUIRE(out.svi_fit);
    REQUIRE(out.svi_fit->half_spread_vol);
    CHECK_THAT(*out.svi_fit->half_spread_vol, WithinRel(0.02, 1e-9));
}

TEST_CASE("a mark that is hardly quoted does not bend the smile") {
    auto options = chain();
    for (vol::ChainOption& option : options) {
        const bool off = option.strike > 1.2 * forward;
        option.bid_vol = *option.vol - (off ? 0.5 : 0.002);
        option.ask_vol = *option.vol + (off ? 0.5 : 0.002);
        if (off) *option.vol += 0.1;
    }
    const record::VolTerm out = fitted(options);
    REQUIRE(out.svi);
    const vol::SviRaw slice{out.svi->a, out.svi->b, out.svi->rho, out.svi->m, out.svi->sigma};
    CHECK_THAT(vol::total_variance(slice, 0.0), WithinRel(vol::total_variance(truth, 0.0), 1e-3));
}

TEST_CASE("where the best fit is not free of butterflies, its interval is named and the slice is repaired") {
    // Vogt's slice (Gatheral and Jacquier 2014, section 5.1): g < 0 on (.6424, 1.2569).
    const vol::SviRaw vogt{-0.0410, 0.1331, 0.3060, 0.3586, 0.4153};
    std::vector<vol::ChainOption> options;
    for (double k = -1.5; k < 1.51; k += 0.1) {
        const auto type = k < 0.0 ? pricing::OptionType::put : pricing::OptionType::call;
        options.emplace_back().strike = forward * std::exp(k);
        options.back().type = type;
        options.back().vol = std::sqrt(vol::total_variance(vogt, k));
    }
    record::VolTerm out = term();
    out.years = 1.0;
    desk::put_svi(out, options);
    REQUIRE(out.svi_fit);
    CHECK(out.svi_fit->repaired);
    REQUIRE(out.svi_fit->butterfly_negative.size() == 1);
    CHECK_THAT(out.svi_fit->butterfly_negative[0][0], WithinAbs(0.6424078779, 1e-5));
    CHECK_THAT(out.svi_fit->butterfly_negative[0][1], WithinAbs(1.2569129919, 1e-5));
    const vol::SviRaw slice{out.svi->a, out.svi->b, out.svi->rho, out.svi->m, out.svi->sigma};
    CHECK(vol::check_butterfly(slice).value().arbitrage_free);
}

TEST_CASE("one surface is fitted to the expiries with two strikes, the others are left") {
    const vol::SsviShape shape{.rho = -0.4, .eta = 1.2, .gamma = 0.3};
    std::vector<vol::ChainExpiry> expiries(3);
    std::vector<record::VolTerm> terms(3, term());
    for (std::size_t i = 0; i < 3; ++i) {
        const double years = 0.1 * static_cast<double>(i + 1);
        terms[i].years = years;
        expiries[i].years = YearFraction{years};
        expiries[i].forward = tidemark::Price{forward};
        expiries[i].options = chain(vol::ssvi_slice(shape, 0.3 * years).value(), years);
    }
    expiries[1].options.resize(2);  // one strike
    const auto surface = desk::put_ssvi(terms, expiries);
    REQUIRE(surface);
    CHECK_THAT(surface->rho, WithinAbs(shape.rho, 1e-4));
    CHECK_THAT(surface->eta, WithinAbs(shape.eta, 1e-4));
    CHECK_THAT(surface->gamma, WithinAbs(shape.gamma, 1e-4));
    CHECK(surface->terms == 2);
    CHECK(surface->quotes == 26);
    CHECK(surface->rmse_vol < 1e-5);
    CHECK_FALSE(terms[1].ssvi);
    REQUIRE(terms[2].ssvi);
    CHECK_THAT(terms[2].ssvi->theta, WithinRel(0.09, 1e-4));
    CHECK_FALSE(desk::put_ssvi(std::span{terms}.subspan(1, 1), std::span{expiries}.subspan(1, 1)));
}

TEST_CASE("too few strikes give no slice") {
    auto options = chain();
    options.resize(8);  // four strikes
    const record::VolTerm out = fitted(options);
    CHECK_FALSE(out.svi);
    CHECK_FALSE(out.svi_fit);
}

TEST_CASE("where the earlier slice lies above the later is named, within what both quote") {
    // Flat slices but for a hump: w(k) of the first is above that of the second for |k| > 0.1 alone.
    std::vector<record::VolTerm> terms(3, term());
    terms[0].svi = record::SviSlice{0.0, 0.1, 0.0, 0.0, 0.05};
    terms[2].svi = record::SviSlice{0.1 * std::sqrt(0.0125), 1e-9, 0.0, 0.0, 0.05};
    for (const std::size_t i : {0U, 2U}) {
        record::SviFit& fit = terms[i].svi_fit.emplace();
        fit.least_log_moneyness = i == 0 ? -0.3 : -0.25;
        fit.greatest_log_moneyness = i == 0 ? 0.2 : 0.4;
    }
    desk::put_calendar_crossings(terms);
    CHECK(terms[0].svi_fit->calendar_crossed.empty());
    const auto& crossed = terms[2].svi_fit->calendar_crossed;
    REQUIRE(crossed.size() == 2);
    CHECK(crossed[0][0] == -0.25);
    CHECK_THAT(crossed[0][1], WithinAbs(-0.1, 1e-6));
    CHECK_THAT(crossed[1][0], WithinAbs(0.1, 1e-6));
    CHECK(crossed[1][1] == 0.2);
}
