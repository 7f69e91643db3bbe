// Closing a position of an account below maintenance, dYdX v4: the price at which nothing is left, the price
// that a liquidation order is sent at, and what the insurance fund gets or pays. Quote quanta throughout.
#pragma once

#include <cstddef>
#include <span>

#include "core/result.hpp"
#include "margin/tiered/open_interest.hpp"

namespace tidemark::liquidation {

struct QuantumPosition {
    margin::Wide base_quantums = 0;
    margin::QuantumPrice price;
    margin::LiquidityTier tier;
};

/// One account: its quote balance, its positions, and which of them is closed.
struct Liquidation {
    margin::Wide quote_balance = 0;
    std::span<const QuantumPosition> positions;
    std::size_t closing = 0;  // index of the position
};

/// Quote for closing delta_quantums of the position such that its share of the account's collateral is used
/// up: -(change of net notional) - floor(collateral x |change of maintenance| / maintenance). Positive is
/// received. Fails with out_of_domain where delta does not reduce the position or nothing is required.
Result<margin::Wide> bankruptcy_quote(const Liquidation& account, margin::Wide delta_quantums);

struct FillablePriceConfig {
    std::int64_t bankruptcy_adjustment_ppm = 0;
    std::int64_t spread_to_maintenance_ppm = 0;
};

/// (net notional - ABR x SMMR x maintenance of the position) / size, with ABR = clamp(BA (1 - collateral /
/// maintenance), 0, 1): quote quanta for one base quantum. Fails with out_of_domain for an empty position or
/// requirement.
Result<double> fillable_price(const Liquidation& account, const FillablePriceConfig& config);

/// What the insurance fund receives where delta_quantums were closed for fill_quote (positive is received):
/// the surplus over the bankruptcy price, at most max_fee_ppm of the fill; negative where it pays.
/// Fails as bankruptcy_quote.
Result<margin::Wide> insurance_fund_delta(const Liquidation& account, margin::Wide delta_quantums,
                                          margin::Wide fill_quote, std::int64_t max_fee_ppm);

struct NotionalLimits {
    margin::Wide least = 0, most = 0;
};

/// How much of a position's |notional| one block may close: min(min_notional, notional) to the portion, never
/// below the least.
NotionalLimits liquidatable_notional(margin::Wide notional, margin::Wide min_notional,
                                     std::int64_t max_portion_ppm);

}  // namespace tidemark::liquidation
