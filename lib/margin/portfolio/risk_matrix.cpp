#include "margin/portfolio/risk_matrix.hpp"

#include <algorithm>
#include <cmath>

#include "margin/portfolio/discount.hpp"

namespace tidemark::margin {
namespace {

class MatrixBuilder {
public:
    MatrixBuilder(const UnderlyingLegs& book, const ScenarioRule& rule, RiskArrayPricer* pricer)
        : book_{book}, rule_{rule}, pricer_{pricer} {
        out_.scenarios = rule.scenarios.size();
        out_.pnl.assign(out_.scenarios, 0.0);
    }

    RiskMatrix build() && {
        for (const FutureLeg& leg : book_.futures) add_future(leg);
        for (const CollateralLeg& leg : book_.collateral) add_collateral(leg);
        for (const ExpiryLegs& expiry : book_.expiries) add_expiry(expiry);
        count();
        return std::move(out_);
    }

private:
    void add_future(const FutureLeg& leg);
    void add_collateral(const CollateralLeg& leg);
    void add_expiry(const ExpiryLegs& expiry);
    void add_basis(const ExpiryLegs& expiry, double now);
    void add_legs(const ExpiryLegs& expiry, double now);
    void put(double raw, double weighted, std::size_t scenario);
    void count();

    const UnderlyingLegs& book_;
    const ScenarioRule& rule_;
    RiskArrayPricer* pricer_;  // none where there are no options
    RiskMatrix out_;
    std::vector<double> rows_;   // of one expiry: value of each option, all of its quantity, in each column
    std::vector<double> total_;  // their sum
};

void MatrixBuilder::put(double raw, double weighted, std::size_t scenario) {
    out_.leg_raw_pnl.push_back(raw);
    out_.leg_pnl.push_back(weighted);
    out_.pnl[scenario] += weighted;
}

void MatrixBuilder::add_future(const FutureLeg& leg) {
    const Price now{leg.price};
    for (std::size_t k = 0; k < out_.scenarios; ++k) {
        const RiskScenario& s = rule_.scenarios[k];
        const double gain = leg.qty * pricing::future_gain(book_.payoff, now, now * (1.0 + s.move));
        put(gain, s.weight * gain, k);
    }
}

void MatrixBuilder::add_collateral(const CollateralLeg& leg) {
    for (std::size_t k = 0; k < out_.scenarios; ++k) {
        const RiskScenario& s = rule_.scenarios[k];
        const double gain = leg.follows_spot ? leg.value * s.move : 0.0;
        put(gain, s.weight * gain, k);
    }
}

void MatrixBuilder::add_expiry(const ExpiryLegs& expiry) {
    if (expiry.options.empty()) return;
    const std::size_t columns = pricer_->row_size();
    const double discount = discount_factor(expiry, rule_);
    rows_.resize(expiry.options.size() * columns);
    total_.assign(columns, 0.0);
    for (std::size_t i = 0; i < expiry.options.size(); ++i) {
        const OptionLeg& option = expiry.options[i];
        const std::span<double> row{&rows_[i * columns], columns};
        if (option.values.size() == columns) {
            std::copy(option.values.begin(), option.values.end(), row.begin());
        } else {
            pricer_->price(option, expiry, book_.payoff, row);
        }
        for (double& value : row) value *= discount * option.qty;
        pricing::add_row(total_, row, 1.0);
    }
    const double now = total_[pricer_->now()];
    out_.option_value += now;
    add_basis(expiry, now);
    add_legs(expiry, now);
}

void MatrixBuilder::add_basis(const ExpiryLegs& expiry, double now) {
    const double up = total_[pricer_->basis_up()] - now, down = total_[pricer_->basis_down()] - now;
    out_.basis_loss -= std::min({0.0, up, down}) * (rule_.basis.add + rule_.basis.per_year * expiry.years());
}

/// A skew may turn either way: what an expiry gains in it counts as lost.
void MatrixBuilder::add_legs(const ExpiryLegs& expiry, double now) {
    const std::size_t columns = pricer_->row_size();
    const StaticFactors factors = static_factors(expiry, rule_);
    std::vector<double> scale(out_.scenarios), sign(out_.scenarios, 1.0);
    for (std::size_t k = 0; k < out_.scenarios; ++k) {
        scale[k] = total_[k] >= 0.0 ? factors.gain : factors.loss;
        const bool gains = total_[k] * scale[k] > now;
        if (is_skew(rule_.scenarios[k].vol) && gains) sign[k] = -1.0;
    }
    for (std::size_t i = 0; i < expiry.options.size(); ++i) {
        const double* row = &rows_[i * columns];
        const double before = row[pricer_->now()];
        for (std::size_t k = 0; k < out_.scenarios; ++k)
            put(row[k] - before, rule_.scenarios[k].weight * sign[k] * (row[k] * scale[k] - before), k);
    }
}

void MatrixBuilder::count() {
    const double unit = book_.payoff == pricing::Payoff::inverse ? book_.spot : 1.0;
    out_.counted = out_.pnl;
    for (std::size_t k = 0; k < out_.scenarios; ++k) {
        double& pnl = out_.counted[k];
        const double relief = rule_.scenarios[k].relief / unit;
        pnl = std::copysign(std::max(0.0, std::fabs(pnl) - relief), pnl);
        if (pnl > 0.0) pnl = std::min(pnl * rule_.gain_offset, rule_.gain_cap);
    }
}

}  // namespace

Result<RiskMatrix> risk_matrix(const UnderlyingLegs& book, const ScenarioRule& rule,
                               RiskArrayPricer* pricer) {
    if (const Status sound = check_book(book); !sound) return sound.error();
    const bool options = std::any_of(book.expiries.begin(), book.expiries.end(),
                                     [](const ExpiryLegs& e) { return !e.options.empty(); });
    if (!options || pricer != nullptr) return MatrixBuilder{book, rule, pricer}.build();
    auto made = RiskArrayPricer::make(rule);
    if (!made) return made.error();
    return MatrixBuilder{book, rule, &*made}.build();
}

double scan_risk(std::span<const double> pnl) {
    double worst = 0.0;
    for (const double gain : pnl) worst = std::max(worst, -gain);
    return worst;
}

}  // namespace tidemark::margin
