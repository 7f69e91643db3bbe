// Which shocks a stream has shown, so that none passes without having changed a thing.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"
#include "market/market.hpp"
#include "market/shock.hpp"

namespace tidemark::market {

class ShockCoverage {
public:
    using Of = market::Shock::Of;

    explicit ShockCoverage(market::Shocks shocks) : shocks_{std::move(shocks)}, met_(shocks_.all().size()) {}

    /// What happens to that of this asset; a record that has it is before us.
    Change under(Of of, std::string_view asset);
    /// What the price of an asset is multiplied by; its price record is before us.
    double asset_factor(std::string_view asset);
    /// What prices of an instrument in its quote asset are multiplied by: the ratio of the two assets'
    /// factors, so that they stay in line with the price records of both. A line of it is before us, with an
    /// index price or without.
    double price_factor(const market::Terms& terms, bool has_index);

    void price_now(std::string_view asset, double price, bool of_record) {
        shocks_.price_now(asset, price, of_record);
    }

    [[nodiscard]] const market::Shocks& shocks() const { return shocks_; }

    /// A missing_market error for each shock that no record so far could show.
    [[nodiscard]] std::vector<Error> unmet() const;

private:
    /// A balance follows only price records and index prices, so money, in which others are quoted, has to
    /// have one of these.
    struct Met {
        bool priced = false, traded = false;
    };

    void meet(Of of, std::string_view asset, bool priced);
    [[nodiscard]] bool is_met(std::size_t index) const;

    market::Shocks shocks_;
    std::vector<Met> met_;
    market::NameTable assets_, money_;
};

}  // namespace tidemark::market
