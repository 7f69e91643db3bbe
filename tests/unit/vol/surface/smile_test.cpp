#include "vol/surface/smile.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "vol/surface/term_structure.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using pricing::DeltaConvention;
using pricing::OptionType;

namespace {

constexpr Price forward{64250.0};
constexpr YearFraction years{30.0 / 365.0};
// The slice of the skew vectors, whose 25 deltas lie at 58932.68 and 70837.02.
constexpr SviRaw slice{.a = 0.0105, .b = 0.055, .rho = -0.25, .m = 0.015, .sigma = 0.12};

double slice_vol(double strike) {
    return svi_vol(slice, forward, Price{strike}, years).value().value();
}

SmileQuote call(double strike, double vol) {
    return {strike, OptionType::call, vol};
}
SmileQuote put(double strike, double vol) {
    return {strike, OptionType::put, vol};
}

std::vector<SmileQuote> quotes_every(double step, double low, double high) {
    std::vector<SmileQuote> quotes;
    for (double strike = low; strike <= high; strike += step) {
        quotes.push_back(strike < forward.value() ? put(strike, slice_vol(strike))
                                                  : call(strike, slice_vol(strike)));
    }
    return quotes;
}

SmileSummary summary_of(const std::vector<SmileQuote>& quotes) {
    return smile_summary(quotes, forward, years).value();
}

}  // namespace

TEST_CASE("the headline figures of a dense smile are the slice's own") {
    const SmileSummary summary = summary_of(quotes_every(10.0, 40000.0, 100000.0));
    REQUIRE(summary.status == SmileStatus::ok);
    // skew.rr_bf_25 of the vectors (mpmath); linear interpolation over 10 in 64250 costs about 1e-7.
    CHECK_THAT(*summary.atm_vol, WithinAbs(0.45954791605288203, 1e-6));
    CHECK_THAT(*summary.vol_25c, WithinAbs(0.4598000938157617, 1e-6));
    CHECK_THAT(*summary.vol_25p, WithinAbs(0.49983427870244634, 1e-6));
    CHECK_THAT(*summary.rr25, WithinAbs(-0.04003418488668464, 1e-6));
    CHECK_THAT(*summary.bf25, WithinAbs(0.020269270206222, 1e-6));
    CHECK_THAT(*summary.bf25_dns, WithinAbs(0.022395003086469228, 1e-6));
    CHECK_THAT(summary.call_25->strike.value(), WithinRel(70837.01639163101, 1e-6));
    CHECK_THAT(summary.dns->strike.value(), WithinRel(64804.84859854092, 1e-6));
}

TEST_CASE("the delta convention moves the risk reversal") {
    const auto quotes = quotes_every(10.0, 40000.0, 100000.0);
    const auto adjusted = smile_summary(quotes, forward, years, DeltaConvention::premium_adjusted).value();
    CHECK_THAT(*adjusted.rr25, WithinAbs(-0.04841935794034201, 1e-6));
}

TEST_CASE("a flat smile has no skew") {
    const SmileSummary summary = summary_of({put(40000.0, 0.6), call(65000.0, 0.6), call(100000.0, 0.6)});
    REQUIRE(summary.status == SmileStatus::ok);
    CHECK_THAT(*summary.atm_vol, WithinRel(0.6, 1e-14));
    CHECK_THAT(*summary.rr25, WithinAbs(0.0, 1e-14));
    CHECK_THAT(*summary.bf25, WithinAbs(0.0, 1e-14));
    CHECK_THAT(
        summary.call_25->strike.value(),
        WithinRel(
            pricing::strike_for_delta(forward, years, AnnualVol{0.6}, 0.25, OptionType::call).value().value(),
            1e-12));
}

TEST_CASE("nothing is found beyond the last quoted strike, and the status names it") {
    const SmileSummary short_calls = summary_of(quotes_every(100.0, 50000.0, 70800.0));
    CHECK(short_calls.status == SmileStatus::no_25_delta_call);
    CHECK_FALSE(short_calls.vol_25c);
    CHECK_FALSE(short_calls.rr25);
    CHECK_FALSE(short_calls.bf25);
    CHECK(short_calls.vol_25p);
    CHECK(summary_of(quotes_every(100.0, 50000.0, 70900.0)).status == SmileStatus::ok);
    CHECK(summary_of(quotes_every(100.0, 58950.0, 80000.0)).status == SmileStatus::no_25_delta_put);
    CHECK(summary_of(quotes_every(100.0, 63000.0, 66000.0)).status == SmileStatus::no_25_deltas);
    const SmileSummary above = summary_of(quotes_every(100.0, 64300.0, 80000.0));
    CHECK(above.status == SmileStatus::no_atm);
    CHECK_FALSE(above.atm_vol);
    CHECK(above.vol_25c);
}

TEST_CASE("one strike at the forward gives the at-the-money vol alone") {
    const SmileSummary summary = summary_of({call(forward.value(), 0.5), put(forward.value(), 0.6)});
    CHECK(summary.status == SmileStatus::no_25_deltas);
    CHECK_THAT(*summary.atm_vol, WithinRel(0.55, 1e-14));
}

TEST_CASE("the out-of-the-money side counts, the other only where it is alone") {
    const std::vector<SmileQuote> quotes{call(50000.0, 9.0), put(50000.0, 0.7), put(80000.0, 0.6)};
    const QuotedSmile smile = QuotedSmile::make(quotes, forward, years).value();
    REQUIRE(smile.nodes().size() == 2);
    CHECK_THAT(smile.vol_at(Price{50000.0}).value().value(), WithinRel(0.7, 1e-14));
    CHECK_THAT(smile.vol_at(Price{80000.0}).value().value(), WithinRel(0.6, 1e-14));
    CHECK(smile.vol_at(Price{80001.0}).error().code == Errc::out_of_domain);
    CHECK(smile.vol_at(Price{49999.0}).error().code == Errc::out_of_domain);
}

TEST_CASE("a bid and an ask at one strike are averaged") {
    const std::vector<SmileQuote> quotes{put(60000.0, 0.50), put(60000.0, 0.54)};
    const QuotedSmile smile = QuotedSmile::make(quotes, forward, years).value();
    CHECK_THAT(smile.vol_at(Price{60000.0}).value().value(), WithinRel(0.52, 1e-14));
}

TEST_CASE("total variance is linear in log-moneyness between strikes") {
    const std::vector<SmileQuote> quotes{put(50000.0, 0.7), call(80000.0, 0.5)};
    const QuotedSmile smile = QuotedSmile::make(quotes, forward, years).value();
    const double middle = std::sqrt(50000.0 * 80000.0);
    CHECK_THAT(smile.vol_at(Price{middle}).value().value(), WithinRel(std::sqrt(0.5 * (0.49 + 0.25)), 1e-14));
}

TEST_CASE("the order of a smile's rows does not change a bit") {
    auto quotes = quotes_every(500.0, 40000.0, 100000.0);
    quotes.push_back(call(70000.0, 0.471));
    quotes.push_back(call(70000.0, 0.482));
    const SmileSummary before = summary_of(quotes);
    std::ranges::reverse(quotes);
    const SmileSummary after = summary_of(quotes);
    CHECK(*before.rr25 == *after.rr25);
    CHECK(*before.bf25 == *after.bf25);
}

TEST_CASE("rows without a vol are left out; nothing left is refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<SmileQuote> quotes{put(nan, 0.5), put(60000.0, nan), call(70000.0, 0.0),
                                         call(0.0, 0.5)};
    CHECK(smile_summary(quotes, forward, years).error().code == Errc::not_enough_data);
    CHECK(smile_summary({}, forward, years).error().code == Errc::not_enough_data);
    const std::vector<SmileQuote> one{call(70000.0, 0.5)};
    CHECK(smile_summary(one, Price{nan}, years).error().code == Errc::out_of_domain);
    CHECK(smile_summary(one, forward, YearFraction{0.0}).error().code == Errc::out_of_domain);
}

TEST_CASE("a noisy wing gives the 25 delta nearest the forward") {
    // The second dip brings the delta back above 0.25 further out.
    const SmileSummary summary = summary_of({put(40000.0, 0.6), call(64250.0, 0.5), call(72000.0, 0.5),
                                             call(73000.0, 0.9), call(90000.0, 0.9), call(200000.0, 0.9)});
    REQUIRE(summary.call_25);
    CHECK(summary.call_25->strike.value() < 72000.0);
}

TEST_CASE("every status has a name of its own") {
    std::vector<std::string_view> names;
    for (const auto status : {SmileStatus::ok, SmileStatus::no_atm, SmileStatus::no_25_deltas,
                              SmileStatus::no_25_delta_call, SmileStatus::no_25_delta_put}) {
        names.push_back(smile_status_name(status));
    }
    std::ranges::sort(names);
    CHECK(std::ranges::adjacent_find(names) == names.end());
}
