#include "pricing/implied_vol.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "pricing/black76.hpp"

using namespace tidemark;
using namespace tidemark::pricing;
using Catch::Matchers::WithinRel;

namespace {

QuotedOption quote(double price, double forward, double strike, double years, OptionType type,
                   double df = 1.0) {
    return {Price{price}, Price{forward}, Price{strike}, YearFraction{years}, type, df};
}

constexpr double epsilon = std::numeric_limits<double>::epsilon();

}  // namespace

TEST_CASE("implied_vol is the 60-digit inverse of the price") {
    struct Case {
        QuotedOption option;
        double annual_vol;
    };
    // mpmath 1.3, 60 digits: the root for exactly the double that is the price.
    const auto c = GENERATE(values<Case>({
        {quote(7.647490835172064e-55, 100, 300, 0.02, OptionType::call), 0.5},
        {quote(9.773187944442035e-14, 100, 1000, 0.25, OptionType::call), 0.6},
        {quote(1.417348352157508e-05, 64250, 64500, 1.902587519025875e-06, OptionType::call), 0.6},
        {quote(8.316076390924386e-10, 1e-8, 2e-8, 0.5, OptionType::call), 1.0},
        {quote(1205.5938194958233, 64250, 32125, 1.0, OptionType::put), 0.55},
        {quote(23.534390103173756, 100, 80, 0.25, OptionType::call), 0.6},
    }));
    const ImpliedVol vol = implied_vol(c.option);
    REQUIRE(vol.status == ImpliedVolStatus::ok);
    CHECK_THAT(vol.annual_vol.value(), WithinRel(c.annual_vol, 4e-15));
}

TEST_CASE("a price made from a vol gives it back as exactly as the price can") {
    std::mt19937_64 random{2};
    std::uniform_real_distribution<double> uniform{0.0, 1.0};
    int inverted = 0;
    for (int i = 0; i < 40000; ++i) {
        const double std_dev = std::exp(13.0 * uniform(random) - 10.5);
        const double forward = std::exp(30.0 * uniform(random) - 15.0);
        const double width = i % 2 == 0 ? 2.0 : 60.0;
        const double strike =
            i % 40 == 0 ? forward : forward * std::exp(width * std_dev * (uniform(random) - 0.5));
        const OptionType type = i % 3 == 0 ? OptionType::put : OptionType::call;
        const double price = black76_value(forward, strike, std_dev, type);
        const ImpliedVol vol = implied_vol(quote(price, forward, strike, 1.0, type));
        if (vol.status != ImpliedVolStatus::ok || vol.condition > 1e12) continue;
        ++inverted;
        // The forward price carries up to h^2 rounding units of its own, which the condition takes back.
        const double depth = std::log(forward / strike) / std_dev;
        const double attainable = epsilon * (1.0 + vol.condition * (1.0 + 0.5 * depth * depth));
        INFO(forward << " " << strike << " " << std_dev << " condition " << vol.condition);
        REQUIRE(std::fabs(vol.annual_vol.value() - std_dev) <= 8.0 * attainable * std_dev);
    }
    CHECK(inverted > 30000);
}

TEST_CASE("the vol rises with the price") {
    double last = 0.0;
    for (double price = 1e-300; price < 90.0; price *= 1.37) {
        const ImpliedVol vol = implied_vol(quote(price, 100, 120, 0.5, OptionType::call));
        REQUIRE(vol.status == ImpliedVolStatus::ok);
        REQUIRE(vol.annual_vol.value() > last);
        last = vol.annual_vol.value();
    }
}

TEST_CASE("a price no vol has is named, and never a number") {
    struct Case {
        QuotedOption option;
        ImpliedVolStatus status;
    };
    const double nan = std::nan(""), infinity = std::numeric_limits<double>::infinity();
    using enum ImpliedVolStatus;
    const auto c = GENERATE_COPY(values<Case>({
        {quote(19.9, 100, 80, 0.1, OptionType::call), below_intrinsic},
        {quote(0.0, 100, 120, 0.1, OptionType::put), below_intrinsic},
        {quote(20.0, 100, 80, 0.1, OptionType::call), zero_time_value},
        {quote(0.0, 100, 120, 0.1, OptionType::call), zero_time_value},
        {quote(0.0, 100, 100, 0.1, OptionType::call), zero_time_value},
        {quote(19.4, 100, 80, 0.1, OptionType::call, 0.97), zero_time_value},
        {quote(100.0, 100, 80, 0.1, OptionType::call), above_maximum},
        {quote(101.0, 100, 180, 0.1, OptionType::call), above_maximum},
        {quote(80.0, 100, 80, 0.1, OptionType::put), above_maximum},
        {quote(5.0, 100, 80, 0.0, OptionType::put), expired},
        {quote(5.0, 100, 80, -0.1, OptionType::put), expired},
        {quote(-1.0, 100, 120, 0.1, OptionType::call), invalid_input},
        {quote(nan, 100, 120, 0.1, OptionType::call), invalid_input},
        {quote(infinity, 100, 120, 0.1, OptionType::call), invalid_input},
        {quote(1.0, 0, 120, 0.1, OptionType::call), invalid_input},
        {quote(1.0, 100, -1, 0.1, OptionType::call), invalid_input},
        {quote(1.0, 100, 120, nan, OptionType::call), invalid_input},
        {quote(1.0, 100, 120, 0.1, OptionType::call, 0.0), invalid_input},
    }));
    const ImpliedVol vol = implied_vol(c.option);
    CHECK(std::string{implied_vol_status_name(vol.status)} == std::string{implied_vol_status_name(c.status)});
    CHECK(std::isnan(vol.annual_vol.value()));
}

TEST_CASE("the condition says how little a deep price knows") {
    const double price = black76_value(100, 50, 0.3, OptionType::call);
    const double bump = 1e-9;
    const ImpliedVol vol = implied_vol(quote(price, 100, 50, 1, OptionType::call));
    const ImpliedVol bumped = implied_vol(quote(price * (1.0 + bump), 100, 50, 1, OptionType::call));
    CHECK_THAT(vol.condition, WithinRel((bumped.annual_vol / vol.annual_vol - 1.0) / bump, 1e-2));
    CHECK(vol.condition > 50.0);
}

TEST_CASE("discounting and the batch change nothing") {
    std::vector<QuotedOption> options;
    for (double strike = 60; strike < 160; strike += 7) {
        const double value = black76_value(100, strike, 0.4, OptionType::call);
        options.push_back(quote(0.95 * value, 100, strike, 1, OptionType::call, 0.95));
    }
    std::vector<ImpliedVol> vols(options.size());
    implied_vols(vols, options);
    for (std::size_t i = 0; i < options.size(); ++i) {
        CHECK_THAT(vols[i].annual_vol.value(), WithinRel(0.4, 1e-12));
        CHECK(vols[i].annual_vol == implied_vol(options[i]).annual_vol);
    }
}
