// What a `vol` record says of option prices beyond each expiry's smile: inversions, the model-free index, the
// surface over all expiries.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "json/field.hpp"
#include "json/reader.hpp"

namespace tidemark::record {

/// Counts by what became of a price: ok, a status of pricing::ImpliedVolStatus, ill_conditioned, or
/// out_of_range for a volatility that no record may have.
struct Inverted {
    json::Named mark, mid, bid, ask;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = Inverted;
        return std::tuple{
            field("mark", &T::mark,
                  "marks that came without mark_vol, by status: ok, below_intrinsic, zero_time_value, "
                  "above_maximum, invalid_input, ill_conditioned, out_of_range",
                  not_negative),
            field("mid", &T::mid, "the same of mids, where there was no mark either", not_negative),
            field("bid", &T::bid, "of bids without bid_vol", not_negative),
            field("ask", &T::ask, "of asks without ask_vol", not_negative),
        };
    }
};

enum class DeltaConvention { forward, premium_adjusted };
enum class StripStatus { ok, few_strikes, short_wing, unquoted };

struct ModelFreeTerm {
    std::optional<double> annual_vol;
    StripStatus status{};
    std::int64_t strikes = 0;
    std::optional<double> forward_price, least_strike, greatest_strike, outer_delta;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = ModelFreeTerm;
        return std::tuple{
            field("annual_vol", &T::annual_vol,
                  "by the strip of options out of the money, Cboe's method; absent unless ok", positive),
            field("status", &T::status,
                  "few_strikes below five; short_wing where the strikes end nearer than 10 delta; unquoted "
                  "where no strike near the forward has a call and a put"),
            field("strikes", &T::strikes, "strikes selected", not_negative),
            field("forward_price", &T::forward_price, "by parity where call and put differ least", positive),
            field("least_strike", &T::least_strike, "lowest selected", positive),
            field("greatest_strike", &T::greatest_strike, "highest selected", positive),
            field("outer_delta", &T::outer_delta, "size of the larger delta of these two", not_negative),
        };
    }
};

struct ModelFreeIndex {
    double annual_vol = 0.0, horizon_days = 0.0, margin_horizon_vol = 0.0;
    bool bracketed = false;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = ModelFreeIndex;
        return std::tuple{
            field("annual_vol", &T::annual_vol,
                  "model-free implied volatility, interpolated in total variance to horizon_days", positive),
            field("horizon_days", &T::horizon_days, "30 unless asked otherwise", positive),
            field("margin_horizon_vol", &T::margin_horizon_vol, "the same at horizon_years", json::Rule::vol),
            field("bracketed", &T::bracketed,
                  "expiries lie on both sides of horizon_days; else it is the nearest one's"),
        };
    }
};

struct SsviTerm {
    double theta = 0.0, rmse_vol = 0.0, greatest_error_vol = 0.0;
    std::optional<double> half_spread_vol;
    std::int64_t quotes = 0;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = SsviTerm;
        return std::tuple{
            field("theta", &T::theta, "total variance of the surface at the forward", positive),
            field("rmse_vol", &T::rmse_vol,
                  "weighted root mean square error of the surface here, annual volatility", not_negative),
            field("greatest_error_vol", &T::greatest_error_vol, "of any option", not_negative),
            field("half_spread_vol", &T::half_spread_vol,
                  "median half bid-ask spread of volatility, to compare", not_negative),
            field("quotes", &T::quotes, "options fitted", not_negative),
        };
    }
};

struct SsviSurface {
    double rho = 0.0, eta = 0.0, gamma = 0.0, rmse_vol = 0.0;
    std::int64_t terms = 0, quotes = 0;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = SsviSurface;
        return std::tuple{
            field("rho", &T::rho, "SSVI: correlation of the wings", correlation),
            field("eta", &T::eta, "SSVI: curvature, phi = eta theta^-gamma (1 + theta)^(gamma - 1)",
                  positive),
            field("gamma", &T::gamma, "SSVI: how it falls with theta; no more than 1/2", fraction),
            field("rmse_vol", &T::rmse_vol, "root mean square of the terms' rmse_vol", not_negative),
            field("terms", &T::terms, "expiries fitted", not_negative),
            field("quotes", &T::quotes, "options fitted", not_negative),
        };
    }
};

}  // namespace tidemark::record

namespace tidemark {

template <>
struct Words<record::DeltaConvention> {
    static constexpr std::array<std::string_view, 2> list{"forward", "premium-adjusted"};
};
template <>
struct Words<record::StripStatus> {
    static constexpr std::array<std::string_view, 4> list{"ok", "few_strikes", "short_wing", "unquoted"};
};

}  // namespace tidemark
