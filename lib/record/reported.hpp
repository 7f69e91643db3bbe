// The `reported` member of an account: what the venue itself says of it.
#pragma once

#include <optional>

#include "json/field.hpp"
#include "json/reader.hpp"

namespace tidemark::record {

struct Reported {
    std::optional<double> equity, collateral_value, initial_margin, maintenance_margin, free_collateral,
        health;
    json::Named liquidation_prices;

    static constexpr auto fields() {
        using json::field;
        using T = Reported;
        return std::tuple{
            field("equity", &T::equity, "as the venue states it, account currency"),
            field("collateral_value", &T::collateral_value, "the same"),
            field("initial_margin", &T::initial_margin, "the same"),
            field("maintenance_margin", &T::maintenance_margin, "the same"),
            field("free_collateral", &T::free_collateral, "the same"),
            field("health", &T::health, "equity / maintenance margin"),
            field("liquidation_prices", &T::liquidation_prices,
                  "by symbol: the price of the contract at which the account is liquidated, all others as "
                  "they are",
                  json::Rule::positive),
        };
    }
};

}  // namespace tidemark::record
