#include "pricing/black76.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/log_ratio.hpp"
#include "pricing/mills.hpp"
#include "stats/distributions/normal.hpp"

namespace tidemark::pricing {
namespace {

double out_of_money_value(double nearer, Spread spread) {
    if (spread.by_difference()) {
        if (spread.h - spread.t > mills_fit_end) return 0.0;
        return nearer * (stats::normal_density(spread.h - spread.t) * mills_difference(spread));
    }
    if (spread.t - spread.h > mills_fit_end) return nearer;
    return nearer * (1.0 - stats::normal_density(spread.t - spread.h) * mills_sum(spread));
}

Status check(const OptionTerms& o) {
    const auto positive = [](double x) { return x > 0.0 && std::isfinite(x); };
    const auto not_negative = [](double x) { return x >= 0.0 && std::isfinite(x); };
    if (positive(o.forward.value()) && positive(o.strike.value()) && positive(o.discount_factor) &&
        not_negative(o.years.value()) && not_negative(o.annual_vol.value())) {
        return Ok{};
    }
    return Error{
        Errc::out_of_domain,
        fmt::format("want forward, strike and discount factor above 0, years and vol not below; got {}, "
                    "{}, {}, {}, {}",
                    o.forward.value(), o.strike.value(), o.discount_factor, o.years.value(),
                    o.annual_vol.value()),
        {}};
}

/// Limits as the deviation falls to 0: all probability on one side of the strike, or half on each at it.
Greeks limit_greeks(const OptionTerms& o) {
    const double forward = o.forward.value(), strike = o.strike.value(), df = o.discount_factor;
    const double sign = option_sign(o.type);
    const bool at_strike = forward == strike;
    const double prob = at_strike ? 0.5 : (sign * (forward - strike) > 0.0 ? 1.0 : 0.0);
    const double density = at_strike ? df * stats::inverse_root_two_pi : 0.0;
    const double root_years = std::sqrt(o.years.value());
    const double decay_vol = o.annual_vol.value();  // 0, unless the time is
    Greeks g{};
    g.value = df * std::max(sign * (forward - strike), 0.0);
    g.delta_forward = sign * prob;
    g.delta_discounted = df * g.delta_forward;
    g.delta_premium_adjusted = sign * prob * strike / forward;
    g.gamma = at_strike ? std::numeric_limits<double>::infinity() : 0.0;
    g.vega = density * forward * root_years;
    g.theta_per_year = at_strike && decay_vol > 0.0 ? -std::numeric_limits<double>::infinity() : 0.0;
    g.vanna = 0.5 * density * root_years;
    g.prob_itm = prob;
    return g;
}

}  // namespace

double black76_value(double forward, double strike, double std_dev, OptionType type) {
    const double intrinsic = std::max(option_sign(type) * (forward - strike), 0.0);
    if (std_dev == 0.0) return intrinsic;
    const Spread spread{std::fabs(log_ratio(forward, strike)) / std_dev, 0.5 * std_dev};
    const double most = type == OptionType::call ? forward : strike;
    return std::min(intrinsic + out_of_money_value(std::min(forward, strike), spread), most);
}

Result<Greeks> black76_greeks(const OptionTerms& o) {
    if (const Status checked = check(o); !checked) return checked.error();
    const double forward = o.forward.value(), strike = o.strike.value(), df = o.discount_factor;
    const double vol = o.annual_vol.value(), root_years = std::sqrt(o.years.value());
    const double std_dev = vol * root_years;
    if (std_dev == 0.0) return limit_greeks(o);
    const double sign = option_sign(o.type);
    const double h = log_ratio(forward, strike) / std_dev;
    const double d1 = h + 0.5 * std_dev, d2 = h - 0.5 * std_dev;
    const double density = df * stats::normal_density(d1);
    // d1 d2 overflows only where the density has long been 0.
    const auto weighted = [density](double factor) { return density > 0.0 ? density * factor : 0.0; };
    Greeks g{};
    g.value = df * black76_value(forward, strike, std_dev, o.type);
    g.delta_forward = sign * stats::normal_cdf(sign * d1);
    g.delta_discounted = df * g.delta_forward;
    g.prob_itm = stats::normal_cdf(sign * d2);
    g.delta_premium_adjusted = sign * g.prob_itm * strike / forward;
    g.gamma = weighted(1.0 / (forward * std_dev));
    g.vega = weighted(forward * root_years);
    g.theta_per_year = weighted(-0.5 * forward * vol / root_years);
    g.vanna = weighted(-d2 / vol);
    g.volga = weighted(forward * root_years * d1 * d2 / vol);
    return g;
}

Result<CoinGreeks> inverse_greeks(const OptionTerms& terms) {
    return black76_greeks(terms).and_then([&](const Greeks& g) -> Result<CoinGreeks> {
        const double forward = terms.forward.value();
        return CoinGreeks{g.value / forward, terms.discount_factor * g.delta_premium_adjusted / forward,
                          g.vega / forward, g.theta_per_year / forward};
    });
}

}  // namespace tidemark::pricing
