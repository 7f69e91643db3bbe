// Listed options and shares under Cboe's rules and Regulation T.
#pragma once

#include "margin/model/account_valuation.hpp"
#include "margin/model/model.hpp"

namespace tidemark::margin {

struct RegtParams : collateral::CollateralParams {
    double narrow_rate = 0.0, broad_rate = 0.0, least_rate = 0.0;
    double long_term_rate = 0.0, long_term_days = 0.0;
    double initial_long_share_rate = 0.0, initial_short_share_rate = 0.0;
    double maintenance_long_share_rate = 0.0, maintenance_short_share_rate = 0.0;
    double contract_size = 0.0;
    std::vector<std::string> broad_underlyings;
    policy::Table leverage;

    static constexpr auto params() {
        using policy::param;
        using T = RegtParams;
        return std::tuple_cat(
            collateral::CollateralParams::params(),
            std::tuple{
                param("narrow_rate", &T::narrow_rate, 0, 1, "of the underlying, for a short option"),
                param("broad_rate", &T::broad_rate, 0, 1, "the same of a broad-based index"),
                param("least_rate", &T::least_rate, 0, 1,
                      "least requirement: of the underlying for a call, of the strike for a put"),
                param("long_term_rate", &T::long_term_rate, 0, 1, "of the price of a long-term long option"),
                param("long_term_days", &T::long_term_days, 0, 10000,
                      "days to expiry from which that holds; sooner it is paid in full"),
                param("initial_long_share_rate", &T::initial_long_share_rate, 0, 1, "of long shares"),
                param("initial_short_share_rate", &T::initial_short_share_rate, 1, 3,
                      "of short shares, proceeds included"),
                param("maintenance_long_share_rate", &T::maintenance_long_share_rate, 0, 1,
                      "of long shares, to keep them"),
                param("maintenance_short_share_rate", &T::maintenance_short_share_rate, 1, 3,
                      "of short shares, to keep them"),
                param("contract_size", &T::contract_size, 1e-6, 1e6, "units of the underlying in a contract",
                      "units"),
                param("broad_underlyings", &T::broad_underlyings, 0, 0, "broad-based indices"),
                param("leverage", &T::leverage, 1, 10, "by underlying: multiple of a leveraged fund",
                      "times"),
            });
    }
};

/// The cheapest valid pairing (strategy_pairing.hpp) of the options and spot of each underlying, as what
/// equity has to be: shorts already count against it. require() refuses perps and futures (out_of_domain) and
/// needs an index price for each underlying with options. Fails with policy where maintenance rates of shares
/// are above the initial ones.
Result<std::unique_ptr<Model>> make_regt(const policy::Document& document, const market::Market& market);

}  // namespace tidemark::margin
