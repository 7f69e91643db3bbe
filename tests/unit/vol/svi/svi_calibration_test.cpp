#include "vol/svi/svi_calibration.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "vol/svi/svi_arbitrage.hpp"
#include "vol/svi/svi_free_fit.hpp"
#include "vol/svi/svi_quasi_explicit.hpp"
#include "vol/svi/svi_repair.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

constexpr YearFraction month{30.0 / 365.0};
constexpr SviRaw btc_like{.a = 0.0105, .b = 0.055, .rho = -0.25, .m = 0.015, .sigma = 0.12};
constexpr SviRaw vogt{.a = -0.041, .b = 0.1331, .rho = 0.306, .m = 0.3586, .sigma = 0.4153};

std::vector<SviQuote> quotes_of(const SviRaw& slice, YearFraction years, double reach = 0.6, int count = 16) {
    std::vector<SviQuote> quotes;
    for (int i = 0; i < count; ++i) {
        const double k = -reach + 2.0 * reach * i / (count - 1);
        quotes.push_back({k, std::sqrt(total_variance(slice, k) / years.value()), 1.0});
    }
    return quotes;
}

double distance(const SviRaw& x, const SviRaw& y) {
    return std::max({std::abs(x.a - y.a), std::abs(x.b - y.b), std::abs(x.rho - y.rho), std::abs(x.m - y.m),
                     std::abs(x.sigma - y.sigma)});
}

SviRaw random_slice(std::mt19937& random) {
    std::uniform_real_distribution<double> unit{0.0, 1.0};
    const double b = 0.02 + 0.4 * unit(random);
    const double rho = 1.6 * unit(random) - 0.8;
    const double sigma = 0.03 + 0.5 * unit(random);
    const double lowest = -b * sigma * std::sqrt(1.0 - rho * rho);
    return {.a = lowest + 0.001 + 0.03 * unit(random),
            .b = b,
            .rho = rho,
            .m = 0.4 * unit(random) - 0.2,
            .sigma = sigma};
}

Errc refusal(const std::vector<SviQuote>& quotes, YearFraction years = month) {
    return fit_svi(quotes, years).error().code;
}

}  // namespace

TEST_CASE("a noise-free slice gives its parameters back") {
    const SviFit fit = fit_svi(quotes_of(btc_like, month), month).value();
    CHECK(distance(fit.slice, btc_like) < 1e-12);
    CHECK(fit.error.rmse < 1e-12);
    CHECK(fit.error.greatest < 1e-12);
    CHECK(fit.quotes == 16);
    CHECK_FALSE(fit.repaired);
}

TEST_CASE("of random slices the free ones come back and the others come out free") {
    std::mt19937 random{3};
    int repaired = 0;
    for (int i = 0; i < 200; ++i) {
        const SviRaw slice = random_slice(random);
        const bool free = check_butterfly(slice).value().arbitrage_free;
        const SviFit fit = fit_svi(quotes_of(slice, month), month).value();
        CHECK(check_butterfly(fit.slice).value().arbitrage_free);
        CHECK(fit.repaired == !free);
        if (free) CHECK(distance(fit.slice, slice) < 1e-9);
        repaired += fit.repaired ? 1 : 0;
    }
    CHECK(repaired > 20);
}

TEST_CASE("Vogt's slice is refitted better than its guaranteed repair") {
    const YearFraction year{1.0};
    const auto quotes = quotes_of(vogt, year, 1.5, 31);
    const SviFit fit = fit_svi(quotes, year).value();
    CHECK(fit.repaired);
    CHECK(check_butterfly(fit.slice).value().arbitrage_free);
    const SviRaw guaranteed = guaranteed_free_slice(vogt).value();
    CHECK(fit.error.rmse < 0.2 * vol_error(quotes, guaranteed, year).rmse);
}

TEST_CASE("the guaranteed repair of Vogt's slice is the published one") {
    // Gatheral and Jacquier (2014), example 5.1: c = 0.3493158, v_tilde = 0.01548182.
    const SviJumpWings wings = to_jump_wings(guaranteed_free_slice(vogt).value(), YearFraction{1.0}).value();
    CHECK_THAT(wings.v, WithinAbs(0.01742625, 5e-9));
    CHECK_THAT(wings.psi, WithinAbs(-0.1752111, 5e-8));
    CHECK_THAT(wings.p, WithinAbs(0.6997381, 5e-8));
    CHECK_THAT(wings.c, WithinAbs(0.3493158, 5e-8));
    CHECK_THAT(wings.v_tilde, WithinAbs(0.01548182, 5e-9));
}

TEST_CASE("repairs are free whatever they start from") {
    std::mt19937 random{5};
    std::uniform_real_distribution<double> unit{0.0, 1.0};
    for (int i = 0; i < 300; ++i) {
        SviRaw slice = random_slice(random);
        slice.b *= 1.0 + 20.0 * unit(random);  // far beyond Lee's bound
        slice.a = std::max(slice.a, 1e-3 - least_variance(slice) + slice.a);
        CHECK(check_butterfly(guaranteed_free_slice(slice).value()).value().arbitrage_free);
        CHECK(check_butterfly(nearest_free_slice(slice).value()).value().arbitrage_free);
    }
    CHECK(nearest_free_slice(btc_like).value() == btc_like);
}

TEST_CASE("asked for, a slice with arbitrage comes back as it is") {
    const YearFraction year{1.0};
    const SviFit fit = fit_svi(quotes_of(vogt, year), year, {.butterfly_free = false}).value();
    CHECK(distance(fit.slice, vogt) < 1e-9);
    CHECK_FALSE(fit.repaired);
}

TEST_CASE("a smile that SVI can only fit with arbitrage is fitted nearly as well without") {
    // Wings that bend down: the best fit of all is a parabola whose far wings break Lee's bound.
    std::vector<SviQuote> quotes;
    for (double k = -0.15; k <= 0.151; k += 0.015) quotes.push_back({k, 0.36 + 2.0 * k * k - 0.1 * k, 1.0});
    const SviFit best = fit_svi(quotes, month, {.butterfly_free = false}).value();
    REQUIRE_FALSE(check_butterfly(best.slice).value().arbitrage_free);
    const SviFit free = fit_svi(quotes, month).value();
    CHECK(free.repaired);
    CHECK(check_butterfly(free.slice).value().arbitrage_free);
    CHECK(free.error.rmse < 0.003);
    const auto variances = variance_quotes(quotes, month);
    CHECK(weighted_squared_error(variances, free.slice) <=
          weighted_squared_error(variances, ssvi_slice_fit(variances).value()));
}

TEST_CASE("one stale quote does not bend a robust fit") {
    auto quotes = quotes_of(btc_like, month);
    quotes[11].vol += 0.10;
    const double robust =
        vol_error(quotes_of(btc_like, month), fit_svi(quotes, month).value().slice, month).rmse;
    const double plain =
        vol_error(quotes_of(btc_like, month), fit_svi(quotes, month, {.robust = false}).value().slice, month)
            .rmse;
    CHECK(robust < 0.002);
    CHECK(plain > 5.0 * robust);
}

TEST_CASE("the fit is the least of its neighbours") {
    auto quotes = quotes_of(btc_like, month);
    std::mt19937 random{9};
    std::normal_distribution<double> noise{0.0, 0.005};
    for (SviQuote& quote : quotes) quote.vol += noise(random);
    const auto variances = variance_quotes(quotes, month);
    const SviRaw best = fit_svi(quotes, month, {.robust = false}).value().slice;
    const double least = weighted_squared_error(variances, best);
    CHECK(least <= weighted_squared_error(variances, btc_like));
    for (double SviRaw::*member : {&SviRaw::a, &SviRaw::b, &SviRaw::rho, &SviRaw::m, &SviRaw::sigma}) {
        for (const double step : {-1e-4, 1e-4}) {
            SviRaw moved = best;
            moved.*member += step;
            CHECK(weighted_squared_error(variances, moved) > least);
        }
    }
}

TEST_CASE("the inner problem finds the least over a and both slopes") {
    auto quotes = quotes_of(btc_like, month);
    std::mt19937 random{1};
    std::normal_distribution<double> noise{0.0, 0.1};
    for (SviQuote& quote : quotes) quote.vol = std::abs(quote.vol + noise(random));
    const auto variances = variance_quotes(quotes, month);
    for (const double m : {-2.0, -0.3, 0.0, 0.2, 2.0}) {
        const SviRaw best = quasi_explicit_slice(variances, m, 0.05);
        REQUIRE(check(best));
        const double least = weighted_squared_error(variances, best);
        for (double b = 0.0; b <= 0.3; b += 0.01) {
            for (double rho = -0.999; rho <= 0.9991; rho += 0.0999) {
                for (double a = 0.0; a <= 0.1; a += 0.002) {
                    const SviRaw other{.a = a, .b = b, .rho = rho, .m = m, .sigma = 0.05};
                    CHECK(weighted_squared_error(variances, other) >= least * (1.0 - 1e-12));
                }
            }
        }
    }
}

TEST_CASE("weight 0 leaves a quote out, and the order of quotes changes no bit") {
    auto quotes = quotes_of(btc_like, month);
    quotes[3].vol += 0.01;
    const SviRaw expected = fit_svi(quotes, month).value().slice;
    quotes.push_back({0.05, 3.0, 0.0});
    std::ranges::reverse(quotes);
    CHECK(fit_svi(quotes, month).value().slice == expected);
}

TEST_CASE("a flat smile fits flat") {
    std::vector<SviQuote> quotes;
    for (double k = -0.5; k <= 0.5; k += 0.1) quotes.push_back({k, 0.6, 1.0});
    const SviFit fit = fit_svi(quotes, month).value();
    CHECK(fit.error.greatest < 1e-9);
    CHECK(check_butterfly(fit.slice).value().arbitrage_free);
}

TEST_CASE("too few strikes or what is no quote is refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    auto quotes = quotes_of(btc_like, month, 0.6, 5);
    CHECK(fit_svi(quotes, month));
    CHECK(refusal(quotes, YearFraction{0.0}) == Errc::out_of_domain);
    CHECK(refusal(quotes, YearFraction{nan}) == Errc::out_of_domain);
    quotes[1].log_moneyness = quotes[0].log_moneyness;
    CHECK(refusal(quotes) == Errc::not_enough_data);
    CHECK(refusal({}) == Errc::not_enough_data);
    for (const SviQuote bad : {SviQuote{nan, 0.5, 1.0}, SviQuote{0.0, nan, 1.0}, SviQuote{0.0, 0.0, 1.0},
                               SviQuote{0.0, 0.5, -1.0}, SviQuote{0.0, 0.5, nan}}) {
        auto with_bad = quotes_of(btc_like, month);
        with_bad.push_back(bad);
        CHECK(refusal(with_bad) == Errc::out_of_domain);
    }
}
