#include "vol/svi/ssvi.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "vol/svi/ssvi_calibration.hpp"
#include "vol/svi/svi_arbitrage.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

constexpr SsviShape shape{.rho = -0.3, .eta = 1.2, .gamma = 0.45};

std::vector<SviQuote> quotes_of(const SsviShape& of, double theta, YearFraction years) {
    std::vector<SviQuote> quotes;
    const SviRaw slice = ssvi_slice(of, theta).value();
    const double deviation = std::sqrt(theta);
    for (int i = -6; i <= 6; ++i) {
        const double k = 0.4 * i * deviation;
        quotes.push_back({k, std::sqrt(total_variance(slice, k) / years.value()), 1.0});
    }
    return quotes;
}

}  // namespace

TEST_CASE("an SSVI slice has the reference values") {
    // ssvi.slice of the vectors (mpmath, theorem 4.2).
    CHECK_THAT(ssvi_phi(shape, 0.004).value(), WithinRel(14.364837183738645, 1e-13));
    const SviRaw slice = ssvi_slice(shape, 0.004).value();
    CHECK_THAT(total_variance(slice, -0.5), WithinRel(0.02139541655133694, 1e-13));
    CHECK_THAT(total_variance(slice, 0.0), WithinRel(0.004, 1e-13));
    CHECK_THAT(total_variance(slice, 0.5), WithinRel(0.011586977979545846, 1e-13));
    CHECK(ssvi_butterfly_free(shape, 0.004).value());
}

TEST_CASE("a surface that meets the conditions is free slice by slice and across the calendar") {
    for (const double rho : {-0.95, -0.4, 0.0, 0.7}) {
        for (const double gamma : {0.0, 0.25, 0.5}) {
            const SsviShape of{.rho = rho, .eta = 2.0 / (1.0 + std::abs(rho)), .gamma = gamma};
            CHECK(ssvi_surface_free(of));
            SviRaw before = ssvi_slice(of, 1e-4).value();
            for (double theta = 2e-4; theta < 3.0; theta *= 1.7) {
                const SviRaw slice = ssvi_slice(of, theta).value();
                CHECK(ssvi_butterfly_free(of, theta).value());
                CHECK(check_butterfly(slice).value().arbitrage_free);
                CHECK(check_calendar(before, slice).value().arbitrage_free);
                before = slice;
            }
        }
    }
}

TEST_CASE("the conditions fail where they should") {
    CHECK_FALSE(ssvi_wings_bounded({.rho = -0.5, .eta = 1.4, .gamma = 0.4}));
    CHECK_FALSE(ssvi_surface_free({.rho = 0.0, .eta = 1.0, .gamma = 0.6}));
    CHECK_FALSE(ssvi_butterfly_free({.rho = 0.0, .eta = 2.0, .gamma = 0.9}, 0.001).value());
}

TEST_CASE("what is no shape is refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(ssvi_phi(shape, 0.0).error().code == Errc::out_of_domain);
    CHECK(ssvi_phi(shape, nan).error().code == Errc::out_of_domain);
    CHECK(ssvi_slice({.rho = 1.0, .eta = 1.0, .gamma = 0.4}, 0.1).error().code == Errc::out_of_domain);
    CHECK(ssvi_slice({.rho = 0.0, .eta = 0.0, .gamma = 0.4}, 0.1).error().code == Errc::out_of_domain);
    CHECK(ssvi_butterfly_free({.rho = 0.0, .eta = 1.0, .gamma = 1.1}, 0.1).error().code ==
          Errc::out_of_domain);
}

TEST_CASE("a noise-free surface gives its shape back") {
    const std::vector<SsviExpiry> expiries{{YearFraction{0.25}, quotes_of(shape, 0.08, YearFraction{0.25})},
                                           {YearFraction{0.02}, quotes_of(shape, 0.007, YearFraction{0.02})},
                                           {YearFraction{1.0}, quotes_of(shape, 0.3, YearFraction{1.0})}};
    const SsviFit fit = fit_ssvi(expiries).value();
    CHECK(ssvi_surface_free(fit.shape));
    CHECK_THAT(fit.shape.rho, WithinAbs(shape.rho, 1e-4));
    CHECK_THAT(fit.shape.eta, WithinAbs(shape.eta, 1e-4));
    CHECK_THAT(fit.shape.gamma, WithinAbs(shape.gamma, 1e-4));
    CHECK_THAT(fit.theta[0], WithinRel(0.08, 1e-4));
    CHECK_THAT(fit.theta[1], WithinRel(0.007, 1e-4));
    for (const VolError& error : fit.errors) CHECK(error.rmse < 1e-4);
}

TEST_CASE("a falling calendar is fitted by one that does not fall") {
    const std::vector<SsviExpiry> expiries{{YearFraction{0.1}, quotes_of(shape, 0.05, YearFraction{0.1})},
                                           {YearFraction{0.2}, quotes_of(shape, 0.04, YearFraction{0.2})}};
    const SsviFit fit = fit_ssvi(expiries).value();
    CHECK(fit.theta[0] <= fit.theta[1]);
    CHECK(fit.theta[0] > 0.04);
    CHECK(fit.theta[0] < 0.05);
    const auto near = ssvi_slice(fit.shape, fit.theta[0]).value();
    CHECK(check_calendar(near, ssvi_slice(fit.shape, fit.theta[1]).value()).value().arbitrage_free);
}

TEST_CASE("a surface wants expiries, each once, with strikes") {
    const YearFraction years{0.1};
    const auto quotes = quotes_of(shape, 0.05, years);
    CHECK(fit_ssvi({}).error().code == Errc::not_enough_data);
    CHECK(fit_ssvi(std::vector<SsviExpiry>{{years, quotes}, {years, quotes}}).error().code == Errc::conflict);
    CHECK(fit_ssvi(std::vector<SsviExpiry>{{years, {quotes[0]}}}).error().code == Errc::not_enough_data);
    CHECK(fit_ssvi(std::vector<SsviExpiry>{{YearFraction{0.0}, quotes}}).error().code == Errc::out_of_domain);
}
