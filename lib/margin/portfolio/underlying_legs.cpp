#include "margin/portfolio/underlying_legs.hpp"

#include <cmath>

#include "core/errors.hpp"

namespace tidemark::margin {
namespace {

bool positive(double x) {
    return x > 0.0 && std::isfinite(x);
}
bool not_negative(double x) {
    return x >= 0.0 && std::isfinite(x);
}

Status check_option(const OptionLeg& option) {
    if (!positive(option.strike)) return out_of_domain("a strike above 0", option.strike);
    if (!not_negative(option.vol)) return out_of_domain("a volatility not below 0", option.vol);
    if (!std::isfinite(option.qty)) return out_of_domain("a finite quantity", option.qty);
    return Ok{};
}

Status check_expiry(const ExpiryLegs& expiry) {
    if (!positive(expiry.forward)) return out_of_domain("a forward above 0", expiry.forward);
    if (!not_negative(expiry.seconds)) return out_of_domain("a time to expiry not below 0", expiry.seconds);
    if (!std::isfinite(expiry.rate)) return out_of_domain("a finite rate", expiry.rate);
    if (!(expiry.settled >= 0.0 && expiry.settled <= expiry.forward))
        return out_of_domain("a settled part from 0 to the forward", expiry.settled);
    for (const OptionLeg& option : expiry.options) {
        if (Status sound = check_option(option); !sound) return sound;
    }
    return Ok{};
}

}  // namespace

double settled_part(double forward, double seconds, double averaging_seconds) {
    return seconds < averaging_seconds ? forward * (1.0 - seconds / averaging_seconds) : 0.0;
}

Status check_book(const UnderlyingLegs& book) {
    if (!positive(book.spot)) return out_of_domain("a spot price above 0", book.spot);
    if (!positive(book.stable)) return out_of_domain("a stable coin price above 0", book.stable);
    for (const FutureLeg& leg : book.futures) {
        if (!std::isfinite(leg.qty)) return out_of_domain("a finite quantity", leg.qty);
        if (!positive(leg.price)) return out_of_domain("a mark price above 0", leg.price);
        if (!not_negative(leg.years)) return out_of_domain("years to expiry not below 0", leg.years);
    }
    for (const CollateralLeg& leg : book.collateral) {
        if (!std::isfinite(leg.value)) return out_of_domain("a finite collateral value", leg.value);
    }
    for (const ExpiryLegs& expiry : book.expiries) {
        if (Status sound = check_expiry(expiry); !sound) return sound;
    }
    return Ok{};
}

}  // namespace tidemark::margin
