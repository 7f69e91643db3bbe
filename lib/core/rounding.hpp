// Where amounts cancel, what is left of them is not exactly 0.
#pragma once

namespace tidemark {

/// Of the sum of amounts without their signs, what may be left by rounding alone where they cancel: a few
/// hundred of the last places of a double.
inline constexpr double cancellation_rounding = 0x1p-44;

/// Whether what is left of amounts, without its sign, is rounding. `gross` is their sum without signs.
constexpr bool is_rounding(double left, double gross) {
    return left <= cancellation_rounding * gross;
}

}  // namespace tidemark
