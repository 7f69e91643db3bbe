#include "margin/lending/lognormal_es.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/distributions/normal.hpp"

namespace tidemark::margin {
namespace {

Status check(const LogLaw& law, double level) {
    if (level > 0.0 && level < 1.0 && std::isfinite(law.mean) && law.std_dev >= 0.0 &&
        std::isfinite(law.std_dev))
        return Ok{};
    return Error{
        Errc::out_of_domain,
        fmt::format("want a level within 0 and 1, a finite mean and a deviation not below 0; got {}, "
                    "{}, {}",
                    level, law.mean, law.std_dev),
        "", 0};
}

/// exp(mean + std_dev z) at z = side x quantile, and the mean beyond it: E[X; beyond] / level.
Result<TailCost> tail_price(const LogLaw& law, double level, double side) {
    if (const Status sound = check(law, level); !sound) return sound.error();
    const auto quantile = stats::normal_quantile(level);
    if (!quantile) return quantile.error();
    const double mean = std::exp(law.mean + 0.5 * law.std_dev * law.std_dev);
    return TailCost{std::exp(law.mean + side * law.std_dev * *quantile),
                    mean * stats::normal_cdf(*quantile - side * law.std_dev) / level};
}

/// Whole units of a venue that reckons in decimals: what a double leaves over a whole number is not one more.
double rounded_up(double x) {
    const double nearest = std::round(x);
    return std::fabs(x - nearest) <= 1e-15 * std::fabs(x) ? nearest : std::ceil(x);
}

/// Floor of factor x amount for a whole amount, with the factor to five decimals: exact beyond 2^53 / 1e5.
double level_of(double factor, double amount) {
    constexpr double scale = 1e5;
    const double whole = std::floor(amount / scale), rest = amount - whole * scale;
    const double steps = std::round(factor * scale);
    return steps * whole + std::floor(steps * rest / scale);
}

/// What one side of the position and its orders needs; qty and orders not below 0.
double side_margin(double qty, double orders, double exit_cost, double mark, double factor,
                   const LognormalRule& rule) {
    const double slippage = std::max(0.0, std::min(rule.linear_slippage * mark, exit_cost));
    return qty * slippage + (qty + orders) * factor * mark;
}

}  // namespace

Result<TailCost> long_tail_cost(const LogLaw& law, double level) {
    auto price = tail_price(law, level, 1.0);
    if (!price) return price.error();
    return TailCost{-price->value_at_risk, -price->expected_shortfall};
}

Result<TailCost> short_tail_cost(const LogLaw& law, double level) {
    return tail_price(law, level, -1.0);
}

Result<RiskFactors> lognormal_risk_factors(const LognormalHorizon& horizon) {
    const double variance = horizon.annual_vol * horizon.annual_vol;
    const LogLaw law{(horizon.drift - 0.5 * variance) * horizon.years,
                     horizon.annual_vol * std::sqrt(horizon.years)};
    const auto owned = long_tail_cost(law, horizon.level);
    if (!owned) return owned.error();
    const auto owed = short_tail_cost(law, horizon.level);
    if (!owed) return owed.error();
    return RiskFactors{1.0 + owned->expected_shortfall, owed->expected_shortfall - 1.0};
}

MarginLevels lognormal_margin(const LognormalPosition& position, const LognormalRule& rule) {
    const double mark = position.mark_price, exit = position.exit_price.value_or(mark);
    constexpr double unknown = std::numeric_limits<double>::infinity();
    const auto exit_cost = [&](double side) { return position.exit_price ? side * (mark - exit) : unknown; };
    const double bought = side_margin(std::max(0.0, position.qty), position.buy_orders, exit_cost(1.0), mark,
                                      rule.factors.long_factor, rule);
    const double sold = side_margin(std::max(0.0, -position.qty), position.sell_orders, exit_cost(-1.0), mark,
                                    rule.factors.short_factor, rule);
    const double exact = std::max(bought, sold) * rule.unit_value;
    if (rule.rounding == MarginRounding::none)
        return {exact, exact * rule.levels.search, exact * rule.levels.initial, exact * rule.levels.release};
    const double whole = rounded_up(exact);
    return {whole, level_of(rule.levels.search, whole), level_of(rule.levels.initial, whole),
            level_of(rule.levels.release, whole)};
}

}  // namespace tidemark::margin
