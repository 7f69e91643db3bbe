#include "liquidation/venue/liquidation_price.hpp"

#include <cmath>

namespace tidemark::liquidation {
namespace {

std::optional<double> above_zero(double numerator, double denominator) {
    const double price = numerator / denominator;
    if (!std::isfinite(price) || price <= 0.0) return std::nullopt;
    return price;
}

}  // namespace

std::optional<double> linear_liquidation_price(const LinearPosition& position, double rate,
                                               double deduction) {
    return above_zero(position.collateral - position.qty * position.entry + deduction,
                      rate * std::fabs(position.qty) - position.qty);
}

std::optional<double> linear_liquidation_price_held(const LinearPosition& position, double held) {
    return above_zero(position.qty * position.entry - (position.collateral - held), position.qty);
}

std::optional<double> inverse_liquidation_price(const InversePosition& position, double rate) {
    return above_zero(position.value + rate * std::fabs(position.value),
                      position.collateral + position.value / position.entry);
}

std::optional<double> inverse_liquidation_price_held(const InversePosition& position, double held) {
    return above_zero(position.value, position.collateral - held + position.value / position.entry);
}

std::optional<double> inverse_cross_liquidation_price(const InversePosition& position, double rate,
                                                      double fee) {
    const double maintenance = rate * std::fabs(position.value) / position.entry;
    const auto bankruptcy = inverse_liquidation_price(position, fee);
    if (!bankruptcy) return std::nullopt;
    return inverse_liquidation_price_held(position,
                                          maintenance + fee * std::fabs(position.value) / *bankruptcy);
}

double rounded_up_to_tick(double price, double tick) {
    return std::ceil(price / tick - 1e-9) * tick;
}

}  // namespace tidemark::liquidation
