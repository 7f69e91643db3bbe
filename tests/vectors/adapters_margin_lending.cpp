#include <cmath>
#include <map>
#include <string>

#include "adapter.hpp"
#include "collateral/haircut.hpp"
#include "margin/lending/health_factor.hpp"
#include "margin/lending/weighted_health.hpp"

namespace tidemark::vectors {
namespace {

using namespace tidemark;
using namespace tidemark::margin;

double number(const Json& input, const char* name, double missing = 0.0) {
    return input.contains(name) ? input.at(name).get<double>() : missing;
}

Json haircut(const Json& input, const Context&) {
    const double amount = number(input, "amount");
    market::AssetValue value;
    value.price = number(input, "price");
    return {{"out", amount * collateral::unit_collateral(value, amount, number(input, "haircut"), 0.0)}};
}

Json liquity_max_debt(const Json& input, const Context&) {
    return {{"out", max_debt(number(input, "collateral_value"), number(input, "mcr"))}};
}

Json aave_health_factor(const Json& input, const Context&) {
    std::vector<LentCollateral> collateral;
    for (const Json& asset : input.at("collateral"))
        collateral.push_back({asset.at(0).get<double>(), asset.at(1).get<double>()});
    return {{"out", health_factor(collateral, number(input, "debt"))}};
}

Json aave_supply_cap_range(const Json& input, const Context&) {
    const ParameterBounds bounds = bounded_change(number(input, "cap"), number(input, "max_change"));
    return {{"lo", bounds.low}, {"hi", bounds.high}};
}

/// Deposits that open orders may turn into count towards the limit too.
double potential_deposits(const Json& token) {
    double sum = number(token, "deposits");
    for (const auto& [name, value] : token.items())
        if (name.find("potential") != std::string::npos && value.is_number()) sum += value.get<double>();
    return sum;
}

HealthToken health_token(const Json& token) {
    const double price = number(token, "price");
    return {number(token, "balance"), price,
            scaled_by_deposits(number(token, "wa"), potential_deposits(token) * price,
                               number(token, "deposit_start")),
            scaled_by_borrows(number(token, "wl"), number(token, "borrows") * price,
                              number(token, "borrow_start"))};
}

Json mango_health(const Json& input, const Context&) {
    HealthAccount account;
    std::map<std::string, std::size_t> index;
    for (const auto& [name, token] : input.at("tokens").items()) {
        index[name] = account.tokens.size();
        account.tokens.push_back(health_token(token));
    }
    const auto at = [&](const Json& holder, const char* member) {
        return index.at(holder.at(member).get<std::string>());
    };
    for (const Json& perp : input.value("perps", Json::array()))
        account.perps.push_back({at(perp, "settle"), number(perp, "base"), number(perp, "bids"),
                                 number(perp, "asks"), number(perp, "quote"), number(perp, "lot_value"),
                                 number(perp, "base_wa"), number(perp, "base_wl"),
                                 number(perp, "overall_wa")});
    for (const Json& market : input.value("markets", Json::array()))
        account.orders.push_back({at(market, "base"), at(market, "quote"), number(market, "base_reserved"),
                                  number(market, "quote_reserved")});
    return {{"health", weighted_health(account)}};
}

}  // namespace

void add_margin_lending(Registry& registry) {
    registry["margin.haircut"] = haircut;
    registry["margin.liquity_max_debt"] = liquity_max_debt;
    registry["margin.aave_health_factor"] = aave_health_factor;
    registry["margin.aave_supply_cap_range"] = aave_supply_cap_range;
    registry["margin.mango_health"] = mango_health;
}

}  // namespace tidemark::vectors
