// The `scenarios` member of an account: the whole loss matrix behind its margin.
#pragma once

#include <optional>

#include "core/margin_words.hpp"
#include "json/field.hpp"
#include "json/reader.hpp"
#include "record/words.hpp"

namespace tidemark::record {

struct ScenarioLeg {
    std::string_view name;
    double qty = 0.0;

    static constexpr auto fields() {
        using json::field;
        using T = ScenarioLeg;
        return std::tuple{
            field("name", &T::name, "symbol of a position, or asset of a balance that moves with the market"),
            field("qty", &T::qty,
                  "held, positions of one symbol together; of a coin-settled future under a coin-margined "
                  "policy its "
                  "quote amount in coin at the price now"),
        };
    }
};

struct ScenarioRow {
    json::Named moves;
    VolMove vol = VolMove::none;
    double weight = 1.0;
    std::vector<double> losses;
    std::optional<double> relief;
    double loss = 0.0;

    static constexpr auto fields() {
        using json::field;
        using T = ScenarioRow;
        return std::tuple{
            field("moves", &T::moves, "price move by underlying, fraction"),
            field("vol", &T::vol, "how volatility moves in it"),
            field("weight", &T::weight, "part of the loss that counts; in the losses already"),
            field("losses", &T::losses, "of each leg, in the order of legs; a gain is negative"),
            field("relief", &T::relief,
                  "what the rule adds to their sum: a dampener (negative), gains that do not count"),
            field("loss", &T::loss, "losses and relief together"),
        };
    }
};

struct ScenarioCharge {
    std::string_view name;
    double initial = 0.0, maintenance = 0.0;

    static constexpr auto fields() {
        using json::field;
        using T = ScenarioCharge;
        return std::tuple{
            field("name", &T::name, "which contingency"),
            field("initial", &T::initial, "what it is in the initial margin"),
            field("maintenance", &T::maintenance, "what it is in the maintenance margin"),
        };
    }
};

struct Scenarios {
    MarginStatus status{};
    std::optional<std::string_view> reason;
    std::string_view policy, model, currency;
    std::vector<std::string_view> underlyings;
    std::vector<ScenarioLeg> legs;
    std::vector<ScenarioRow> rows;
    std::optional<std::int64_t> worst;
    json::Named floors;
    std::optional<Binding> binds;
    std::optional<double> loss, initial_factor, maintenance_factor;
    std::vector<ScenarioCharge> charges;
    std::optional<Timestamp> as_of_ts;

    static constexpr auto fields() {
        using json::field;
        using T = Scenarios;
        return std::tuple{
            field("status", &T::status, "ok, or indeterminate with a reason and no figures"),
            field("reason", &T::reason, "why it is indeterminate"),
            field("policy", &T::policy, "name@version"),
            field("model", &T::model, "which rule the policy sets"),
            field("currency", &T::currency, "of every amount here"),
            field("underlyings", &T::underlyings,
                  "shocked together; none in an entry of what the whole account is charged"),
            field("legs", &T::legs, "what is held"),
            field("rows", &T::rows, "one a scenario"),
            field("worst", &T::worst,
                  "index into rows of the greatest loss; absent where a floor binds or nothing is lost"),
            field("floors", &T::floors, "amounts that the loss is at least"),
            field("binds", &T::binds, "the floor that the loss comes from, where it is one"),
            field("loss", &T::loss, "greatest of rows and floors, at least 0"),
            field("initial_factor", &T::initial_factor,
                  "initial margin is this times loss, and the charges; absent in the model dynamic"),
            field("maintenance_factor", &T::maintenance_factor, "the same for maintenance margin"),
            field("charges", &T::charges, "what is charged besides"),
            field("as_of_ts", &T::as_of_ts, "market time"),
        };
    }
};

}  // namespace tidemark::record
