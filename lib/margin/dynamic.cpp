#include "margin/dynamic.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "margin/dynamic_pools.hpp"
#include "margin/joint_loss.hpp"
#include "margin/levels.hpp"

namespace tidemark::margin {
namespace {

constexpr std::array<std::string_view, 3> off_parts{"liquidity", "concentration", "orders"};

class DynamicModel final : public Model {
public:
    DynamicModel(DynamicParams params, const market::Market& market, double shortfall)
        : params_{std::move(params)},
          book_{market, params_},
          pools_{book_, params_, shortfall},
          joint_{market, params_} {}

    Status require(const market::Portfolio& portfolio, const market::Shift& shift, Requirement& out) override;
    [[nodiscard]] std::span<const std::string_view> off() const override { return off_parts; }
    [[nodiscard]] const market::View& view() const override { return book_.view(); }
    [[nodiscard]] Result<double> collateral_unit(market::AssetId asset) const override {
        return book_.collateral_unit(asset);
    }

private:
    JointLoss joint_loss(Timestamp now);
    void add_parts(double gamma_level, double risk, double multiplier, Requirement& out);
    void add_worst(const JointLoss& joint, Requirement& out);
    void add_ages(const JointLoss& joint, Requirement& out) const;

    DynamicParams params_;
    Book book_;
    Pools pools_;
    JointLosses joint_;
    std::vector<LossRow> rows_;
};

JointLoss DynamicModel::joint_loss(Timestamp now) {
    rows_.clear();
    for (std::size_t i = 0; i < pools_.pools().size(); ++i) {
        const Pool& pool = pools_.pools()[i];
        rows_.push_back({pool.underlying, pools_.changes(i), pool.down, pool.up, pool.linear});
    }
    return joint_.of(rows_, now);
}

void DynamicModel::add_parts(double gamma_level, double risk, double multiplier, Requirement& out) {
    double base = 0.0, volatility = 0.0, skew = 0.0;
    for (const Pool& pool : pools_.pools()) {
        const Range& range = pools_.range(pool.underlying);
        base += std::fabs(pool.exposure) * range.base;
        volatility += std::fabs(pool.exposure) * range.base * range.multiplier;
        skew += std::fabs(pool.exposure) * (pool.exposure > 0.0 ? range.down : range.up);
    }
    std::array<double, 6> levels{base, volatility, skew, gamma_level, risk, risk * multiplier};
    to_exact_grid(levels);
    out.parts = {};
    out.parts.base = levels[0];
    out.parts.volatility = levels[1] - levels[0];
    out.parts.skew = levels[2] - levels[1];
    out.parts.gamma = levels[3] - levels[2];
    out.parts.correlation = levels[4] - levels[3];
    out.parts.account = levels[5] - levels[4];
    out.initial_margin = levels[5];
}

void DynamicModel::add_worst(const JointLoss& joint, Requirement& out) {
    const auto& scenarios = pools_.scenarios();
    out.has_worst = true;
    out.worst.moves.clear();
    out.worst.vol = scenarios[std::min(joint.worst, scenarios.size() - 1)].vol;
    out.worst.loss = joint.together;
    for (const Pool& pool : pools_.pools())
        out.worst.moves.emplace_back(pool.underlying,
                                     pools_.grid(pool.underlying).moves.factor[joint.worst] - 1.0);
}

void DynamicModel::add_ages(const JointLoss& joint, Requirement& out) const {
    const market::Market& market = book_.market();
    for (const Pool& pool : pools_.pools())
        out.oldest = std::min(out.oldest, market.asset(pool.underlying).vol->ts);
    if (joint.correlated) out.oldest = std::min(out.oldest, market.correlations().ts);
}

Status DynamicModel::require(const market::Portfolio& portfolio, const market::Shift& shift,
                             Requirement& out) {
    if (Status valued = book_.value(portfolio, shift, out); !valued) return valued;
    const Timestamp now = book_.market().as_of(portfolio.ts);
    if (Status filled = pools_.fill(portfolio, shift, now); !filled) return filled;
    double alone = 0.0;
    for (const Pool& pool : pools_.pools()) alone += pool.worst;
    const JointLoss joint = joint_loss(now);
    const double risk = joint.risk + (1.0 - params_.offset_share) * (alone - joint.risk);
    const double multiplier =
        std::clamp(portfolio.multiplier, params_.account_multiplier_floor, params_.account_multiplier_cap);
    out.has_worst = false;
    if (shift.empty()) {
        add_parts(alone, risk, multiplier, out);
        if (!pools_.pools().empty()) add_worst(joint, out);
        add_ages(joint, out);
    } else {
        out.initial_margin = risk * multiplier;
    }
    out.maintenance_margin = params_.maintenance_ratio * out.initial_margin;
    return Ok{};
}

Error contradiction(std::string_view field, std::string_view wanted) {
    return {Errc::policy, std::string{wanted}, std::string{field}, 0};
}

Status consistent(const DynamicParams& p) {
    if (p.correlation_low > p.correlation_high)
        return contradiction("correlation_low", "want it not above correlation_high");
    const auto has = [&](double fraction) {
        return std::find(p.spot_fractions.begin(), p.spot_fractions.end(), fraction) !=
               p.spot_fractions.end();
    };
    if (!has(-1.0) || !has(0.0) || !has(1.0))
        return contradiction("spot_fractions", "want -1, 0 and 1 among them");
    for (const double tail : p.tail_fractions) {
        if (!(std::fabs(tail) > 1.0))
            return contradiction("tail_fractions", "want each beyond the range: below -1 or above 1");
    }
    return Ok{};
}

}  // namespace

Result<std::unique_ptr<Model>> make_dynamic(const policy::Document& document, const market::Market& market) {
    auto params = document.params<DynamicParams>();
    if (!params) return params.error();
    if (const Status fits = consistent(*params); !fits) return fits.error();
    const auto shortfall = shortfall_factor(*params);
    if (!shortfall) return shortfall.error();
    return std::unique_ptr<Model>{std::make_unique<DynamicModel>(*std::move(params), market, *shortfall)};
}

}  // namespace tidemark::margin
