// The `liquidation` member of an account: how far it is from the edge, and what would save it.
#pragma once

#include <optional>

#include "json/field.hpp"
#include "json/reader.hpp"
#include "record/words.hpp"

namespace tidemark::record {

/// What a move through a root does to the account: at it equity falls below the maintenance margin, or rises
/// above it.
enum class Edge { kills, saves };

}  // namespace tidemark::record

template <>
struct tidemark::Words<tidemark::record::Edge> {
    static constexpr std::array<std::string_view, 2> list{"kills", "saves"};
};

namespace tidemark::record {

/// The underlying of a root where every price moves at once.
inline constexpr std::string_view whole_market = "market";

struct Root {
    std::string_view underlying;
    double price = 0.0, move_rate = 0.0;
    std::optional<double> sigmas;
    Side side{};
    Edge edge{};

    static constexpr auto fields() {
        using json::field;
        using T = Root;
        return std::tuple{
            field("underlying", &T::underlying, "whose price moves; market where all move by their ranges"),
            field("price", &T::price,
                  "price at which equity equals the maintenance margin; the factor on all prices for market"),
            field("move_rate", &T::move_rate, "move to get there, fraction"),
            field("sigmas", &T::sigmas, "that move in daily standard deviations"),
            field("side", &T::side, "which way from here"),
            field("edge", &T::edge,
                  "kills where equity falls below the maintenance margin there, saves where it rises above"),
        };
    }
};

struct Cut {
    std::string_view symbol;
    double qty = 0.0;

    static constexpr auto fields() {
        using json::field;
        using T = Cut;
        return std::tuple{
            field("symbol", &T::symbol, "position"),
            field("qty", &T::qty, "base units to trade; negative sells"),
        };
    }
};

struct Liquidation {
    LiquidationStatus status{};
    std::optional<std::string_view> reason;
    std::optional<double> health, buffer, distance_rate, distance_sigmas;
    std::vector<Root> roots;
    json::Named touch_prob;
    json::Named top_up;
    std::vector<Cut> reduce;
    std::optional<double> shortfall;

    static constexpr auto fields() {
        using json::field;
        using T = Liquidation;
        return std::tuple{
            field("status", &T::status, "how near the edge"),
            field("reason", &T::reason, "why it is indeterminate, or has no distance and no advice"),
            field("health", &T::health, "equity / maintenance_margin"),
            field("buffer", &T::buffer, "equity less maintenance margin, account currency"),
            field("distance_rate", &T::distance_rate,
                  "smallest move of one underlying that reaches a root, fraction; absent where no root is"),
            field("distance_sigmas", &T::distance_sigmas, "smallest such move in daily standard deviations"),
            field("roots", &T::roots, "every price where equity equals the maintenance margin"),
            field("touch_prob", &T::touch_prob,
                  "probability that the nearest roots are touched within so many hours",
                  json::Rule::fraction),
            field("top_up", &T::top_up, "least amount of each asset that restores the initial margin"),
            field("reduce", &T::reduce,
                  "smallest cut that restores the initial margin; absent where none does"),
            field("shortfall", &T::shortfall,
                  "how far equity is below the initial margin; 0 where it is not"),
        };
    }
};

}  // namespace tidemark::record
