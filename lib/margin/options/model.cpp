#include "margin/options/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/errors.hpp"
#include "core/time.hpp"
#include "margin/model/by_asset.hpp"
#include "margin/model/by_instrument.hpp"
#include "margin/model/exact_sums.hpp"
#include "margin/model/notional_tiers.hpp"
#include "margin/options/standard_margin.hpp"

namespace tidemark::margin {
namespace {

constexpr std::array charged_parts{Part::base};

StandardMarginParams option_params(const StrategyModelParams& p) {
    StandardMarginParams params;
    params.max_spot_rate = p.max_spot_rate;
    params.min_spot_rate = p.min_spot_rate;
    params.maintenance_call = p.maintenance_call_rate;
    params.maintenance_put = p.maintenance_put_rate;
    params.maintenance_put_mark = p.maintenance_put_mark_rate;
    params.initial_over_maintenance = p.put_initial_over_maintenance;
    params.unpaired_initial = p.unpaired_initial;
    params.unpaired_maintenance = p.unpaired_maintenance;
    params.max_loss_offset = p.max_loss_offset == 1.0;
    params.spot_shock = p.spot_shock;
    params.confidence_threshold = p.oracle_threshold;
    params.confidence_factor = p.oracle_rate;
    params.depeg_threshold = p.peg_threshold;
    params.depeg_factor = p.peg_factor;
    return params;
}

/// That of the first row that reaches to the expiry; beyond the last an option is backed in full.
double upper_bound(const StrategyModelParams& p, Timestamp now, Timestamp expiry) {
    const auto row =
        std::lower_bound(p.upper_bound_days.begin(), p.upper_bound_days.end(), days_between(now, expiry));
    const auto i = static_cast<std::size_t>(row - p.upper_bound_days.begin());
    return i < p.upper_bounds.size() ? p.upper_bounds[i] : 1.0;
}

struct ExpiryGroup {
    market::AssetId underlying = 0;
    Timestamp expiry;
    StandardExpiry options;  // account currency
};

struct Needed {
    double initial = 0.0, maintenance = 0.0;
};

class StrategyModel final : public Model {
public:
    StrategyModel(const StrategyModelParams& params, const market::Market& market)
        : params_{params},
          option_params_{option_params(params)},
          prices_{market, params, AccountValuation::Needs::marks} {}

    Status require(const market::Portfolio& portfolio, const market::Shift& shift, Requirement& out) override;
    [[nodiscard]] std::span<const Part> charged() const override { return charged_parts; }
    [[nodiscard]] const market::View& view() const override { return prices_.view(); }
    [[nodiscard]] Result<double> collateral_unit(market::AssetId asset) const override {
        return prices_.collateral_unit(asset);
    }

private:
    Status add(std::span<const market::Holding> held, const market::Shift& shift, Timestamp now,
               Requirement& out, Needed& needed);
    [[nodiscard]] Result<double> add_on(const market::AssetValue& index) const;
    void add_option(const market::Instrument& instrument, const market::Priced& priced, double qty,
                    double factor);
    [[nodiscard]] Needed future(std::span<const market::Holding> held, double factor) const;
    Status add_expiries(const market::Shift& shift, Timestamp now, Requirement& out, Needed& needed);

    StrategyModelParams params_;
    StandardMarginParams option_params_;
    AccountValuation prices_;
    std::vector<ExpiryGroup> groups_;
};

Needed StrategyModel::future(std::span<const market::Holding> held, double factor) const {
    const market::Priced& priced = prices_.priced(held.front().instrument);
    const std::string& asset = prices_.market().asset_name(priced.underlying);
    const Exposure exposure = exposure_of(held, priced, factor);
    if (exposure.units == 0.0) return {};
    const double size = exposure.units, unit = exposure.notional / exposure.units;
    return {sloped_requirement(size, unit, by_asset(params_.future_initial_rates, asset, 0.0),
                               by_asset(params_.future_initial_slopes, asset, 0.0)),
            sloped_requirement(size, unit, by_asset(params_.future_maintenance_rates, asset, 0.0),
                               by_asset(params_.future_maintenance_slopes, asset, 0.0))};
}

void StrategyModel::add_option(const market::Instrument& instrument, const market::Priced& priced, double qty,
                               double factor) {
    const Timestamp expiry = *instrument.terms.expiry;
    auto group = std::find_if(groups_.begin(), groups_.end(), [&](const ExpiryGroup& g) {
        return g.underlying == priced.underlying && g.expiry == expiry;
    });
    if (group == groups_.end()) {
        groups_.push_back({priced.underlying, expiry, {}});
        group = groups_.end() - 1;
        group->options.forward = priced.price * priced.conversion * factor;
    }
    group->options.options.push_back({priced.contract.strike.value() * priced.conversion,
                                      priced.contract.option_type, qty,
                                      market::unit_value(priced, 0.0, factor)});
}

/// Of notional at the index: for a doubtful one, and for a settlement coin below its peg.
Result<double> StrategyModel::add_on(const market::AssetValue& index) const {
    const auto stable = prices_.stable_price(params_.peg_assets);
    if (!stable) return stable.error();
    return doubt_rate(confidence_of(index), option_params_) + depeg_rate(*stable, option_params_);
}

Status StrategyModel::add(std::span<const market::Holding> held, const market::Shift& shift, Timestamp now,
                          Requirement& out, Needed& needed) {
    const market::InstrumentId id = held.front().instrument;
    const market::Priced& priced = prices_.priced(id);
    const double factor = market::factor_of(shift, priced.underlying);
    switch (priced.contract.kind) {
        case pricing::ContractKind::option:
            add_option(prices_.market().instrument(id), priced, net_qty(held), factor);
            return Ok{};
        case pricing::ContractKind::perp:
        case pricing::ContractKind::future: {
            const Needed alone = future(held, factor);
            needed.initial += alone.initial;
            needed.maintenance += alone.maintenance;
            if (params_.oracle_threshold == 0.0 && params_.peg_threshold == 0.0) return Ok{};
            const auto spot = prices_.index(priced.underlying, now, out.oldest);
            if (!spot) return spot.error();
            const auto rate = add_on(*spot);
            if (!rate) return rate.error();
            needed.initial += exposure_of(held, priced, factor).units * spot->price * factor * *rate;
            return Ok{};
        }
        case pricing::ContractKind::spot:
            break;
    }
    return Error{Errc::out_of_domain,
                 fmt::format("want perps, futures and options, got {}", prices_.market().symbol(id)), "", 0};
}

Status StrategyModel::add_expiries(const market::Shift& shift, Timestamp now, Requirement& out,
                                   Needed& needed) {
    for (ExpiryGroup& group : groups_) {
        const auto at = prices_.index(group.underlying, now, out.oldest);
        if (!at) return at.error();
        const double spot = at->price * market::factor_of(shift, group.underlying);
        group.options.upper_bound = upper_bound(params_, now, group.expiry);
        const StandardMargin headroom = expiry_margin(group.options, spot, option_params_);
        needed.initial += headroom.mark_to_market - headroom.initial;
        const auto rate = add_on(*at);
        if (!rate) return rate.error();
        needed.initial += short_qty(group.options) * spot * *rate;
        needed.maintenance += headroom.mark_to_market - headroom.maintenance;
    }
    return Ok{};
}

Status StrategyModel::require(const market::Portfolio& portfolio, const market::Shift& shift,
                              Requirement& out) {
    if (Status valued = prices_.value(portfolio, shift, out); !valued) return valued;
    groups_.clear();
    Needed needed;
    const Timestamp now = prices_.market().as_of(portfolio.ts);
    Status added = for_each_instrument(
        portfolio, [&](std::span<const market::Holding> held) { return add(held, shift, now, out, needed); });
    if (!added) return added;
    if (Status expiries = add_expiries(shift, now, out, needed); !expiries) return expiries;
    std::array<double, 1> initial{std::max(0.0, needed.initial)};
    to_exact_grid(initial);
    out.parts = {};
    out.parts[Part::base] = initial[0];
    out.initial_margin = initial[0];
    out.maintenance_margin = std::clamp(needed.maintenance, 0.0, initial[0]);
    out.has_worst = false;
    return Ok{};
}

Status check(const StrategyModelParams& p) {
    if (p.min_spot_rate > p.max_spot_rate)
        return bad_policy("want it not above max_spot_rate", "min_spot_rate");
    if (p.maintenance_call_rate > p.min_spot_rate)
        return bad_policy("want it not above min_spot_rate", "maintenance_call_rate");
    if (p.maintenance_put_rate > p.min_spot_rate)
        return bad_policy("want it not above min_spot_rate", "maintenance_put_rate");
    if (p.max_loss_offset != 0.0 && p.max_loss_offset != 1.0)
        return bad_policy("want 0 or 1", "max_loss_offset");
    if (p.upper_bounds.size() != p.upper_bound_days.size())
        return bad_policy("want one for each of upper_bound_days", "upper_bounds");
    const bool ascend = std::is_sorted(p.upper_bound_days.begin(), p.upper_bound_days.end());
    if (!ascend) return bad_policy("want them ascending", "upper_bound_days");
    if (!p.future_initial_rates.contains(every_other_asset))
        return bad_policy("want an entry for *", "future_initial_rates");
    if (!p.future_maintenance_rates.contains(every_other_asset))
        return bad_policy("want an entry for *", "future_maintenance_rates");
    return Ok{};
}

}  // namespace

Result<std::unique_ptr<Model>> make_strategy(const policy::Document& document, const market::Market& market) {
    const auto params = document.params<StrategyModelParams>();
    if (!params) return params.error();
    if (const Status valid = check(*params); !valid) return valid.error();
    return std::unique_ptr<Model>{std::make_unique<StrategyModel>(*params, market)};
}

}  // namespace tidemark::margin
