#include "margin/portfolio/underlying_legs.hpp"

#include <fmt/format.h>

#include <cmath>

namespace tidemark::margin {
namespace {

bool positive(double x) {
    return x > 0.0 && std::isfinite(x);
}
bool not_negative(double x) {
    return x >= 0.0 && std::isfinite(x);
}

Error refusal(std::string_view wanted, double got) {
    return {Errc::out_of_domain, fmt::format("want {}, got {}", wanted, got), "", 0};
}

Status check_option(const OptionLeg& option) {
    if (!positive(option.strike)) return refusal("a strike above 0", option.strike);
    if (!not_negative(option.vol)) return refusal("a volatility not below 0", option.vol);
    if (!std::isfinite(option.qty)) return refusal("a finite quantity", option.qty);
    return Ok{};
}

Status check_expiry(const ExpiryLegs& expiry) {
    if (!positive(expiry.forward)) return refusal("a forward above 0", expiry.forward);
    if (!not_negative(expiry.seconds)) return refusal("a time to expiry not below 0", expiry.seconds);
    if (!std::isfinite(expiry.rate)) return refusal("a finite rate", expiry.rate);
    if (!(expiry.settled >= 0.0 && expiry.settled <= expiry.forward))
        return refusal("a settled part from 0 to the forward", expiry.settled);
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
    if (!positive(book.spot)) return refusal("a spot price above 0", book.spot);
    if (!positive(book.stable)) return refusal("a stable coin price above 0", book.stable);
    for (const FutureLeg& leg : book.futures) {
        if (!std::isfinite(leg.qty)) return refusal("a finite quantity", leg.qty);
        if (!positive(leg.price)) return refusal("a mark price above 0", leg.price);
        if (!not_negative(leg.years)) return refusal("years to expiry not below 0", leg.years);
    }
    for (const CollateralLeg& leg : book.collateral) {
        if (!std::isfinite(leg.value)) return refusal("a finite collateral value", leg.value);
    }
    for (const ExpiryLegs& expiry : book.expiries) {
        if (Status sound = check_expiry(expiry); !sound) return sound;
    }
    return Ok{};
}

}  // namespace tidemark::margin
