#include "margin/tiered/static_rate.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/errors.hpp"
#include "margin/model/by_instrument.hpp"
#include "margin/model/exact_sums.hpp"

namespace tidemark::margin {
namespace {

constexpr std::array static_parts{Part::base};

class StaticModel final : public Model {
public:
    StaticModel(StaticParams params, const market::Market& market)
        : params_{std::move(params)}, prices_{market, params_, AccountValuation::Needs::marks} {}

    Status require(const market::Portfolio& portfolio, const market::Shift& shift,
                   Requirement& out) override {
        if (Status valued = prices_.value(portfolio, shift, out); !valued) return valued;
        std::array<double, 1> initial{0.0};
        double maintenance = 0.0;
        Status added = for_each_instrument(portfolio, [&](std::span<const market::Holding> held) -> Status {
            initial[0] += required(held, shift, params_.initial_rate);
            maintenance += required(held, shift, params_.maintenance_rate);
            return Ok{};
        });
        if (!added) return added;
        to_exact_grid(initial);
        out.parts = {};
        out.parts[Part::base] = initial[0];
        out.initial_margin = initial[0];
        out.maintenance_margin = std::min(maintenance, initial[0]);
        out.has_worst = false;
        return Ok{};
    }

    [[nodiscard]] std::span<const Part> charged() const override { return static_parts; }
    [[nodiscard]] const market::View& view() const override { return prices_.view(); }
    [[nodiscard]] Result<double> collateral_unit(market::AssetId asset) const override {
        return prices_.collateral_unit(asset);
    }

private:
    [[nodiscard]] double required(std::span<const market::Holding> held, const market::Shift& shift,
                                  double rate) const {
        const market::Priced& priced = prices_.priced(held.front().instrument);
        const double factor = market::factor_of(shift, priced.underlying);
        if (priced.contract.kind != pricing::ContractKind::option)
            return rate * exposure_of(held, priced, factor).notional;
        const double qty = net_qty(held);
        const double by_notional = rate * std::fabs(qty) * priced.price * priced.conversion * factor;
        return qty > 0.0 ? std::min(by_notional, qty * market::unit_value(priced, 0.0, factor)) : by_notional;
    }

    StaticParams params_;
    AccountValuation prices_;
};

}  // namespace

Result<std::unique_ptr<Model>> make_static(const policy::Document& document, const market::Market& market) {
    auto params = document.params<StaticParams>();
    if (!params) return params.error();
    if (params->maintenance_rate > params->initial_rate)
        return bad_policy("want it not above initial_rate", "maintenance_rate");
    return std::unique_ptr<Model>{std::make_unique<StaticModel>(*std::move(params), market)};
}

}  // namespace tidemark::margin
