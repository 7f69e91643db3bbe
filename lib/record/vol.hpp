// The `vol` record: how wild an underlying is, realised and implied, and over which term.
#pragma once

#include <optional>

#include "json/field.hpp"
#include "json/reader.hpp"
#include "record/words.hpp"

namespace tidemark::record {

struct SviSlice {
    double a = 0.0, b = 0.0, rho = 0.0, m = 0.0, sigma = 0.0;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = SviSlice;
        return std::tuple{
            field("a", &T::a, "raw SVI: level of total variance"),
            field("b", &T::b, "raw SVI: slope of the wings", not_negative),
            field("rho", &T::rho, "raw SVI: rotation", correlation),
            field("m", &T::m, "raw SVI: shift in log-moneyness"),
            field("sigma", &T::sigma, "raw SVI: width of the bottom", positive),
        };
    }
};

struct VolTerm {
    Timestamp expiry_ts;
    double years = 0.0, forward_price = 0.0;
    std::optional<double> atm_vol, rr25, bf25;
    std::optional<SviSlice> svi;
    TermStatus status{};

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = VolTerm;
        return std::tuple{
            field("expiry_ts", &T::expiry_ts, "expiry of the term"),
            field("years", &T::years, "time to it, Actual/365", positive),
            field("forward_price", &T::forward_price, "forward to it", positive),
            field("atm_vol", &T::atm_vol, "implied volatility at the forward", json::Rule::vol),
            field("rr25", &T::rr25, "25-delta call volatility less 25-delta put volatility, forward delta"),
            field("bf25", &T::bf25, "mean of the two less atm_vol"),
            field("svi", &T::svi, "fitted slice"),
            field("status", &T::status,
                  "ok; partial where a wing is not quoted; missing where the forward is not bracketed"),
        };
    }
};

struct RealizedVol {
    std::string_view estimator;
    double annual_vol = 0.0;
    Timestamp as_of_ts;
    std::int64_t interval_ms = 0;
    json::Named estimates;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = RealizedVol;
        return std::tuple{
            field("estimator", &T::estimator, "the estimator of annual_vol"),
            field("annual_vol", &T::annual_vol, "realised volatility in use", json::Rule::vol),
            field("as_of_ts", &T::as_of_ts, "close of the last bar"),
            field("interval_ms", &T::interval_ms, "length of a bar", positive),
            field("estimates", &T::estimates, "every estimator asked for, by name", not_negative),
        };
    }
};

struct ImpliedVol {
    double annual_vol = 0.0, horizon_years = 0.0;
    std::optional<double> rr25, bf25;
    Timestamp as_of_ts;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = ImpliedVol;
        return std::tuple{
            field("annual_vol", &T::annual_vol, "at the money, interpolated in total variance to the horizon",
                  json::Rule::vol),
            field("horizon_years", &T::horizon_years, "that horizon", positive),
            field("rr25", &T::rr25, "25-delta risk reversal of the term nearest the horizon"),
            field("bf25", &T::bf25, "25-delta butterfly of that term"),
            field("as_of_ts", &T::as_of_ts, "oldest ticker used"),
        };
    }
};

struct Vol {
    std::string_view underlying;
    Timestamp ts;
    double annual_vol = 0.0, base_annual_vol = 0.0;
    std::string_view estimator, base_estimator;
    std::optional<RealizedVol> realized;
    std::optional<ImpliedVol> implied;
    std::vector<VolTerm> terms;
    std::int64_t samples = 0, gaps = 0;
    double days_per_year = 0.0;
    std::optional<double> stress_prob;

    static constexpr std::string_view type = "vol";
    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = Vol;
        return std::tuple{
            field("underlying", &T::underlying, "asset, such as BTC"),
            field("ts", &T::ts, "newest time used"),
            field("annual_vol", &T::annual_vol, "the headline: volatility in use, annual fraction",
                  json::Rule::vol),
            field("base_annual_vol", &T::base_annual_vol, "the long-run anchor, annual fraction",
                  json::Rule::vol),
            field("estimator", &T::estimator,
                  "what the headline is: implied, or the realised estimator's name"),
            field("base_estimator", &T::base_estimator, "what the anchor is"),
            field("realized", &T::realized, "from candles"),
            field("implied", &T::implied, "from option tickers"),
            field("terms", &T::terms, "implied term structure, nearest expiry first"),
            field("samples", &T::samples, "bars used", not_negative),
            field("gaps", &T::gaps, "bars due and not there", not_negative),
            field("days_per_year", &T::days_per_year, "days that a year has in the annualisation", positive),
            field("stress_prob", &T::stress_prob, "probability of a stressed regime", fraction),
        };
    }
};

}  // namespace tidemark::record
