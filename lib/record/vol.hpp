// The `vol` record: how wild an underlying is, realised and implied, and over which term.
#pragma once

#include <optional>

#include "json/field.hpp"
#include "json/reader.hpp"
#include "record/surface.hpp"
#include "record/vol_model.hpp"
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

struct SviFit {
    double rmse_vol = 0.0;
    std::optional<double> half_spread_vol;
    std::int64_t quotes = 0;
    bool repaired = false;
    double least_log_moneyness = 0.0, greatest_log_moneyness = 0.0;
    std::vector<json::Level> butterfly_negative, calendar_crossed;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = SviFit;
        return std::tuple{
            field("rmse_vol", &T::rmse_vol, "weighted root mean square error of the fit, annual volatility",
                  not_negative),
            field("half_spread_vol", &T::half_spread_vol,
                  "median half bid-ask spread of volatility, to compare", not_negative),
            field("quotes", &T::quotes, "options fitted", not_negative),
            field("repaired", &T::repaired, "the best fit had butterfly arbitrage; this is the best without"),
            field("least_log_moneyness", &T::least_log_moneyness, "ln(strike/forward) of the lowest option"),
            field("greatest_log_moneyness", &T::greatest_log_moneyness, "and of the highest"),
            field(
                "butterfly_negative", &T::butterfly_negative,
                "log-moneyness [from, to] in which the best fit, before repair, has a negative density, 700 "
                "for an end that is infinite; absent where nowhere"),
            field("calendar_crossed", &T::calendar_crossed,
                  "log-moneyness [from, to], quoted in both, where the fitted term before has more total "
                  "variance than this; absent where nowhere"),
        };
    }
};

struct VolTerm {
    Timestamp expiry_ts;
    double years = 0.0, forward_price = 0.0;
    std::optional<bool> forward_by_parity;
    std::optional<double> atm_vol, atm_bid_vol, atm_ask_vol, rr25, bf25;
    std::optional<SviSlice> svi;
    std::optional<SviFit> svi_fit;
    std::optional<SsviTerm> ssvi;
    std::optional<ModelFreeTerm> model_free;
    std::optional<Inverted> inverted;
    TermStatus status{};

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = VolTerm;
        return std::tuple{
            field("expiry_ts", &T::expiry_ts, "expiry of the term"),
            field("years", &T::years, "time to it, Actual/365", positive),
            field("forward_price", &T::forward_price, "forward to it", positive),
            field("forward_by_parity", &T::forward_by_parity,
                  "true where no ticker gave a forward; absent otherwise"),
            field("atm_vol", &T::atm_vol, "implied volatility at the forward", json::Rule::vol),
            field("atm_bid_vol", &T::atm_bid_vol, "of the bids", json::Rule::vol),
            field("atm_ask_vol", &T::atm_ask_vol, "of the asks", json::Rule::vol),
            field("rr25", &T::rr25,
                  "25-delta call volatility less 25-delta put volatility; the delta is "
                  "implied.delta_convention"),
            field("bf25", &T::bf25, "mean of the two less atm_vol"),
            field("svi", &T::svi, "fitted slice, free of butterfly arbitrage"),
            field("svi_fit", &T::svi_fit, "how well it fits"),
            field("ssvi", &T::ssvi, "the surface at this expiry"),
            field("model_free", &T::model_free, "variance swap rate; absent where no option has a bid"),
            field("inverted", &T::inverted, "what became of prices without a volatility; absent without"),
            field("status", &T::status,
                  "ok; partial where a wing is not quoted; missing where the forward is not bracketed"),
        };
    }
};

struct ScreenedVol {
    std::optional<double> annual_vol, base_annual_vol;
    json::Named estimates;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = ScreenedVol;
        return std::tuple{
            field("annual_vol", &T::annual_vol, "by the same estimator; absent where it is not of bars alone",
                  not_negative),
            field("base_annual_vol", &T::base_annual_vol, "the long-run anchor", not_negative),
            field("estimates", &T::estimates, "every estimator of bars, by name", not_negative),
        };
    }
};

struct RealizedVol {
    std::string_view estimator;
    std::optional<std::string_view> stands_in_for;
    double annual_vol = 0.0;
    Timestamp as_of_ts;
    std::int64_t interval_ms = 0;
    json::Named estimates;
    std::optional<ScreenedVol> screened;
    std::vector<VolFit> fits;
    std::vector<VolForecast> forecast;
    std::optional<VolTails> tails;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = RealizedVol;
        return std::tuple{
            field("estimator", &T::estimator, "the estimator of annual_vol"),
            field("stands_in_for", &T::stands_in_for,
                  "the estimator asked for, where that has no estimate; absent where it has"),
            field("annual_vol", &T::annual_vol, "realised volatility in use", positive),
            field("as_of_ts", &T::as_of_ts, "close of the last bar"),
            field("interval_ms", &T::interval_ms, "length of a bar", positive),
            field("estimates", &T::estimates, "every estimator of bars, and those asked for, by name",
                  not_negative),
            field("screened", &T::screened, "the same as if suspect bars had not been there; absent without"),
            field("fits", &T::fits,
                  "of the estimators asked for, those that are fitted or could not be made"),
            field("forecast", &T::forecast,
                  "by horizon, where the estimator is a model of days; absent where it knows no term"),
            field("tails", &T::tails, "how far returns went beyond the volatility foreseen"),
        };
    }
};

struct ImpliedVol {
    double annual_vol = 0.0, horizon_years = 0.0;
    std::optional<double> rr25, bf25;
    std::optional<DeltaConvention> delta_convention;
    std::optional<ModelFreeIndex> model_free;
    std::optional<SsviSurface> surface;
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
            field("delta_convention", &T::delta_convention,
                  "of every rr25 and bf25 here; absent for the forward delta"),
            field("model_free", &T::model_free, "variance index; absent where no expiry has a strip"),
            field("surface", &T::surface,
                  "SSVI over all expiries, without butterfly or calendar arbitrage by construction"),
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
    std::optional<VolBlend> blend;
    std::optional<VolAnchor> anchor;
    std::vector<VolTerm> terms;
    std::int64_t samples = 0, gaps = 0;
    std::optional<std::int64_t> halts, zero_volume_bars, suspect_bars;
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
            field("annual_vol", &T::annual_vol, "the headline: volatility in use, annual fraction", positive),
            field("base_annual_vol", &T::base_annual_vol, "the long-run anchor, annual fraction", positive),
            field("estimator", &T::estimator,
                  "what the headline is: implied, the realised estimator's name, or blend"),
            field("base_estimator", &T::base_estimator, "what the anchor is"),
            field("realized", &T::realized, "from candles"),
            field("implied", &T::implied, "from option tickers"),
            field("blend", &T::blend, "how the two made the headline; absent where there is only one"),
            field("anchor", &T::anchor,
                  "how the anchor was made; absent where it is base_estimator over all bars, no more"),
            field("terms", &T::terms, "implied term structure, nearest expiry first"),
            field("samples", &T::samples, "bars used", not_negative),
            field("gaps", &T::gaps, "bars due and not there", not_negative),
            field("halts", &T::halts, "unbroken runs of such bars; absent where there are none",
                  not_negative),
            field("zero_volume_bars", &T::zero_volume_bars,
                  "bars in which nothing was traded; absent where there are none", not_negative),
            field("suspect_bars", &T::suspect_bars,
                  "bars whose range is no range of this series; absent where there are none", not_negative),
            field("days_per_year", &T::days_per_year, "days that a year has in the annualisation", positive),
            field("stress_prob", &T::stress_prob,
                  "probability of the wilder of two regimes of daily variance; absent unless asked "
                  "for, below 270 whole days, and where the fit did not converge",
                  fraction),
        };
    }
};

}  // namespace tidemark::record
