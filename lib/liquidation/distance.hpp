// How far an account is from the edge: where equity equals maintenance, and how likely prices are to go
// there.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "margin/model/model.hpp"

namespace tidemark::liquidation {

/// An account under one model; `now` is its requirement at market prices.
struct Case {
    margin::Model& model;
    const market::Market& market;
    const market::Portfolio& portfolio;
    const margin::Requirement& now;
};

struct Root {
    bool all = false;  // every underlying moves by this factor at once
    market::AssetId underlying = 0;
    double factor = 1.0;  // on the price now
    double sigmas = 0.0;  // ln(factor) over the daily standard deviation; 0 where its volatility is not known
};

/// What the account's equity moves with, in the order of names: the underlyings of positions, and every asset
/// held or owed but what the policy takes at par (unless a volatility says that it moves).
std::vector<market::AssetId> underlyings(const Case& account);

/// The price now of an underlying: its own, or else the mark or forward of what is held of it; none where
/// neither is known.
std::optional<double> price_of(const Case& account, market::AssetId underlying);

/// Every root of equity = maintenance_margin along each underlying alone and along all together, each
/// position repriced in full and the requirement with it; from 1/10000 of the price to 10,000 times it. Fails
/// as the model does.
Result<std::vector<Root>> roots(const Case& account);

/// Largest over underlyings of the probability that the nearest root below or above is touched within
/// `years`, for a price without drift. 1 for an account at or beyond its edge. Fails with missing_market
/// where an underlying has a root and no volatility: a probability that is not known is not 0.
Result<double> touch_probability(const Case& account, const std::vector<Root>& roots, double years);

}  // namespace tidemark::liquidation
