// The `scenario` record: a what-if with a name, for market-shock.
#pragma once

#include "json/field.hpp"
#include "json/reader.hpp"

namespace tidemark::record {

struct Scenario {
    std::string_view name;
    std::vector<std::string_view> shocks;

    static constexpr std::string_view type = "scenario";
    static constexpr auto fields() {
        using json::field;
        using T = Scenario;
        return std::tuple{
            field("name", &T::name, "what it is called"),
            field("shocks", &T::shocks,
                  "what happens at once, each as market-shock takes it, such as BTC=-20%"),
        };
    }
};

}  // namespace tidemark::record
