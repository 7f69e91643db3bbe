#include "margin/lending/lognormal_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/errors.hpp"
#include "margin/model/by_asset.hpp"
#include "margin/model/by_instrument.hpp"
#include "margin/model/exact_sums.hpp"

namespace tidemark::margin {
namespace {

constexpr std::array lognormal_parts{Part::base, Part::liquidity};

class LognormalModel final : public Model {
public:
    LognormalModel(LognormalParams params, const market::Market& market)
        : params_{std::move(params)}, prices_{market, params_} {}

    Status require(const market::Portfolio& portfolio, const market::Shift& shift, Requirement& out) override;
    [[nodiscard]] std::span<const Part> charged() const override { return lognormal_parts; }
    [[nodiscard]] const market::View& view() const override { return prices_.view(); }
    [[nodiscard]] Result<double> collateral_unit(market::AssetId asset) const override {
        return prices_.collateral_unit(asset);
    }

private:
    struct Sums {
        double maintenance = 0.0, slippage = 0.0;
    };

    Result<RiskFactors> factors(market::AssetId underlying);
    Status add(market::InstrumentId id, double qty, const market::Shift& shift, Sums& sums);

    LognormalParams params_;
    AccountValuation prices_;
    std::vector<std::optional<RiskFactors>> factors_;  // by asset
};

Result<RiskFactors> LognormalModel::factors(market::AssetId underlying) {
    if (factors_.size() <= underlying) factors_.resize(prices_.market().assets());
    if (!factors_[underlying]) {
        const auto made = lognormal_risk_factors(
            {params_.tail_level, params_.horizon_years, params_.drift,
             by_asset(params_.annual_vols, prices_.market().asset_name(underlying), 0.0)});
        if (!made) return made.error();
        factors_[underlying] = *made;
    }
    return *factors_[underlying];
}

Status LognormalModel::add(market::InstrumentId id, double qty, const market::Shift& shift, Sums& sums) {
    const market::Priced& priced = prices_.priced(id);
    if (priced.contract.kind == pricing::ContractKind::spot) return Ok{};
    if (priced.contract.kind == pricing::ContractKind::option ||
        priced.contract.payoff == pricing::Payoff::inverse)
        return Error{Errc::out_of_domain,
                     fmt::format("{}: want a linear perp or future for a lognormal risk factor",
                                 prices_.market().symbol(id)),
                     "", 0};
    const auto made = factors(priced.underlying);
    if (!made) return made.error();
    const double mark = priced.price * priced.conversion * market::factor_of(shift, priced.underlying);
    LognormalPosition position;
    position.qty = qty;
    position.mark_price = mark;
    LognormalRule rule;
    rule.factors = *made;
    const double without_slippage = lognormal_margin(position, rule).maintenance;
    rule.linear_slippage = params_.linear_slippage;
    const double maintenance = lognormal_margin(position, rule).maintenance;
    sums.maintenance += maintenance;
    sums.slippage += maintenance - without_slippage;
    return Ok{};
}

Status LognormalModel::require(const market::Portfolio& portfolio, const market::Shift& shift,
                               Requirement& out) {
    if (Status valued = prices_.value(portfolio, shift, out); !valued) return valued;
    Sums sums;
    const Status added = for_each_instrument(portfolio, [&](std::span<const market::Holding> held) {
        return add(held.front().instrument, net_qty(held), shift, sums);
    });
    if (!added) return added;
    const double initial = sums.maintenance * params_.initial_factor;
    std::array<double, 2> levels{initial - sums.slippage * params_.initial_factor, initial};
    to_exact_grid(levels);
    out.parts = {};
    out.parts[Part::base] = levels[0];
    out.parts[Part::liquidity] = levels[1] - levels[0];
    out.initial_margin = levels[1];
    out.maintenance_margin = std::min(sums.maintenance, levels[1]);
    out.has_worst = false;
    return Ok{};
}

}  // namespace

Result<std::unique_ptr<Model>> make_lognormal_es(const policy::Document& document,
                                                 const market::Market& market) {
    auto params = document.params<LognormalParams>();
    if (!params) return params.error();
    if (!params->annual_vols.contains(every_other_asset))
        return bad_policy("want * among them", "annual_vols");
    return std::unique_ptr<Model>{std::make_unique<LognormalModel>(*std::move(params), market)};
}

}  // namespace tidemark::margin
