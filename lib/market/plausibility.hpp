// What a market record may say of itself and still be believed. One table of bounds, each with the honest
// data that it has to let pass; what lies beyond is refused at the door unless a person vouches for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/result.hpp"
#include "market/market.hpp"

namespace tidemark::market {

namespace bounds {

/// Mark of an option against Black-76 at its own volatility and forward. Beyond lies the other price unit.
inline constexpr double option_mark_factor = 10.0;
/// Of the forward: a mark this near to its value is never suspect. One tick of Deribit's cheap options; the
/// 61 of 4,518 real marks beyond the factor were all within half of it.
inline constexpr double option_tick_rate = 1e-4;
/// In its last hour an option settles to an average that its forward no longer tells.
inline constexpr std::int64_t option_settling_ms = ms_per_hour;
/// Half the quoted spread as a fraction of mid, of anything but an option.
inline constexpr double half_spread_rate = 0.2;
/// Volatility in use over its long-run anchor.
inline constexpr double least_vol_of_anchor = 0.1;
/// Of what counts at par, either way. USDC was 0.87 in March 2023.
inline constexpr double par_factor = 2.0;
/// Funding of one period. Venues cap it at 4 %.
inline constexpr double funding_rate = 0.1;

}  // namespace bounds

/// Each fails with unit_suspect, the member in question and the likely remedy in the message.
Status plausible_quote(const Quote& quote, const Terms& terms);
Status plausible_price(const AssetPrice& price);
/// The price of what counts at par; `field` is the member that gave it.
Status plausible_par(double price, std::string_view field);
/// `measured` is the least that the record's own measurements gave: what was measured is believed.
Status plausible_vol(const VolState& vol, std::optional<double> measured);
Status plausible_funding(std::optional<double> rate);

}  // namespace tidemark::market
