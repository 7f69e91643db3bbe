#include "vol/surface/term_structure.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinRel;

namespace {

constexpr double week = 7.0 / 365.0;
constexpr double month = 30.0 / 365.0;
constexpr double quarter = 90.0 / 365.0;

TermStructure made(const std::vector<TermVol>& expiries) {
    return TermStructure::make(expiries).value();
}

TermStructure sample() {
    return made({{YearFraction{week}, AnnualVol{0.52}},
                 {YearFraction{month}, AnnualVol{0.58}},
                 {YearFraction{quarter}, AnnualVol{0.61}}});
}

double vol_at(const TermStructure& terms, double years) {
    return terms.vol_at(YearFraction{years}).value().value();
}

Errc refusal(const std::vector<TermVol>& expiries) {
    return TermStructure::make(expiries).error().code;
}

}  // namespace

TEST_CASE("total variance is linear between expiries") {
    // Worked by hand: w(14 d) = w(7 d) + 7/23 (w(30 d) - w(7 d)).
    const double near = 0.52 * 0.52 * week;
    const double next = 0.58 * 0.58 * month;
    const double expected = std::sqrt((near + 7.0 / 23.0 * (next - near)) / (14.0 / 365.0));
    CHECK_THAT(vol_at(sample(), 14.0 / 365.0), WithinRel(expected, 1e-14));
}

TEST_CASE("an expiry gives back its own vol, flat outside the first and last") {
    CHECK_THAT(vol_at(sample(), month), WithinRel(0.58, 1e-15));
    CHECK_THAT(vol_at(sample(), 1.0 / 365.0), WithinRel(0.52, 1e-15));
    CHECK_THAT(vol_at(sample(), 3.0), WithinRel(0.61, 1e-15));
}

TEST_CASE("forward vols accrue to the whole") {
    const TermStructure terms = sample();
    const double first = terms.forward_vol(YearFraction{0.0}, YearFraction{week}).value().value();
    const double second = terms.forward_vol(YearFraction{week}, YearFraction{month}).value().value();
    CHECK_THAT(first, WithinRel(0.52, 1e-15));
    CHECK_THAT(first * first * week + second * second * (month - week),
               WithinRel(0.58 * 0.58 * month, 1e-14));
    CHECK(terms.forward_vol(YearFraction{month}, YearFraction{week}).error().code == Errc::out_of_domain);
    CHECK(terms.forward_vol(YearFraction{-1.0}, YearFraction{week}).error().code == Errc::out_of_domain);
}

TEST_CASE("falling total variance is reported and has no forward vol") {
    const TermStructure terms =
        made({{YearFraction{week}, AnnualVol{0.9}}, {YearFraction{2 * week}, AnnualVol{0.6}}});
    CHECK(terms.calendar_arbitrage() == std::vector<std::size_t>{1});
    CHECK(terms.forward_vol(YearFraction{week}, YearFraction{2 * week}).error().code == Errc::out_of_domain);
    CHECK(sample().calendar_arbitrage().empty());
}

TEST_CASE("equal total variance is no arbitrage, whatever its last bit") {
    for (double years = 0.01; years < 2.0; years *= 1.07) {
        const TermStructure terms = made({{YearFraction{years}, AnnualVol{0.5}},
                                          {YearFraction{3.0 * years}, AnnualVol{0.5 / std::sqrt(3.0)}}});
        CHECK(terms.calendar_arbitrage().empty());
        CHECK(terms.forward_vol(YearFraction{years}, YearFraction{3.0 * years}).value().value() < 1e-6);
    }
}

TEST_CASE("expiries come in any order, once each") {
    const TermStructure terms =
        made({{YearFraction{quarter}, AnnualVol{0.61}}, {YearFraction{week}, AnnualVol{0.52}}});
    CHECK(terms.expiries().front().years == YearFraction{week});
    CHECK(refusal({{YearFraction{week}, AnnualVol{0.5}}, {YearFraction{week}, AnnualVol{0.6}}}) ==
          Errc::conflict);
}

TEST_CASE("what is no term is refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    CHECK(refusal({}) == Errc::not_enough_data);
    CHECK(refusal({{YearFraction{0.0}, AnnualVol{0.5}}}) == Errc::out_of_domain);
    CHECK(refusal({{YearFraction{nan}, AnnualVol{0.5}}}) == Errc::out_of_domain);
    CHECK(refusal({{YearFraction{1.0}, AnnualVol{nan}}}) == Errc::out_of_domain);
    CHECK(refusal({{YearFraction{1.0}, AnnualVol{-0.1}}}) == Errc::out_of_domain);
    for (const double horizon : {0.0, -1.0, nan, infinity}) {
        CHECK(sample().vol_at(YearFraction{horizon}).error().code == Errc::out_of_domain);
    }
}
