#include "margin/options/regt/pairing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "margin/options/regt/pairing_match.hpp"

namespace tidemark::margin {
namespace {

using pricing::OptionType;

constexpr double quantity_step = 1e-6;  // finer quantities are not told apart when a common divisor is sought

/// What a split of the legs costs. Per share times contracts, shares aside.
class Cost {
public:
    Cost(std::span<const StrategyLeg> legs, const Shares& shares, const StrategyUnderlying& underlying,
         const StrategyParams& params, Basis basis)
        : legs_{legs},
          proceeds_{basis == Basis::equity ? 1.0 : 0.0},
          cover_calls_{std::max(0.0, shares.qty) / params.contract_size},
          cover_puts_{std::max(0.0, -shares.qty) / params.contract_size} {
        for (const StrategyLeg& leg : legs)
            alone_.push_back(leg.qty < 0.0 ? short_option_requirement(leg, underlying, params)
                                           : long_option_requirement(leg, params));
    }

    [[nodiscard]] double of(std::span<const double> limited) const {
        double sum = spread_requirement(legs_, limited);
        for (std::size_t i = 0; i < legs_.size(); ++i) sum += rest(i, limited) * charged(i);
        return sum - largest_saving(matches(limited));
    }

private:
    [[nodiscard]] double rest(std::size_t i, std::span<const double> limited) const {
        return std::fabs(legs_[i].qty) - limited[i];
    }

    [[nodiscard]] double charged(std::size_t i) const {
        return legs_[i].qty < 0.0 ? alone_[i] - proceeds_ * legs_[i].price : alone_[i];
    }

    [[nodiscard]] std::vector<std::size_t> shorts(OptionType type, std::span<const double> limited) const {
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < legs_.size(); ++i)
            if (legs_[i].type == type && legs_[i].qty < 0.0 && rest(i, limited) > 0.0) found.push_back(i);
        return found;
    }

    /// Left: short calls, then short shares. Right: short puts, then long shares.
    [[nodiscard]] MatchTable matches(std::span<const double> limited) const {
        const auto calls = shorts(OptionType::call, limited), puts = shorts(OptionType::put, limited);
        MatchTable table;
        for (const std::size_t i : calls) {
            table.left.push_back(rest(i, limited));
            for (const std::size_t j : puts)
                table.saving.push_back(straddle_saving(alone_[i], legs_[i].price, alone_[j], legs_[j].price));
            table.saving.push_back(charged(i));
        }
        for (const std::size_t j : puts) {
            table.right.push_back(rest(j, limited));
            table.saving.push_back(charged(j));
        }
        table.saving.push_back(0.0);
        table.left.push_back(cover_puts_);
        table.right.push_back(cover_calls_);
        return table;
    }

    std::span<const StrategyLeg> legs_;
    double proceeds_;  // part of a short's price that its account has already been charged
    double cover_calls_, cover_puts_;
    std::vector<double> alone_;
};

/// Euclid's, over whole numbers in doubles: fmod is exact at any size, where 64 bits are too few.
double greatest_divisor(double a, double b) {
    while (b != 0.0) a = std::exchange(b, std::fmod(a, b));
    return a;
}

double common_divisor(std::span<const StrategyLeg> legs) {
    double divisor = 0.0;
    for (const StrategyLeg& leg : legs)
        divisor = greatest_divisor(divisor, std::round(std::fabs(leg.qty) / quantity_step));
    return divisor * quantity_step;
}

double count_splits(std::span<const StrategyLeg> legs, double unit) {
    double product = 1.0;
    for (const StrategyLeg& leg : legs) product *= std::round(std::fabs(leg.qty) / unit) + 1.0;
    return product;
}

struct Best {
    double cost;
    std::vector<double> limited;

    bool offer(double candidate, const std::vector<double>& split) {
        if (!(candidate < cost - 1e-9 * std::fabs(cost))) return false;
        cost = candidate;
        limited = split;
        return true;
    }
};

/// Counts through all splits like an odometer.
void try_all(std::span<const StrategyLeg> legs, double unit, const Cost& cost, Best& best) {
    std::vector<double> split(legs.size(), 0.0);
    for (std::size_t i = 0; i < legs.size();) {
        if (split[i] + 0.5 * unit > std::fabs(legs[i].qty)) {
            split[i++] = 0.0;
            continue;
        }
        split[i] = std::min(split[i] + unit, std::fabs(legs[i].qty));
        i = 0;
        if (limited_risk(legs, split)) best.offer(cost.of(split), split);
    }
}

struct Pair {
    std::size_t bought, sold;
};

std::vector<Pair> pairs_of(std::span<const StrategyLeg> legs) {
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < legs.size(); ++i)
        for (std::size_t j = 0; j < legs.size(); ++j)
            if (legs[i].type == legs[j].type && legs[i].qty > 0.0 && legs[j].qty < 0.0)
                pairs.push_back({i, j});
    return pairs;
}

/// Looks for exchanges that make a split cheaper: one pair in or out of the set, or two of them together,
/// each as much as there is.
class Exchange {
public:
    Exchange(std::span<const StrategyLeg> legs, const Cost& cost)
        : legs_{legs}, cost_{cost}, pairs_{pairs_of(legs)} {}

    void improve(Best& best) const {
        while (improved(best, best.limited, 2)) {
        }
    }

private:
    bool improved(Best& best, const std::vector<double>& from, int exchanges) const {
        for (const Pair pair : pairs_) {
            const auto left = [&](std::size_t i) { return std::fabs(legs_[i].qty) - from[i]; };
            const double in = std::min(left(pair.bought), left(pair.sold));
            const double out = std::min(from[pair.bought], from[pair.sold]);
            for (const double amount : {in, -out}) {
                if (amount == 0.0) continue;
                std::vector<double> split = from;
                split[pair.bought] += amount;
                split[pair.sold] += amount;
                if (limited_risk(legs_, split) && best.offer(cost_.of(split), split)) return true;
                if (exchanges > 1 && improved(best, split, exchanges - 1)) return true;
            }
        }
        return false;
    }

    std::span<const StrategyLeg> legs_;
    const Cost& cost_;
    std::vector<Pair> pairs_;
};

/// Every short that finds a long which lives as long.
std::vector<double> all_pairs(std::span<const StrategyLeg> legs) {
    std::vector<double> split(legs.size(), 0.0);
    for (std::size_t j = 0; j < legs.size(); ++j)
        for (std::size_t i = 0; i < legs.size() && legs[j].qty < 0.0; ++i)
            if (legs[i].qty > 0.0 && legs[i].type == legs[j].type && legs[i].days >= legs[j].days) {
                const double amount = std::min(legs[i].qty - split[i], -legs[j].qty - split[j]);
                split[i] += amount;
                split[j] += amount;
            }
    return split;
}

Status check(std::span<const StrategyLeg> legs, const Shares& shares, const StrategyUnderlying& underlying) {
    bool finite = std::isfinite(shares.qty) && std::isfinite(shares.price) &&
                  std::isfinite(underlying.price) && std::isfinite(underlying.leverage);
    for (const StrategyLeg& leg : legs)
        finite = finite && std::isfinite(leg.strike) && std::isfinite(leg.price) && leg.price >= 0.0 &&
                 std::isfinite(leg.qty) && std::isfinite(leg.days);
    if (finite) return Ok{};
    return Error{Errc::out_of_domain, "want finite prices of 0 or more and finite quantities", "", 0};
}

}  // namespace

Result<StrategyPairing> cheapest_pairing(std::span<const StrategyLeg> legs, const Shares& shares,
                                         const StrategyUnderlying& underlying, const StrategyParams& params,
                                         Basis basis) {
    if (const Status valid = check(legs, shares, underlying); !valid) return valid.error();
    const Cost cost{legs, shares, underlying, params, basis};
    const std::vector<double> nothing(legs.size(), 0.0);
    Best best{cost.of(nothing), nothing};
    const double unit = common_divisor(legs);
    const bool exhaustive = unit == 0.0 || count_splits(legs, unit) <= exhaustive_splits;
    if (unit > 0.0 && exhaustive) {
        try_all(legs, unit, cost, best);
    } else if (!exhaustive) {
        const std::vector<double> everything = all_pairs(legs);
        Best from_full{cost.of(everything), everything};
        const Exchange exchange{legs, cost};
        exchange.improve(from_full);
        exchange.improve(best);
        if (from_full.cost < best.cost) best = from_full;
    }
    const double short_rate = params.short_share_rate - (basis == Basis::equity ? 1.0 : 0.0);
    const double share_rate = shares.qty < 0.0 ? short_rate : params.long_share_rate;
    return StrategyPairing{
        best.cost * params.contract_size + std::fabs(shares.qty) * shares.price * share_rate,
        std::move(best.limited), exhaustive};
}

}  // namespace tidemark::margin
