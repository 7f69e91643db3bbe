// The `comparison` member of an account: its margin under several policies, and what decides under each.
#pragma once

#include "record/margin.hpp"

namespace tidemark::record {

struct Binds {
    Binding by{};
    std::string_view part;
    double amount = 0.0;
    std::optional<std::string_view> leg;
    std::optional<double> leg_amount;

    static constexpr auto fields() {
        using json::field;
        using T = Binds;
        return std::tuple{
            field("by", &T::by,
                  "what sets the requirement: scenario; basis or minimum delta, floors under the scenarios; "
                  "positions, each by its own rate; nothing"),
            field("part", &T::part, "the largest of parts"),
            field("amount", &T::amount, "how much that is"),
            field("leg", &T::leg,
                  "the symbol or asset that loses most in the worst scenario, or needs most by itself"),
            field("leg_amount", &T::leg_amount, "how much that is, before factors and offsets"),
        };
    }
};

/// What an entry has beside the members of `margin`.
struct Decided {
    std::optional<Binds> binds;

    static constexpr auto fields() {
        return std::tuple{json::field("binds", &Decided::binds, "what decides under this policy")};
    }
};

struct ComparedMargin : Margin, Decided {
    static constexpr auto fields() { return std::tuple_cat(Margin::fields(), Decided::fields()); }
};

}  // namespace tidemark::record
