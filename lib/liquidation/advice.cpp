#include "liquidation/advice.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>

namespace tidemark::liquidation {
namespace {

using Meets = std::function<Result<bool>(double)>;
using Side = std::pair<market::InstrumentId, bool>;  // true: what is held long

Side side_of(const market::Holding& holding) {
    return {holding.instrument, holding.qty > 0.0};
}

Side side_closed_by(const Cut& cut) {
    return {cut.instrument, cut.qty < 0.0};
}

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

/// An account whose positions can be cut: what one unit of each row is worth is asked once.
class Cutter {
public:
    static Result<Cutter> of(const Case& account, market::AssetId cash);

    /// One side of one contract, to be closed whole.
    struct Candidate {
        Cut whole;
        double value = 0.0;  // traded where it is
    };

    /// In the order of rows.
    [[nodiscard]] const std::vector<Candidate>& candidates() const { return candidates_; }

    /// The portfolio with a part of one candidate closed, or (past the last) the same part of all.
    [[nodiscard]] market::Portfolio closed(std::size_t only, double part) const;
    [[nodiscard]] market::Portfolio after(std::map<Side, double> open) const;

    [[nodiscard]] std::vector<Cut> cuts(std::size_t only, double part) const;
    [[nodiscard]] Result<bool> enough(std::size_t only, double part) const {
        return covered(account_, closed(only, part));
    }

private:
    Cutter(const Case& account, market::AssetId cash) : account_{account}, cash_{cash} {}
    Status value_rows();

    const Case& account_;
    market::AssetId cash_;
    std::vector<double> units_;  // by row: value of one
    std::vector<Candidate> candidates_;
};

Result<Cutter> Cutter::of(const Case& account, market::AssetId cash) {
    Cutter made{account, cash};
    if (Status valued = made.value_rows(); !valued) return valued.error();
    return made;
}

Status Cutter::value_rows() {
    const market::Valuation valuation{account_.market, account_.model.view()};
    std::map<Side, std::size_t> known;
    for (const market::Holding& holding : account_.portfolio.holdings) {
        const auto priced = valuation.instrument(holding.instrument);
        if (!priced) return priced.error();
        units_.push_back(market::unit_value(*priced, holding.entry, 1.0));
        const auto [at, fresh] = known.try_emplace(side_of(holding), candidates_.size());
        if (fresh) candidates_.push_back({{holding.instrument, 0.0}, 0.0});
        const bool option = priced->contract.kind == pricing::ContractKind::option;
        const bool inverse = priced->contract.payoff == pricing::Payoff::inverse;
        Candidate& candidate = candidates_[at->second];
        candidate.whole.qty -= holding.qty;
        candidate.value +=
            std::fabs(holding.qty) * (inverse && !option ? 1.0 : priced->price) * priced->conversion;
    }
    return Ok{};
}

std::vector<Cut> Cutter::cuts(std::size_t only, double part) const {
    std::vector<Cut> cuts;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
        const Cut& whole = candidates_[i].whole;
        if (only == candidates_.size() || only == i) cuts.push_back({whole.instrument, part * whole.qty});
    }
    return cuts;
}

market::Portfolio Cutter::closed(std::size_t only, double part) const {
    std::map<Side, double> open;
    for (const Cut& cut : cuts(only, part)) open[side_closed_by(cut)] += std::fabs(cut.qty);
    return after(std::move(open));
}

/// `open` is what is still to be closed; the other side of an instrument held both long and short stays.
market::Portfolio Cutter::after(std::map<Side, double> open) const {
    market::Portfolio left = account_.portfolio;
    double proceeds = 0.0;
    for (std::size_t i = 0; i < left.holdings.size(); ++i) {
        market::Holding& holding = left.holdings[i];
        const auto found = open.find(side_of(holding));
        if (found == open.end() || found->second <= 0.0) continue;
        const double held = std::fabs(holding.qty);
        const double taken = std::copysign(std::min(found->second, held), holding.qty);
        proceeds += taken * units_[i];
        holding.qty -= taken;
        found->second -= std::fabs(taken);
    }
    std::erase_if(left.holdings, [](const market::Holding& h) { return h.qty == 0.0; });
    add_balance(left, cash_, proceeds, account_.model, account_.market);
    return left;
}

/// The least part, up to `most`, of one candidate (or, past the last, of all) whose cut is enough. A hedge
/// that is too large may help in part where closing it whole does not, so parts are tried from the smallest.
Result<std::optional<double>> least_part(const Cutter& cutter, std::size_t only, int tries, double most) {
    const Meets enough = [&](double part) { return cutter.enough(only, part); };
    for (int i = 1; i <= tries; ++i) {
        const double low = most * (i - 1.0) / tries, high = most * i / tries;
        const auto met = enough(high);
        if (!met) return met.error();
        if (!*met) continue;
        const auto part = least(enough, low, high);
        if (!part) return part.error();
        return std::optional{*part};
    }
    return std::optional<double>{};
}

/// Those of most value first, as many as the rows of the account leave time for.
std::vector<std::size_t> to_try(const Cutter& cutter, std::size_t count) {
    const auto& all = cutter.candidates();
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (order.size() <= count) return order;
    std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return all[i].value; });
    order.resize(count);
    return order;
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
    const auto cutter = Cutter::of(account, cash);
    if (!cutter) return cutter.error();
    std::map<Side, double> open;
    for (const Cut& cut : cuts) open[side_closed_by(cut)] += std::fabs(cut.qty);
    return cutter->after(std::move(open));
}

Result<std::vector<Cut>> smallest_cut(const Case& account, market::AssetId cash) {
    const auto cutter = Cutter::of(account, cash);
    if (!cutter) return cutter.error();
    // Beyond this many rows a requirement takes so long that parts are tried coarser, and fewer candidates.
    constexpr std::size_t few_rows = 512, many_rows = 4096;
    const std::size_t rows = account.portfolio.holdings.size(), all = cutter->candidates().size();
    const int tries = rows <= few_rows ? 32 : 2;
    std::vector<Cut> best;
    double best_value = INFINITY;
    for (const std::size_t i : to_try(*cutter, rows <= many_rows ? most_candidates : most_candidates / 4)) {
        const double value = cutter->candidates()[i].value;
        // No part above this one can be the cut of least value.
        const double most = value > best_value ? best_value / value : 1.0;
        const auto part = least_part(*cutter, i, tries, most);
        if (!part) return part.error();
        if (!*part || !(**part * value < best_value)) continue;
        best = cutter->cuts(i, **part);
        best_value = **part * value;
    }
    if (!best.empty() || all < 2) return best;
    const auto part = least_part(*cutter, all, tries, 1.0);
    if (!part) return part.error();
    return *part ? cutter->cuts(all, **part) : best;
}

}  // namespace tidemark::liquidation
