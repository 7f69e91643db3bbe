#include "market/shock_coverage.hpp"

#include <fmt/format.h>

#include "core/near_miss.hpp"

namespace tidemark::market {
namespace {

/// What a shock would show in.
std::string_view shown_in(market::Shock::Of of) {
    switch (of) {
        case market::Shock::Of::price:
            return "a price record or index price";
        case market::Shock::Of::vol:
            return "a vol record or option ticker";
        case market::Shock::Of::depth:
            return "a liquidity record or book";
        case market::Shock::Of::spread:
            return "a liquidity record, or bid and ask,";
        case market::Shock::Of::correlation:
            return "a correlation record";
    }
    return "a record";
}

}  // namespace

void ShockCoverage::meet(Of of, std::string_view asset, bool priced) {
    const auto all = shocks_.all();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].of != of || (!all[i].asset.empty() && all[i].asset != asset)) continue;
        met_[i].traded = true;
        met_[i].priced |= priced;
    }
}

Change ShockCoverage::under(Of of, std::string_view asset) {
    meet(of, asset, true);
    const market::Shock* shock = shocks_.find(of, asset);
    return shock == nullptr ? Change{} : shock->change;
}

double ShockCoverage::asset_factor(std::string_view asset) {
    meet(Of::price, asset, true);
    if (assets_.size() < market::Market::max_names) assets_.intern(asset);
    return shocks_.price_factor(asset);
}

double ShockCoverage::price_factor(const market::Terms& terms, bool has_index) {
    meet(Of::price, terms.underlying, has_index);
    if (assets_.size() < market::Market::max_names) assets_.intern(terms.underlying);
    if (money_.size() < market::Market::max_names) money_.intern(terms.quote_asset);
    return shocks_.price_factor(terms.underlying) / shocks_.price_factor(terms.quote_asset);
}

bool ShockCoverage::is_met(std::size_t index) const {
    const market::Shock& shock = shocks_.all()[index];
    const bool is_money = shock.of == Of::price && money_.find(shock.asset);
    return met_[index].priced || (met_[index].traded && !is_money);
}

std::vector<Error> ShockCoverage::unmet() const {
    std::vector<std::string_view> known;
    for (std::uint32_t id = 0; id < assets_.size(); ++id) known.push_back(assets_.name(id));
    std::vector<Error> all;
    for (std::size_t i = 0; i < met_.size(); ++i) {
        if (is_met(i)) continue;
        const market::Shock& shock = shocks_.all()[i];
        const std::string_view meant = shock.asset.empty() ? "" : near_miss(shock.asset, known);
        all.push_back(
            {Errc::missing_market,
             fmt::format("want {}{} to change, got none{}", shown_in(shock.of),
                         shock.asset.empty() ? "" : " of " + shock.asset,
                         meant.empty() || meant == shock.asset ? "" : fmt::format("; {} perhaps", meant)),
             shock.text, 0});
    }
    return all;
}

}  // namespace tidemark::market
