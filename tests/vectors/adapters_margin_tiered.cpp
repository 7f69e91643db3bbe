#include <cmath>
#include <string>

#include "adapters_stats.hpp"
#include "liquidation/venue/liquidation_price.hpp"
#include "liquidation/venue/margin_shortage.hpp"
#include "liquidation/venue/subaccount.hpp"
#include "margin/model/notional_tiers.hpp"
#include "margin/tiered/size_premium.hpp"

namespace tidemark::vectors {
namespace {

using namespace tidemark::liquidation;
using namespace tidemark::margin;

double number(const Json& input, const char* name, double missing = 0.0) {
    if (!input.contains(name)) return missing;
    const Json& value = input.at(name);
    return value.is_string() ? std::stod(value.get<std::string>()) : value.get<double>();
}

/// Refuses what 64 bits with a sign do not hold, and what is not whole: a cast would make another amount of
/// it.
std::int64_t integer(const Json& input, const char* name, std::int64_t missing = 0) {
    if (!input.contains(name)) return missing;
    const Json& value = input.at(name);
    const bool beyond = value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX;
    const bool whole = value.is_number_float() && std::trunc(value.get<double>()) == value.get<double>() &&
                       std::fabs(value.get<double>()) < 0x1p63;
    if ((value.is_number_integer() && !beyond) || whole) return value.get<std::int64_t>();
    return value_of(Result<std::int64_t>{
        Error{Errc::out_of_range, "want a whole number of at most 64 bits, got " + value.dump(), name, 0}});
}

/// Exact where JSON's integers reach, else the nearest double.
Json json_of_wide(Wide value) {
    if (magnitude(value) <= Wide{INT64_MAX}) return static_cast<std::int64_t>(value);
    return static_cast<double>(value);
}

Json out_of(Wide value) {
    return {{"out", json_of_wide(value)}};
}

Json out_of(const std::optional<double>& value) {
    return {{"out", value ? Json(*value) : Json{}}};
}

LiquidityTier tier_of(const Json& input) {
    const LiquidityTier tier{integer(input, "im_ppm"), integer(input, "mf_ppm"), integer(input, "oi_lower"),
                             integer(input, "oi_upper")};
    value_of(check(tier));
    return tier;
}

Json dydx_mmf_ppm(const Json& input, const Context&) {
    return out_of(maintenance_margin_ppm(tier_of(input)));
}

Json dydx_funding_clamp(const Json& input, const Context&) {
    return out_of(funding_clamp_ppm(tier_of(input), integer(input, "clamp_ppm")));
}

Json dydx_im_quantums(const Json& input, const Context&) {
    return out_of(initial_margin_quantums(tier_of(input), integer(input, "quote_quantums"),
                                          integer(input, "oi_notional")));
}

Json dydx_adjusted_imf_ppm(const Json& input, const Context&) {
    return out_of(adjusted_initial_ppm(tier_of(input), integer(input, "oi_notional")));
}

Json dydx_margin_requirements(const Json& input, const Context&) {
    constexpr int quote_resolution = -6;
    const auto power = integer(input, "exponent") + integer(input, "atomic_resolution") - quote_resolution;
    const QuantumPrice price{integer(input, "price"), static_cast<int>(power)};
    const auto required = position_requirement(tier_of(input), integer(input, "base_quantums"), price,
                                               integer(input, "open_interest_quantums"));
    return {{"IM", json_of_wide(required.initial)}, {"MM", json_of_wide(required.maintenance)}};
}

// Accounts are given in whole coins and dollars: 1e-10 of a coin and 1e-8 of a dollar a coin carry them.
constexpr double base_resolution = 1e10, price_resolution = 1e8, quote_resolution = 1e6;

Wide base_quantums(const Json& input, const char* name) {
    return std::llround(number(input, name) * base_resolution);
}

struct Account {
    std::vector<QuantumPosition> positions;
    Liquidation liquidation;
};

Account account_of(const Json& input) {
    Account account;
    account.liquidation.quote_balance = std::llround(number(input, "quote_balance_usd") * quote_resolution);
    for (const Json& given : input.at("positions")) {
        const auto initial = integer(given, "im_ppm"), maintenance = integer(given, "mm_ppm");
        if (given.at("asset") == input.at("asset")) account.liquidation.closing = account.positions.size();
        account.positions.push_back(
            {base_quantums(given, "size"),
             {std::llround(number(given, "price") * price_resolution), -12},
             {initial, initial == 0 ? 0 : maintenance * one_million / initial, 0, 0}});
    }
    account.liquidation.positions = account.positions;
    return account;
}

Json dydx_bankruptcy(const Json& input, const Context&) {
    const Account account = account_of(input);
    return out_of(value_of(bankruptcy_quote(account.liquidation, base_quantums(input, "delta"))));
}

Json dydx_fillable(const Json& input, const Context&) {
    const Account account = account_of(input);
    const double quote =
        value_of(fillable_price(account.liquidation, {integer(input, "ba_ppm"), integer(input, "smmr_ppm")}));
    return {{"out", quote * base_resolution / quote_resolution}};
}

Json dydx_insurance_delta(const Json& input, const Context&) {
    const Account account = account_of(input);
    const Wide delta = base_quantums(input, "delta");
    const QuantumPrice price{std::llround(number(input, "price") * price_resolution), -12};
    return out_of(value_of(insurance_fund_delta(account.liquidation, delta, -value_toward_zero(delta, price),
                                                integer(input, "max_fee_ppm"))));
}

Json dydx_minmax_liquidatable(const Json& input, const Context&) {
    const auto limits = liquidatable_notional(integer(input, "notional"), integer(input, "min_notional"),
                                              integer(input, "max_portion_ppm"));
    return {{"min", json_of_wide(limits.least)}, {"max", json_of_wide(limits.most)}};
}

/// A member whose name says it belongs to the rest of the account: other_mmr, mmr_other, mmr_others.
double of_others(const Json& input) {
    for (const auto& [name, value] : input.items())
        if (name.find("other") != std::string::npos && value.is_number()) return value.get<double>();
    return 0.0;
}

Json dydx_liq_price(const Json& input, const Context&) {
    const LinearPosition position{number(input, "equity") - of_others(input), number(input, "size"),
                                  number(input, "price")};
    return out_of(linear_liquidation_price(position, number(input, "mmf")));
}

SizePremium premium_of(const Json& input) {
    return {integer(input, "size_1e9"), integer(input, "imf_factor")};
}

Json drift_asset_weight(const Json& input, const Context&) {
    return out_of(asset_weight(premium_of(input), integer(input, "weight")));
}

Json drift_liability_weight(const Json& input, const Context&) {
    return out_of(liability_weight(premium_of(input), integer(input, "weight")));
}

Json drift_scaled_asset_weight(const Json& input, const Context&) {
    const auto micro = [&](double value) { return std::llround(value * 1e6); };
    return out_of(scaled_asset_weight(integer(input, "weight"),
                                      micro(number(input, "deposits") * number(input, "price")),
                                      micro(number(input, "scale_start"))));
}

Json drift_pmr(const Json& input, const Context&) {
    return out_of(perp_requirement(integer(input, "base_1e9"), integer(input, "oracle_price_1e6"),
                                   integer(input, "imf_factor"), integer(input, "margin_ratio")));
}

Json drift_hlm(const Json& input, const Context&) {
    return out_of(value_of(high_leverage_ratio(premium_of(input), integer(input, "pre_ratio"),
                                               integer(input, "default_ratio"))));
}

Json drift_base_to_cover(const Json& input, const Context&) {
    const auto base = base_to_cover({integer(input, "shortage"), integer(input, "margin_ratio"),
                                     integer(input, "liq_fee"), integer(input, "if_fee"),
                                     integer(input, "price"), integer(input, "quote_price", one_million)});
    // The venue says "all of it" with the largest number of its type.
    return base ? out_of(*base) : Json{{"out", UINT64_MAX}};
}

Json drift_liability_transfer(const Json& input, const Context&) {
    const auto tokens = liability_transfer_to_cover(
        {integer(input, "shortage"), integer(input, "asset_weight"), integer(input, "liability_weight"),
         integer(input, "asset_mult", one_million), integer(input, "liability_mult", one_million),
         integer(input, "price"), integer(input, "if_fee"), static_cast<int>(integer(input, "decimals"))});
    return tokens ? out_of(*tokens) : Json{{"out", std::exp2(128.0)}};
}

Json tier_deduction_list(const Json& input, const Context&) {
    std::vector<NotionalTier> tiers;
    for (const Json& tier : input.at("tiers"))
        tiers.push_back({tier.at(0).get<double>(), tier.at(1).get<double>()});
    return {{"deductions", tier_deductions(tiers)}};
}

Json binance_coinm_maint_amount(const Json& input, const Context&) {
    return {{"out", next_deduction(number(input, "prev_amount"), number(input, "floor"),
                                   number(input, "rate"), number(input, "prev_rate"))}};
}

Json ftx_imf(const Json& input, const Context&) {
    return {{"out",
             size_scaled_imf(number(input, "max_leverage"), number(input, "factor"), number(input, "size"))}};
}

Json deribit_sm_linear_future(const Json& input, const Context&) {
    const double size = std::fabs(number(input, "size")), price = number(input, "price");
    return {{"IM", sloped_requirement(size, price, number(input, "im_base"), number(input, "im_slope"))},
            {"MM", sloped_requirement(size, price, number(input, "mm_base"), number(input, "mm_slope"))}};
}

}  // namespace

void add_margin_tiered(Registry& registry) {
    registry["margin.dydx_mmf_ppm"] = dydx_mmf_ppm;
    registry["margin.dydx_funding_clamp"] = dydx_funding_clamp;
    registry["margin.dydx_im_quantums"] = dydx_im_quantums;
    registry["margin.dydx_adjusted_imf_ppm"] = dydx_adjusted_imf_ppm;
    registry["margin.dydx_margin_requirements"] = dydx_margin_requirements;
    registry["margin.dydx_bankruptcy"] = dydx_bankruptcy;
    registry["margin.dydx_fillable"] = dydx_fillable;
    registry["margin.dydx_insurance_delta"] = dydx_insurance_delta;
    registry["margin.dydx_minmax_liquidatable"] = dydx_minmax_liquidatable;
    registry["margin.dydx_liq_price"] = dydx_liq_price;
    registry["margin.drift_asset_weight"] = drift_asset_weight;
    registry["margin.drift_liability_weight"] = drift_liability_weight;
    registry["margin.drift_scaled_asset_weight"] = drift_scaled_asset_weight;
    registry["margin.drift_pmr"] = drift_pmr;
    registry["margin.drift_hlm"] = drift_hlm;
    registry["margin.drift_base_to_cover"] = drift_base_to_cover;
    registry["margin.drift_liability_transfer"] = drift_liability_transfer;
    registry["margin.notional_tier_deductions"] = tier_deduction_list;
    registry["margin.binance_coinm_maint_amount"] = binance_coinm_maint_amount;
    registry["margin.ftx_imf"] = ftx_imf;
    registry["margin.deribit_sm_linear_future"] = deribit_sm_linear_future;
}

}  // namespace tidemark::vectors
