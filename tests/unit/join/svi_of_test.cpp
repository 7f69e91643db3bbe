#include "join/svi_of.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "pricing/black76.hpp"
#include "vol/svi.hpp"

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

/// Options on both sides of 13 strikes, marked by the slice.
std::vector<market::Instrument> chain() {
    std::vector<market::Instrument> options;
    for (int i = -6; i <= 6; ++i) {
        for (const auto type : {pricing::OptionType::call, pricing::OptionType::put}) {
            market::Instrument& option = options.emplace_back();
            option.terms.kind = market::ContractKind::option;
            option.terms.strike = std::round(forward * std::exp(0.04 * i));
            option.terms.option_type = type;
            const double k = std::log(option.terms.strike / forward);
            market::Quote quote;
            quote.forward_price = forward;
            quote.mark_vol = std::sqrt(vol::total_variance(truth, k) / 0.07);
            option.quote = quote;
        }
    }
    return options;
}

std::vector<const market::Instrument*> pointers(const std::vector<market::Instrument>& options) {
    std::vector<const market::Instrument*> list;
    for (const market::Instrument& option : options) list.push_back(&option);
    return list;
}

record::VolTerm fitted(const std::vector<market::Instrument>& options) {
    record::VolTerm out = term();
    join::put_svi(out, pointers(options));
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

TEST_CASE("spreads are read from vols, or inverted from prices in coin") {
    auto options = chain();
    for (market::Instrument& option : options) {
        const double mark = *option.quote->mark_vol;
        if (option.terms.strike > forward) {
            option.quote->bid_vol = mark - 0.02;
            option.quote->ask_vol = mark + 0.02;
            continue;
        }
        const auto premium = [&](double vol) {
            return pricing::black76_value(forward, option.terms.strike, vol * std::sqrt(0.07),
                                          option.terms.option_type) /
                   forward;
        };
        option.quote->in_coin = true;
        option.quote->bid_price = premium(mark - 0.02);
        option.quote->ask_price = premium(mark + 0.02);
    }
    const record::VolTerm out = fitted(options);
    REQUIRE(out.svi_fit);
    REQUIRE(out.svi_fit->half_spread_vol);
    CHECK_THAT(*out.svi_fit->half_spread_vol, WithinRel(0.02, 1e-9));
}

TEST_CASE("a mark that is hardly quoted does not bend the smile") {
    auto options = chain();
    for (market::Instrument& option : options) {
        const bool off = option.terms.strike > 1.2 * forward;
        option.quote->bid_vol = *option.quote->mark_vol - (off ? 0.5 : 0.002);
        option.quote->ask_vol = *option.quote->mark_vol + (off ? 0.5 : 0.002);
        if (off) *option.quote->mark_vol += 0.1;
    }
    const record::VolTerm out = fitted(options);
    REQUIRE(out.svi);
    const vol::SviRaw slice{out.svi->a, out.svi->b, out.svi->rho, out.svi->m, out.svi->sigma};
    CHECK_THAT(vol::total_variance(slice, 0.0), WithinRel(vol::total_variance(truth, 0.0), 1e-3));
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
    join::put_calendar_crossings(terms);
    CHECK(terms[0].svi_fit->calendar_crossed.empty());
    const auto& crossed = terms[2].svi_fit->calendar_crossed;
    REQUIRE(crossed.size() == 2);
    CHECK(crossed[0][0] == -0.25);
    CHECK_THAT(crossed[0][1], WithinAbs(-0.1, 1e-6));
    CHECK_THAT(crossed[1][0], WithinAbs(0.1, 1e-6));
    CHECK(crossed[1][1] == 0.2);
}
