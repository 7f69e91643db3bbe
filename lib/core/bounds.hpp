// Beyond what a number is a wrong unit or a broken producer, never a market.
#pragma once

namespace tidemark {

inline constexpr double largest_annual_vol = 5.0;  // 500 %

}  // namespace tidemark
