// Margin of perps and futures one by one: notional tiers, a premium on size, and on open interest.
#pragma once

#include "margin/model/account_valuation.hpp"
#include "margin/model/model.hpp"

namespace tidemark::margin {

struct TieredParams : collateral::CollateralParams {
    std::vector<std::string> tier_assets;  // one row a tier, by underlying; "*" for all others
    std::vector<double> tier_floors, tier_initial_rates, tier_maintenance_rates;
    double tiers_in_units = 0.0, tiers_are_graded = 1.0;
    policy::Table size_limits, leverages;
    policy::Table imf_factors;
    double imf_base_share = 0.0, imf_maintenance_share = 0.0;
    policy::Table open_interest_lower, open_interest_upper, open_interest_value;
    double closing_fee_rate = 0.0, closing_fee_at_bankruptcy = 0.0;
    double held_at_mark = 0.0, held_at_entry = 0.0;
    std::string opposite_sides;
    double orders_weight = 0.0;
    policy::Table loan_initial_rates, loan_maintenance_rates;

    static constexpr auto params() {
        using policy::param;
        using T = TieredParams;
        return std::tuple_cat(
            collateral::CollateralParams::params(),
            std::tuple{
                param("tier_assets", &T::tier_assets, 0, 0,
                      "underlying of each tier, in ascending tiers; * is every other one"),
                param("tier_floors", &T::tier_floors, 0, 1e15, "size from which each tier holds",
                      "money or units"),
                param("tier_initial_rates", &T::tier_initial_rates, 0, 1,
                      "initial margin at each tier, of the whole notional"),
                param("tier_maintenance_rates", &T::tier_maintenance_rates, 0, 1,
                      "maintenance margin at each tier"),
                param("tiers_in_units", &T::tiers_in_units, 0, 1,
                      "1: sizes are units of the underlying; 0: notional in account currency", "0 or 1"),
                param("tiers_are_graded", &T::tiers_are_graded, 0, 1,
                      "1: a maintenance rate holds for what is within its tier; 0: for the whole size",
                      "0 or 1"),
                param("size_limits", &T::size_limits, 0, 1e15,
                      "by underlying: largest size that the tiers are for; none where not named",
                      "money or units"),
                param("leverages", &T::leverages, 1, 1000,
                      "by underlying: leverage the account has chosen; the tier's largest where not named",
                      "times"),
                param("imf_factors", &T::imf_factors, 0, 10,
                      "by underlying: size premium per square root of a unit held", "fraction per root unit"),
                param("imf_base_share", &T::imf_base_share, 0, 1,
                      "part of the tier's rate that the size premium comes on top of"),
                param("imf_maintenance_share", &T::imf_maintenance_share, 0, 1,
                      "part of the size factor that maintenance margin has"),
                param("open_interest_lower", &T::open_interest_lower, 0, 9e12,
                      "by underlying: open interest from which initial margin rises", "units"),
                param("open_interest_upper", &T::open_interest_upper, 0, 9e12,
                      "by underlying: open interest at which it is the whole notional", "units"),
                param("open_interest_value", &T::open_interest_value, 0, 9e12,
                      "by underlying: open interest of a market at least, account currency"),
                param("closing_fee_rate", &T::closing_fee_rate, 0, 0.1,
                      "fee to close, of notional, added to both margins"),
                param("closing_fee_at_bankruptcy", &T::closing_fee_at_bankruptcy, 0, 1,
                      "1: that fee is on the notional at the price that uses up the initial margin",
                      "0 or 1"),
                param("held_at_mark", &T::held_at_mark, 0, 1,
                      "1: requirements stay at the mark where a price is moved; 0: they follow it", "0 or 1"),
                param("held_at_entry", &T::held_at_entry, 0, 1,
                      "1: requirements are of the notional at entry, whatever the mark is", "0 or 1"),
                param(
                    "opposite_sides", &T::opposite_sides, 0, 0,
                    "a long and a short of one contract at once: sum, both are margined; larger, the larger "
                    "is; net, what is left of them",
                    {}, "\"sum\""),
                param("orders_weight", &T::orders_weight, 0, 1,
                      "part of the initial margin that open orders would add, buys or sells of a contract "
                      "all filled; 0 is off",
                      {}, "0"),
                param("loan_initial_rates", &T::loan_initial_rates, 0, 10,
                      "by asset owed, * for all others: initial margin of what is owed; none: loans are not "
                      "charged, and `off` says so",
                      {}, "{}"),
                param("loan_maintenance_rates", &T::loan_maintenance_rates, 0, 10,
                      "the same of maintenance margin", {}, "{}"),
            });
    }
};

/// Instrument by instrument, without offset. Initial: notional x the tier's rate, with the size premium and
/// the scaling by open interest (the ticker's, or the policy's where that is more) that raise it as
/// `concentration`; maintenance: tier by tier, with its share of
/// the size premium. require() refuses options, underlyings without a tier, and sizes beyond their limit at
/// the market as it is (out_of_domain). Fails with policy where the tiers do not ascend from 0 or a
/// maintenance rate is above the initial one.
Result<std::unique_ptr<Model>> make_tiered(const policy::Document& document, const market::Market& market);

}  // namespace tidemark::margin
