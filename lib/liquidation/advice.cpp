#include "liquidation/advice.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace tidemark::liquidation {
namespace {

using Meets = std::function<Result<bool>(double)>;

/// The least x in (low, high] with meets(x), where it holds at high: bisected until no double lies between.
Result<double> least(const Meets& meets, double low, double high) {
    while (true) {
        const double middle = low + 0.5 * (high - low);
        if (!(middle > low && middle < high)) return high;
        const auto met = meets(middle);
        if (!met) return met.error();
        (*met ? high : low) = middle;
    }
}

Result<bool> covered(const Case& account, const market::Portfolio& portfolio) {
    margin::Requirement requirement;
    const Status required = account.model.require(portfolio, {}, requirement);
    if (!required) return required.error();
    return requirement.equity >= requirement.initial_margin;
}

void add_balance(market::Portfolio& portfolio, market::AssetId asset, double qty, const margin::Model& model,
                 const market::Market& market) {
    for (market::Balance& balance : portfolio.balances) {
        const bool same_side = !model.weighs_sides() || (balance.qty < 0.0) == (qty < 0.0);
        if (balance.asset == asset && same_side) {
            balance.qty += qty;
            return;
        }
    }
    portfolio.balances.push_back({asset, qty});
    portfolio.sort(market);
}

Result<double> value_of(const Case& account, const market::Holding& holding) {
    const market::Valuation valuation{account.market, account.model.view()};
    const auto priced = valuation.instrument(holding.instrument);
    if (!priced) return priced.error();
    return holding.qty * market::unit_value(*priced, holding.entry, 1.0);
}

Result<double> traded_value(const Case& account, const Cut& cut) {
    const market::Valuation valuation{account.market, account.model.view()};
    const auto priced = valuation.instrument(cut.instrument);
    if (!priced) return priced.error();
    const bool option = priced->contract.kind == pricing::ContractKind::option;
    const bool inverse = priced->contract.payoff == pricing::Payoff::inverse;
    return std::fabs(cut.qty) * (inverse && !option ? 1.0 : priced->price) * priced->conversion;
}

std::vector<Cut> cuts_of(const Case& account, std::size_t only, double part) {
    std::vector<Cut> cuts;
    const auto& holdings = account.portfolio.holdings;
    const bool of_all = only == holdings.size();
    for (std::size_t i = of_all ? 0 : only; i < (of_all ? only : only + 1); ++i)
        cuts.push_back({holdings[i].instrument, -part * holdings[i].qty});
    return cuts;
}

/// The portfolio with the same part of every position closed: what after_cuts does with all cuts, in one
/// pass.
Result<market::Portfolio> after_part(const Case& account, double part, market::AssetId cash) {
    market::Portfolio left = account.portfolio;
    double proceeds = 0.0;
    for (market::Holding& holding : left.holdings) {
        const double taken = part * holding.qty;
        const auto value = value_of(account, {holding.instrument, taken, holding.entry, holding.rank});
        if (!value) return value.error();
        proceeds += *value;
        holding.qty -= taken;
    }
    std::erase_if(left.holdings, [](const market::Holding& h) { return h.qty == 0.0; });
    add_balance(left, cash, proceeds, account.model, account.market);
    return left;
}

/// The positions whose cuts are tried: all of a book of usual size, the largest by value of a larger one, so
/// that advice takes time in proportion to the account. In the order of the account.
Result<std::vector<std::size_t>> candidates(const Case& account) {
    constexpr std::size_t most_rows = 200'000, fewest = 8;  // rows judged, for each part that is tried
    const std::size_t count = account.portfolio.holdings.size();
    std::vector<std::size_t> all(count);
    std::iota(all.begin(), all.end(), std::size_t{0});
    if (count * count <= most_rows) return all;
    std::vector<double> values(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto value = traded_value(account, cuts_of(account, i, 1.0).front());
        if (!value) return value.error();
        values[i] = *value;
    }
    std::stable_sort(all.begin(), all.end(), [&](auto a, auto b) { return values[a] > values[b]; });
    all.resize(std::min(count, std::max(fewest, most_rows / count)));
    std::sort(all.begin(), all.end());
    return all;
}

/// The least part of one position (or, past the last, of all) whose cut is enough. A hedge that is too large
/// may help in part where closing it whole does not, so parts are tried from the smallest.
Result<std::optional<double>> least_part(const Case& account, std::size_t only, market::AssetId cash) {
    const Meets enough = [&](double part) -> Result<bool> {
        const bool of_all = only == account.portfolio.holdings.size();
        const auto left = of_all ? after_part(account, part, cash)
                                 : after_cuts(account, cuts_of(account, only, part), cash);
        if (!left) return left.error();
        return covered(account, *left);
    };
    constexpr int tries = 32;
    for (int i = 1; i <= tries; ++i) {
        const auto met = enough(static_cast<double>(i) / tries);
        if (!met) return met.error();
        if (!*met) continue;
        const auto part = least(enough, (i - 1.0) / tries, static_cast<double>(i) / tries);
        if (!part) return part.error();
        return std::optional{*part};
    }
    return std::optional<double>{};
}

}  // namespace

Result<std::optional<double>> top_up(const Case& account, market::AssetId asset) {
    const auto unit = account.model.collateral_unit(asset);
    if (!unit || *unit <= 0.0) return std::optional<double>{};
    const Meets enough = [&](double qty) -> Result<bool> {
        market::Portfolio more = account.portfolio;
        add_balance(more, asset, qty, account.model, account.market);
        return covered(account, more);
    };
    const double shortfall = account.now.initial_margin - account.now.equity;
    double high = std::max(shortfall, 1e-6) / *unit;
    const double most =
        1000.0 * (std::fabs(account.now.initial_margin) + std::fabs(account.now.equity) + 1.0) / *unit;
    while (high <= most) {
        const auto met = enough(high);
        if (!met) return met.error();
        if (*met) {
            const auto amount = least(enough, 0.0, high);
            if (!amount) return amount.error();
            return std::optional{*amount};
        }
        high *= 2.0;
    }
    return std::optional<double>{};
}

Result<market::Portfolio> after_cuts(const Case& account, const std::vector<Cut>& cuts,
                                     market::AssetId cash) {
    market::Portfolio left = account.portfolio;
    double proceeds = 0.0;
    for (const Cut& cut : cuts) {
        double open = -cut.qty;
        for (market::Holding& holding : left.holdings) {
            // The other side of an instrument held both long and short stays.
            if (holding.instrument != cut.instrument || !(holding.qty * open > 0.0)) continue;
            const bool all = std::fabs(open) >= std::fabs(holding.qty);
            const double taken = all ? holding.qty : open;
            const auto value = value_of(account, {holding.instrument, taken, holding.entry, holding.rank});
            if (!value) return value.error();
            proceeds += *value;
            holding.qty -= taken;
            open -= taken;
        }
    }
    std::erase_if(left.holdings, [](const market::Holding& h) { return h.qty == 0.0; });
    add_balance(left, cash, proceeds, account.model, account.market);
    return left;
}

Result<std::vector<Cut>> smallest_cut(const Case& account, market::AssetId cash) {
    std::vector<Cut> best;
    double best_value = 0.0;
    const std::size_t count = account.portfolio.holdings.size();
    const auto tried = candidates(account);
    if (!tried) return tried.error();
    for (const std::size_t i : *tried) {
        const auto part = least_part(account, i, cash);
        if (!part) return part.error();
        if (!*part) continue;
        auto cuts = cuts_of(account, i, **part);
        const auto value = traded_value(account, cuts.front());
        if (!value) return value.error();
        if (best.empty() || *value < best_value) {
            best = std::move(cuts);
            best_value = *value;
        }
    }
    if (!best.empty() || count < 2) return best;
    const auto part = least_part(account, count, cash);
    if (!part) return part.error();
    return *part ? cuts_of(account, count, **part) : best;
}

}  // namespace tidemark::liquidation
