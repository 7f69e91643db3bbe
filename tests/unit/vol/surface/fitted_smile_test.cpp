#include "vol/surface/fitted_smile.hpp"

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

std::optional<vol::FittedSmile> fitted(const std::vector<vol::ChainOption>& options, double years = 0.07) {
    return vol::fitted_smile(Price{forward}, YearFraction{years}, options);
}

vol::FittedSmile smile_of(const vol::SviRaw& slice, double least, double greatest) {
    vol::FittedSmile out;
    out.fit.slice = slice;
    out.least_log_moneyness = least;
    out.greatest_log_moneyness = greatest;
    return out;
}

}  // namespace

TEST_CASE("marks of a slice give the slice") {
    const auto out = fitted(chain());
    REQUIRE(out);
    CHECK_THAT(out->fit.slice.a, WithinAbs(truth.a, 1e-6));
    CHECK_THAT(out->fit.slice.rho, WithinAbs(truth.rho, 1e-4));
    CHECK(out->fit.quotes == 13);  // one a strike: the side out of the money
    CHECK(out->fit.error.rmse < 1e-7);
    CHECK_THAT(out->least_log_moneyness, WithinAbs(-0.24, 1e-5));
    CHECK_THAT(out->greatest_log_moneyness, WithinAbs(0.24, 1e-5));
    CHECK_FALSE(out->half_spread);
    CHECK_FALSE(out->fit.repaired);
}

TEST_CASE("the fit is compared with the spread of volatility") {
    auto options = chain();
    for (vol::ChainOption& option : options) {
        option.bid_vol = *option.vol - 0.02;
        option.ask_vol = *option.vol + 0.02;
    }
    const auto out = fitted(options);
    REQUIRE(out);
    REQUIRE(out->half_spread);
    CHECK_THAT(*out->half_spread, WithinRel(0.02, 1e-9));
}

TEST_CASE("a mark that is hardly quoted does not bend the smile") {
    auto options = chain();
    for (vol::ChainOption& option : options) {
        const bool off = option.strike > 1.2 * forward;
        option.bid_vol = *option.vol - (off ? 0.5 : 0.002);
        option.ask_vol = *option.vol + (off ? 0.5 : 0.002);
        if (off) *option.vol += 0.1;
    }
    const auto out = fitted(options);
    REQUIRE(out);
    CHECK_THAT(vol::total_variance(out->fit.slice, 0.0), WithinRel(vol::total_variance(truth, 0.0), 1e-3));
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
    const auto out = fitted(options, 1.0);
    REQUIRE(out);
    CHECK(out->fit.repaired);
    REQUIRE(out->fit.negative.size() == 1);
    CHECK_THAT(out->fit.negative[0].from, WithinAbs(0.6424078779, 1e-5));
    CHECK_THAT(out->fit.negative[0].to, WithinAbs(1.2569129919, 1e-5));
    CHECK(vol::check_butterfly(out->fit.slice).value().arbitrage_free);
}

TEST_CASE("one surface is fitted to the expiries with two strikes, the others are left") {
    const vol::SsviShape shape{.rho = -0.4, .eta = 1.2, .gamma = 0.3};
    std::vector<vol::ChainExpiry> expiries(3);
    for (std::size_t i = 0; i < 3; ++i) {
        const double years = 0.1 * static_cast<double>(i + 1);
        expiries[i].years = YearFraction{years};
        expiries[i].forward = Price{forward};
        expiries[i].options = chain(vol::ssvi_slice(shape, 0.3 * years).value(), years);
    }
    expiries[1].options.resize(2);  // one strike
    const auto surface = vol::fitted_surface(expiries);
    REQUIRE(surface);
    CHECK_THAT(surface->shape.rho, WithinAbs(shape.rho, 1e-4));
    CHECK_THAT(surface->shape.eta, WithinAbs(shape.eta, 1e-4));
    CHECK_THAT(surface->shape.gamma, WithinAbs(shape.gamma, 1e-4));
    CHECK(surface->fitted() == 2);
    CHECK(surface->quotes() == 26);
    CHECK(surface->rmse < 1e-5);
    CHECK_FALSE(surface->terms[1]);
    REQUIRE(surface->terms[2]);
    CHECK_THAT(surface->terms[2]->theta, WithinRel(0.09, 1e-4));
    CHECK_FALSE(vol::fitted_surface(std::span{expiries}.subspan(1, 1)));
}

TEST_CASE("too few strikes give no slice") {
    auto options = chain();
    options.resize(8);  // four strikes
    CHECK_FALSE(fitted(options));
}

TEST_CASE("where the earlier slice lies above the later is named, within what both quote") {
    // Flat slices but for a hump: w(k) of the first is above that of the last for |k| > 0.1 alone.
    const vol::FittedSmiles smiles{smile_of({0.0, 0.1, 0.0, 0.0, 0.05}, -0.3, 0.2), std::nullopt,
                                   smile_of({0.1 * std::sqrt(0.0125), 1e-9, 0.0, 0.0, 0.05}, -0.25, 0.4)};
    const auto all = vol::calendar_crossings(smiles);
    REQUIRE(all.size() == 3);
    CHECK(all[0].empty());
    CHECK(all[1].empty());
    const auto& crossed = all[2];
    REQUIRE(crossed.size() == 2);
    CHECK(crossed[0].from == -0.25);
    CHECK_THAT(crossed[0].to, WithinAbs(-0.1, 1e-6));
    CHECK_THAT(crossed[1].from, WithinAbs(0.1, 1e-6));
    CHECK(crossed[1].to == 0.2);
}
