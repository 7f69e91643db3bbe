#include "vol/surface/model_free.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "pricing/black76.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using pricing::OptionType;

namespace {

constexpr double forward = 100.0;
constexpr YearFraction quarter{0.25};

StripQuote black_quote(double strike, double vol, YearFraction years) {
    const double deviation = vol * std::sqrt(years.value());
    const double call = pricing::black76_value(forward, strike, deviation, OptionType::call);
    const double put = pricing::black76_value(forward, strike, deviation, OptionType::put);
    return {strike, call, call, put, put};
}

std::vector<StripQuote> chain(double step, double vol, YearFraction years = quarter, double low = 20.0) {
    std::vector<StripQuote> quotes;
    for (double strike = low; strike <= 400.0; strike += step)
        quotes.push_back(black_quote(strike, vol, years));
    return quotes;
}

std::vector<double> strikes(const VarianceStrip& strip) {
    std::vector<double> out;
    for (const StripTerm& term : strip.terms) out.push_back(term.strike);
    return out;
}

/// Ten wide, 60 to 140, all quoted at 1 except the K0 gap that makes the forward 103.
std::vector<StripQuote> plain_chain() {
    std::vector<StripQuote> quotes;
    for (double strike = 60.0; strike <= 140.0; strike += 10.0)
        quotes.push_back({strike, 1.0, 1.0, 5.0, 5.0});
    quotes[4] = {100.0, 4.0, 6.0, 1.0, 3.0};
    return quotes;
}

Result<VarianceStrip> loose_strip(const std::vector<StripQuote>& quotes) {
    return variance_strip(quotes, quarter, {.forward = {}, .max_outer_delta = 1.0});
}

Errc refusal(const std::vector<StripQuote>& quotes, const StripRules& rules = {}) {
    return variance_strip(quotes, quarter, rules).error().code;
}

}  // namespace

TEST_CASE("Black-76 prices of one vol give that vol back") {
    // The trapezoidal sum's error at the kink of Q at the forward, by Euler and Maclaurin: 2/T (dK/F)^2 / 12.
    for (const double vol : {0.2, 0.5}) {
        const VarianceStrip fine = variance_strip(chain(0.25, vol), quarter).value();
        const double kink = 2.0 / quarter.value() * 0.0025 * 0.0025 / 12.0;
        CHECK_THAT(fine.annual_variance, WithinRel(vol * vol + kink, 1e-6));
        CHECK_THAT(fine.forward.value(), WithinRel(forward, 1e-12));
    }
}

TEST_CASE("the strip is selected, spaced and summed as the rules say") {
    const VarianceStrip strip = loose_strip(plain_chain()).value();
    CHECK(strip.forward == Price{103.0});
    CHECK(strip.k0 == Price{100.0});
    CHECK(strikes(strip) == std::vector<double>{60, 70, 80, 90, 100, 110, 120, 130, 140});
    CHECK(strip.terms[3].price == 5.0);
    CHECK(strip.terms[4].price == 3.5);
    CHECK(strip.terms[5].price == 1.0);
    double sum = 0.0;
    for (const StripTerm& term : strip.terms) sum += 10.0 / (term.strike * term.strike) * term.price;
    CHECK_THAT(strip.sum, WithinRel(sum, 1e-14));
    CHECK_THAT(strip.annual_variance, WithinRel(8.0 * sum - 4.0 * 0.03 * 0.03, 1e-14));
    CHECK(strip.coverage.puts == 4);
    CHECK(strip.coverage.calls == 4);
}

TEST_CASE("two zero bids in a row end a side, one is passed over") {
    auto quotes = plain_chain();
    quotes[2].put_bid = 0.0;                        // 80, alone
    quotes[6].call_bid = quotes[7].call_bid = 0.0;  // 120 and 130, so 140 is out though it is live
    const VarianceStrip strip = loose_strip(quotes).value();
    CHECK(strikes(strip) == std::vector<double>{60, 70, 90, 100, 110});
    CHECK(strip.terms[0].delta_k == 10.0);
    CHECK(strip.terms[1].delta_k == 15.0);  // between selected neighbours 60 and 90, not listed ones
    CHECK(strip.terms[2].delta_k == 15.0);
    CHECK(strip.terms[3].delta_k == 10.0);
    CHECK(strip.terms[4].delta_k == 10.0);
}

TEST_CASE("a missing bid is a zero bid, whatever says so") {
    auto zero = plain_chain();
    auto nan = plain_chain();
    zero[1].put_bid = 0.0;
    nan[1].put_bid = std::numeric_limits<double>::quiet_NaN();
    CHECK(loose_strip(zero).value().sum == loose_strip(nan).value().sum);
}

TEST_CASE("K0 quoted on one side takes the other by parity") {
    auto quotes = chain(5.0, 0.5);
    const double both = variance_strip(quotes, quarter, {.forward = Price{102.0}}).value().terms[16].price;
    const auto at = std::ranges::find(quotes, 100.0, &StripQuote::strike);
    const double put = at->put_bid;
    at->call_bid = 0.0;
    const VarianceStrip strip = variance_strip(quotes, quarter, {.forward = Price{102.0}}).value();
    CHECK(strip.terms[16].strike == 100.0);
    CHECK_THAT(strip.terms[16].price, WithinRel(put + 1.0, 1e-14));
    CHECK_THAT(both, WithinRel(put, 1e-12));
    at->put_bid = 0.0;
    CHECK(refusal(quotes, {.forward = Price{102.0}}) == Errc::not_enough_data);
}

TEST_CASE("coverage is reported, and a strip too short is refused") {
    const VarianceStrip strip = variance_strip(chain(5.0, 0.5), quarter).value();
    CHECK(strip.coverage.put_delta < 1e-6);
    CHECK(strip.coverage.call_delta < 1e-6);
    CHECK(refusal(chain(100.0, 0.5)) == Errc::not_enough_data);  // 20, 120, 220, 320
    CHECK(refusal(chain(5.0, 0.5, quarter, 90.0)) ==
          Errc::not_enough_data);  // the lowest put's delta is 0.29
    CHECK(variance_strip(chain(5.0, 0.5, quarter, 90.0), quarter, {.forward = {}, .max_outer_delta = 0.5}));
    auto four = plain_chain();
    four.erase(four.begin(), four.begin() + 3);
    four.resize(4);  // 90 to 120
    CHECK(refusal(four, {.forward = {}, .max_outer_delta = 1.0}) == Errc::not_enough_data);
    CHECK(variance_strip(four, quarter, {.forward = {}, .min_strikes = 4, .max_outer_delta = 1.0}));
}

TEST_CASE("the order of a strip's rows does not change a bit") {
    auto quotes = chain(5.0, 0.5);
    const double before = variance_strip(quotes, quarter).value().annual_variance;
    std::ranges::reverse(quotes);
    CHECK(variance_strip(quotes, quarter).value().annual_variance == before);
}

TEST_CASE("the index between two expiries is Cboe's") {
    const YearFraction near{24.0 / 365.0}, next{31.0 / 365.0}, month{30.0 / 365.0};
    const std::vector<VarianceStrip> strips{variance_strip(chain(1.0, 0.6, near), near).value(),
                                            variance_strip(chain(1.0, 0.5, next), next).value()};
    const double s1 = strips[0].annual_variance, s2 = strips[1].annual_variance;
    const double expected =
        std::sqrt((near.value() * s1 * 1.0 / 7.0 + next.value() * s2 * 6.0 / 7.0) * 365.0 / 30.0);
    CHECK_THAT(model_free_terms(strips).value().vol_at(month).value().value(), WithinRel(expected, 1e-14));
}

TEST_CASE("what is no strip is refused") {
    auto quotes = plain_chain();
    CHECK(variance_strip(quotes, YearFraction{0.0}).error().code == Errc::out_of_domain);
    CHECK(refusal({}) == Errc::not_enough_data);
    CHECK(refusal(quotes, {.forward = Price{50.0}}) == Errc::not_enough_data);
    quotes.push_back(quotes.front());
    CHECK(refusal(quotes) == Errc::conflict);
    quotes.back().strike = -1.0;
    CHECK(refusal(quotes) == Errc::out_of_domain);
}
