// The `margin` member of an account: what is required of it, part by part.
#pragma once

#include <optional>

#include "core/margin_words.hpp"
#include "json/field.hpp"
#include "json/reader.hpp"
#include "record/words.hpp"

namespace tidemark::record {

struct WorstScenario {
    json::Named moves;
    VolMove vol = VolMove::none;
    double loss = 0.0;

    static constexpr auto fields() {
        using json::field;
        using T = WorstScenario;
        return std::tuple{
            field("moves", &T::moves, "price move by underlying, fraction"),
            field("vol", &T::vol, "how volatility moves in it"),
            field("loss", &T::loss, "loss of the whole account in it, after the scenario's weight"),
        };
    }
};

struct Assumption {
    Assumed what{};
    std::string_view asset;

    static constexpr auto fields() {
        using json::field;
        using T = Assumption;
        return std::tuple{
            field("what", &T::what, "liquidity: the cost to close; confidence: how sure the price is"),
            field("asset", &T::asset, "of which underlying"),
        };
    }
};

struct SpeedNote {
    std::string_view underlying;
    double measured_annual_vol = 0.0, annual_vol = 0.0;
    Speed speed{};

    static constexpr auto fields() {
        using json::field;
        using T = SpeedNote;
        return std::tuple{
            field("underlying", &T::underlying, "asset, such as BTC"),
            field("measured_annual_vol", &T::measured_annual_vol, "what its newest vol record says"),
            field("annual_vol", &T::annual_vol, "what the speed limit makes of it"),
            field("speed", &T::speed,
                  "rise limited, fall limited, or override: a rise too great to be held back"),
        };
    }
};

struct IsolatedMargin {
    std::string_view symbol;
    double equity = 0.0, initial_margin = 0.0, maintenance_margin = 0.0;
    std::optional<double> health;

    static constexpr auto fields() {
        using json::field;
        using T = IsolatedMargin;
        return std::tuple{
            field("symbol", &T::symbol, "the position"),
            field("equity", &T::equity, "its own margin and profit"),
            field("initial_margin", &T::initial_margin, "required to hold it"),
            field("maintenance_margin", &T::maintenance_margin, "below this it is liquidated"),
            field("health", &T::health, "equity / maintenance_margin"),
        };
    }
};

struct Margin {
    MarginStatus status{};
    std::optional<std::string_view> reason;
    std::string_view policy, model;
    std::string_view currency;
    std::optional<double> equity, collateral_value, initial_margin, maintenance_margin, free_collateral,
        health, liquidation_threshold;
    std::optional<Parts> parts;
    std::vector<std::string_view> off;
    std::optional<WorstScenario> worst_scenario;
    std::vector<Assumption> assumed;
    std::vector<SpeedNote> volatility;
    std::vector<IsolatedMargin> isolated;
    std::optional<Timestamp> as_of_ts, oldest_input_ts;

    static constexpr auto fields() {
        using json::field;
        using T = Margin;
        return std::tuple{
            field("status", &T::status, "ok, or indeterminate with a reason and no figures"),
            field("reason", &T::reason, "why it is indeterminate"),
            field("policy", &T::policy, "name@version"),
            field("model", &T::model, "which rule the policy sets"),
            field("currency", &T::currency, "of every amount here"),
            field("equity", &T::equity,
                  "collateral after haircut, plus positions at mark, less what unsure prices may be out by"),
            field("collateral_value", &T::collateral_value, "collateral after haircut, less what is owed"),
            field("initial_margin", &T::initial_margin, "required to open or add"),
            field("maintenance_margin", &T::maintenance_margin, "at or below this the account is liquidated"),
            field("free_collateral", &T::free_collateral, "equity less initial_margin"),
            field("health", &T::health,
                  "equity / maintenance_margin; 1 is the edge, higher is safer; absent where nothing is "
                  "required"),
            field("liquidation_threshold", &T::liquidation_threshold,
                  "equity at which to begin liquidating costs least: reported, not acted on"),
            field("parts", &T::parts, "what initial_margin is made of; they sum to it exactly"),
            field("off", &T::off,
                  "parts that this policy switches off; `loans` where what is owed needs no margin"),
            field("worst_scenario", &T::worst_scenario, "the scenario with the greatest loss"),
            field(
                "assumed", &T::assumed,
                "what no fresh record told, so that the policy's own figure stands in; absent where nothing"),
            field("volatility", &T::volatility,
                  "volatilities that the policy's speed limit held back or let through; absent where none"),
            field("isolated", &T::isolated,
                  "each isolated position by itself; the figures above are then their sums"),
            field("as_of_ts", &T::as_of_ts, "market time"),
            field("oldest_input_ts", &T::oldest_input_ts, "oldest market line used"),
        };
    }
};

}  // namespace tidemark::record
