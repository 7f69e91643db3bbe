#include <cmath>
#include <string>

#include "adapter.hpp"
#include "liquidation/venue/liquidation_price.hpp"

namespace tidemark::vectors {
namespace {

using namespace tidemark::liquidation;

double number(const Json& input, const char* name, double missing = 0.0) {
    return input.contains(name) ? input.at(name).get<double>() : missing;
}

/// The first number whose name contains the text.
double named(const Json& input, const char* text, double missing) {
    for (const auto& [name, value] : input.items())
        if (name.find(text) != std::string::npos && value.is_number()) return value.get<double>();
    return missing;
}

double side(const Json& input) {
    return input.value("short", false) ? -1.0 : 1.0;
}

Json json_of(const std::optional<double>& price) {
    return price ? Json(*price) : Json{};
}

Json out_of(const std::optional<double>& price) {
    return {{"out", json_of(price)}};
}

/// wallet, qty (no sign), entry, short.
LinearPosition position_of(const Json& input) {
    return {number(input, "wallet"), side(input) * number(input, "qty"), number(input, "entry")};
}

/// What the other positions of a cross account leave of their profit after maintenance.
double left_by_others(const Json& input) {
    double sum = 0.0;
    for (const Json& other : input.value("others", Json::array())) {
        const double mark = number(other, "mark"), qty = number(other, "qty");
        sum += side(other) * qty * (mark - number(other, "entry"));
        sum -= std::fabs(qty) * mark * number(other, "mmr") - number(other, "cum");
    }
    return sum;
}

Json binance(const Json& input, const Context&) {
    LinearPosition position = position_of(input);
    position.collateral += left_by_others(input);
    return out_of(linear_liquidation_price(position, number(input, "mmr"), number(input, "cum")));
}

Json gate_okx(const Json& input, const Context&) {
    return out_of(
        linear_liquidation_price(position_of(input), number(input, "mmr") + number(input, "taker")));
}

Json bybit_linear(const Json& input, const Context&) {
    const double entry = number(input, "entry");
    const double size = named(input, "size", named(input, "qty", 1.0));
    const double margin = entry * size / number(input, "leverage") + named(input, "extra", 0.0);
    return out_of(linear_liquidation_price_held({margin, side(input) * size, entry},
                                                number(input, "mmr") * entry * size));
}

Json bybit_inverse_cross(const Json& input, const Context&) {
    const InversePosition position{number(input, "balance"), side(input) * number(input, "qty"),
                                   number(input, "entry")};
    const double fee = number(input, "fee");
    auto liquidation = inverse_cross_liquidation_price(position, number(input, "mmr"), fee);
    if (liquidation && input.contains("tick"))
        liquidation = rounded_up_to_tick(*liquidation, number(input, "tick"));
    const Json price = json_of(liquidation);
    return {{"bankruptcy", json_of(inverse_liquidation_price(position, fee))},
            {"liq", price},
            {"liquidation", price},
            {"liq_price", price},
            {"liquidation_price", price},
            {"out", price}};
}

double hyperliquid_rate(const Json& input) {
    return 1.0 / (2.0 * number(input, "max_leverage"));
}

Json hyperliquid_raw(const Json& input, const Context&) {
    return out_of(linear_liquidation_price({number(input, "raw_usd"), number(input, "size"), 0.0},
                                           hyperliquid_rate(input)));
}

Json hyperliquid_isolated(const Json& input, const Context&) {
    const double size = number(input, "size"), entry = number(input, "entry");
    const double margin = std::fabs(size) * entry / number(input, "leverage");
    return out_of(linear_liquidation_price({margin, side(input) * size, entry}, hyperliquid_rate(input)));
}

}  // namespace

void add_liquidation_prices(Registry& registry) {
    registry["margin.binance_liq"] = binance;
    registry["margin.binance_liq_cross"] = binance;
    registry["margin.gate_okx_liq"] = gate_okx;
    registry["margin.bybit_linear_isolated_liq"] = bybit_linear;
    registry["margin.bybit_inverse_cross"] = bybit_inverse_cross;
    registry["margin.hyperliquid_liq"] = hyperliquid_raw;
    registry["margin.hyperliquid_liq_isolated"] = hyperliquid_isolated;
}

}  // namespace tidemark::vectors
