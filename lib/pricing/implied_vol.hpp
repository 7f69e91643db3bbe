// Black-76 volatility from a price, to the accuracy that the price itself allows. Written out for speed: over
// 20,000 options Boost.Math's toms748_solve on black76_value is as accurate, but takes 11 values of the price
// and 3.6 times the time (1.74, g++ 12 -O3).
#pragma once

#include <limits>
#include <span>
#include <string_view>

#include "core/measure.hpp"
#include "pricing/option_type.hpp"

namespace tidemark::pricing {

enum class ImpliedVolStatus {
    ok,
    below_intrinsic,  // no volatility makes an option so cheap; common in real bids
    zero_time_value,  // the price is intrinsic, or what is over it is lost in its last bit
    above_maximum,    // a call at or above the forward, a put at or above the strike
    expired,
    invalid_input  // negative or not a number, or a forward, strike or discount factor not above 0
};

std::string_view implied_vol_status_name(ImpliedVolStatus status);

struct ImpliedVol {
    ImpliedVolStatus status = ImpliedVolStatus::invalid_input;
    AnnualVol annual_vol{std::numeric_limits<double>::quiet_NaN()};  // a number only where ok
    double condition = std::numeric_limits<double>::infinity();  // relative change of vol for one of price
};

struct QuotedOption {
    Price price;  // discounted, quote currency; a coin premium times the forward
    Price forward;
    Price strike;
    YearFraction years;
    OptionType type = OptionType::call;
    double discount_factor = 1.0;
};

/// Never throws. Relative error about (1 + condition) rounding units. The logarithm of the out-of-the-money
/// price, or above half its maximum of what is missing from it, is solved by third-order Householder steps,
/// bracketed (objectives after Jaeckel, Let's Be Rational, Wilmott 2015; guesses our own).
ImpliedVol implied_vol(const QuotedOption& option);

/// out[i] = implied_vol(options[i]); wants out at least as long as options.
void implied_vols(std::span<ImpliedVol> out, std::span<const QuotedOption> options);

}  // namespace tidemark::pricing
