// Doubles that know what they measure.
#pragma once

#include <compare>

namespace tidemark {

/// Values of one tag add, subtract and compare; the ratio of two is a plain number.
/// All else (price times size, vol times root time) is a function with a name.
template <class Tag>
class Measure {
public:
    constexpr Measure() = default;
    constexpr explicit Measure(double value) : value_{value} {}
    [[nodiscard]] constexpr double value() const { return value_; }

    friend constexpr auto operator<=>(Measure, Measure) = default;
    friend constexpr Measure operator-(Measure a) { return Measure{-a.value_}; }
    friend constexpr Measure operator+(Measure a, Measure b) { return Measure{a.value_ + b.value_}; }
    friend constexpr Measure operator-(Measure a, Measure b) { return Measure{a.value_ - b.value_}; }
    friend constexpr Measure operator*(Measure a, double k) { return Measure{a.value_ * k}; }
    friend constexpr double operator/(Measure a, Measure b) { return a.value_ / b.value_; }

private:
    double value_ = 0.0;
};

using Price = Measure<struct PriceTag>;                // quote currency for one unit
using Qty = Measure<struct QtyTag>;                    // base units held; negative is short
using Money = Measure<struct MoneyTag>;                // account currency
using Rate = Measure<struct RateTag>;                  // fraction: 0.005 is half a per cent
using AnnualVol = Measure<struct AnnualVolTag>;        // fraction per root year: 0.8 is 80 %
using YearFraction = Measure<struct YearFractionTag>;  // years, Actual/365 fixed
using PerYear = Measure<struct PerYearTag>;            // how many in a year
using Probability = Measure<struct ProbabilityTag>;    // 0 to 1

}  // namespace tidemark
