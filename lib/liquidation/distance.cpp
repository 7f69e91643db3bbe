#include "liquidation/distance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/time.hpp"
#include "liquidation/first_passage.hpp"
#include "stats/optimise/roots.hpp"

namespace tidemark::liquidation {
namespace {

constexpr double lowest_factor = 1e-4, near_factor = 100.0, highest_factor = 1e4;
constexpr int points_a_side = 120;

/// Prices to look at: geometric, closer together near the price now, with 1 itself. A short of little in a
/// large account is liquidated hundreds of times above: there a few points are enough.
std::vector<double> ladder() {
    std::vector<double> all{1.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, highest_factor};
    for (int i = 1; i <= points_a_side; ++i) {
        const double part = static_cast<double>(i) / points_a_side;
        all.push_back(std::pow(lowest_factor, part * part));
        all.push_back(std::pow(near_factor, part * part));
    }
    return all;
}

/// The ladder, with every strike of the underlying and points on both sides of it: that is where payoffs
/// bend.
std::vector<double> points_for(const Case& account, market::AssetId underlying, bool all) {
    std::vector<double> points = ladder();
    for (const market::Holding& holding : account.portfolio.holdings) {
        const market::Instrument& instrument = account.market.instrument(holding.instrument);
        if (instrument.terms.kind != market::ContractKind::option || !instrument.quote ||
            !instrument.quote->forward_price)
            continue;
        if (!all && instrument.underlying != underlying) continue;
        const double at_strike = instrument.terms.strike / *instrument.quote->forward_price;
        for (const double beside : {0.9, 0.97, 1.0, 1.03, 1.1}) points.push_back(at_strike * beside);
    }
    std::sort(points.begin(), points.end());
    points.erase(std::unique(points.begin(), points.end()), points.end());
    std::erase_if(points, [](double f) { return f < lowest_factor || f > highest_factor; });
    return points;
}

double daily_vol(const market::Market& market, market::AssetId asset) {
    const auto& vol = market.asset(asset).vol;
    return vol ? vol->annual_vol / std::sqrt(days_per_year) : 0.0;
}

/// Roots along one line of prices, appended.
Status along(const Case& account, const std::vector<market::AssetId>& moving, bool all,
             std::vector<Root>& out) {
    market::Shift shift(account.market.assets(), 1.0);
    margin::Requirement moved;
    const stats::Curve excess = [&](double factor) -> Result<double> {
        for (const market::AssetId asset : moving) shift[asset] = factor;
        const Status required = account.model.require(account.portfolio, shift, moved);
        if (!required) return required.error();
        return moved.equity - moved.maintenance_margin;
    };
    const auto found = stats::roots(excess, points_for(account, moving.front(), all));
    if (!found) return found.error();
    for (const double factor : *found) {
        Root root{all, moving.front(), factor, 0.0};
        const double daily = all ? 0.0 : daily_vol(account.market, moving.front());
        if (daily > 0.0) root.sigmas = std::log(factor) / daily;
        out.push_back(root);
    }
    return Ok{};
}

}  // namespace

std::vector<market::AssetId> underlyings(const Case& account) {
    std::vector<market::AssetId> all;
    const auto& par = account.model.view().par_assets;
    for (const market::Holding& holding : account.portfolio.holdings)
        all.push_back(account.market.instrument(holding.instrument).underlying);
    for (const market::Balance& balance : account.portfolio.balances) {
        const bool at_par =
            std::find(par.begin(), par.end(), account.market.asset_name(balance.asset)) != par.end();
        if (!at_par || account.market.asset(balance.asset).vol) all.push_back(balance.asset);
    }
    std::sort(all.begin(), all.end(),
              [&](auto a, auto b) { return account.market.asset_rank(a) < account.market.asset_rank(b); });
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

std::optional<double> price_of(const Case& account, market::AssetId underlying) {
    const market::Valuation valuation{account.market, account.model.view()};
    if (const auto own = valuation.asset(underlying); own && !own->at_par) return own->price;
    for (const market::Holding& holding : account.portfolio.holdings) {
        if (account.market.instrument(holding.instrument).underlying != underlying) continue;
        if (const auto priced = valuation.instrument(holding.instrument)) return priced->price;
    }
    const auto par = valuation.asset(underlying);
    return par ? std::optional{par->price} : std::nullopt;
}

Result<std::vector<Root>> roots(const Case& account) {
    std::vector<Root> out;
    const auto moving = underlyings(account);
    for (const market::AssetId underlying : moving) {
        if (const Status done = along(account, {underlying}, false, out); !done) return done.error();
    }
    if (moving.size() > 1) {
        if (const Status done = along(account, moving, true, out); !done) return done.error();
    }
    return out;
}

Result<double> touch_probability(const Case& account, const std::vector<Root>& roots, double years) {
    const double buffer = account.now.equity - account.now.maintenance_margin;
    if (buffer < 0.0 || (buffer == 0.0 && account.now.maintenance_margin > 0.0)) return 1.0;
    double most = 0.0;
    for (const market::AssetId underlying : underlyings(account)) {
        double lower = 0.0, upper = std::numeric_limits<double>::infinity();
        for (const Root& root : roots) {
            if (root.all || root.underlying != underlying) continue;
            if (root.factor < 1.0) lower = std::max(lower, root.factor);
            if (root.factor > 1.0) upper = std::min(upper, root.factor);
        }
        if (lower == 0.0 && std::isinf(upper)) continue;
        const auto& vol = account.market.asset(underlying).vol;
        if (!vol)
            return Error{Errc::missing_market,
                         fmt::format("no vol of {}, so no touch_prob", account.market.asset_name(underlying)),
                         "", 0};
        most = std::max(most, corridor_touch_probability(lower, upper, vol->annual_vol, years,
                                                         martingale_drift(vol->annual_vol)));
    }
    return most;
}

}  // namespace tidemark::liquidation
