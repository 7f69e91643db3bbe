// The `liquidity` record: how deep a market is, and whether that is running out.
#pragma once

#include <optional>

#include "json/field.hpp"
#include "json/reader.hpp"
#include "record/words.hpp"

namespace tidemark::record {

struct Impact {
    double coefficient = 0.0, exponent = 0.0;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = Impact;
        return std::tuple{
            field("coefficient", &T::coefficient,
                  "cost in daily standard deviations of trading one day's volume", not_negative),
            field("exponent", &T::exponent, "power of the share of daily volume, 0.5 for the square-root law",
                  positive),
        };
    }
};

struct Liquidity {
    std::string_view underlying;
    std::optional<std::string_view> symbol;
    Timestamp ts;
    std::optional<double> half_spread_rate;
    json::Named depth_value;
    std::optional<double> adv_value;
    std::optional<Impact> impact;
    std::optional<double> kyle_lambda, amihud;
    std::optional<LiquidityState> state;

    static constexpr std::string_view type = "liquidity";
    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = Liquidity;
        return std::tuple{
            field("underlying", &T::underlying, "asset whose markets these are"),
            field("symbol", &T::symbol, "one instrument, where it is not the whole of the asset"),
            field("ts", &T::ts, "newest time used"),
            field("half_spread_rate", &T::half_spread_rate, "half the spread as a fraction of mid",
                  not_negative),
            field("depth_value", &T::depth_value,
                  "account currency resting within so many basis points of mid", not_negative),
            field("adv_value", &T::adv_value, "average value traded in a day, account currency", positive),
            field("impact", &T::impact, "impact law"),
            field("kyle_lambda", &T::kyle_lambda, "return per account currency of signed volume"),
            field("amihud", &T::amihud, "mean absolute return per account currency traded", not_negative),
            field("state", &T::state, "how near exhaustion"),
        };
    }
};

}  // namespace tidemark::record
