#include "liquidation/venue/subaccount.hpp"

#include <algorithm>

namespace tidemark::liquidation {
namespace {

margin::Wide maintenance_of(const QuantumPosition& position, margin::Wide base_quantums) {
    return margin::position_requirement(position.tier, base_quantums, position.price, 0).maintenance;
}

struct Totals {
    margin::Wide collateral = 0;
    margin::Wide maintenance = 0;
};

Totals totals_of(const Liquidation& account) {
    Totals totals{account.quote_balance, 0};
    for (const QuantumPosition& position : account.positions) {
        totals.collateral += margin::value_toward_zero(position.base_quantums, position.price);
        totals.maintenance += maintenance_of(position, position.base_quantums);
    }
    return totals;
}

Result<Totals> required_totals(const Liquidation& account) {
    if (account.closing >= account.positions.size() || account.positions[account.closing].base_quantums == 0)
        return Error{Errc::out_of_domain, "want an open position to close", "", 0};
    const Totals totals = totals_of(account);
    if (totals.maintenance <= 0)
        return Error{Errc::out_of_domain, "want a maintenance requirement above 0", "", 0};
    return totals;
}

}  // namespace

Result<margin::Wide> bankruptcy_quote(const Liquidation& account, margin::Wide delta_quantums) {
    const auto totals = required_totals(account);
    if (!totals) return totals.error();
    const QuantumPosition& position = account.positions[account.closing];
    const margin::Wide held = position.base_quantums;
    if ((held > 0) != (delta_quantums < 0) || delta_quantums == 0 ||
        margin::magnitude(delta_quantums) > margin::magnitude(held))
        return Error{Errc::out_of_domain, "want a delta that reduces the position", "", 0};
    const margin::Wide left = held + delta_quantums;
    const margin::Wide notional_change =
        margin::value_toward_zero(left, position.price) - margin::value_toward_zero(held, position.price);
    const margin::Wide freed = maintenance_of(position, held) - maintenance_of(position, left);
    return -notional_change - margin::floor_div(totals->collateral * freed, totals->maintenance);
}

Result<double> fillable_price(const Liquidation& account, const FillablePriceConfig& config) {
    const auto totals = required_totals(account);
    if (!totals) return totals.error();
    const QuantumPosition& position = account.positions[account.closing];
    const double ratio = static_cast<double>(totals->collateral) / static_cast<double>(totals->maintenance);
    const double adjustment = static_cast<double>(config.bankruptcy_adjustment_ppm) / margin::one_million;
    const double rating = std::clamp(adjustment * (1.0 - ratio), 0.0, 1.0);
    const double spread = static_cast<double>(config.spread_to_maintenance_ppm) / margin::one_million *
                          static_cast<double>(maintenance_of(position, position.base_quantums));
    const double notional =
        static_cast<double>(margin::value_toward_zero(position.base_quantums, position.price));
    return (notional - rating * spread) / static_cast<double>(position.base_quantums);
}

Result<margin::Wide> insurance_fund_delta(const Liquidation& account, margin::Wide delta_quantums,
                                          margin::Wide fill_quote, std::int64_t max_fee_ppm) {
    const auto bankruptcy = bankruptcy_quote(account, delta_quantums);
    if (!bankruptcy) return bankruptcy.error();
    const margin::Wide surplus = fill_quote - *bankruptcy;
    return surplus <= 0 ? surplus
                        : std::min(surplus, margin::ppm_floor(margin::magnitude(fill_quote), max_fee_ppm));
}

NotionalLimits liquidatable_notional(margin::Wide notional, margin::Wide min_notional,
                                     std::int64_t max_portion_ppm) {
    const margin::Wide held = margin::magnitude(notional);
    const margin::Wide least = std::min(held, min_notional);
    return {least, std::max(least, margin::ppm_floor(held, max_portion_ppm))};
}

}  // namespace tidemark::liquidation
