#include <algorithm>
#include <cmath>
#include <numeric>

#include "liquidation/distance.hpp"
#include "scene.hpp"

namespace tidemark::laws {
namespace {

using margin::Requirement;
using market::Market;

void same_bits(const Requirement& a, const Requirement& b) {
    RC_ASSERT(a.equity == b.equity);
    RC_ASSERT(a.collateral_value == b.collateral_value);
    RC_ASSERT(a.initial_margin == b.initial_margin);
    RC_ASSERT(a.maintenance_margin == b.maintenance_margin);
    RC_ASSERT(a.parts == b.parts);
}

void finite_and_not_negative(const Subject& subject) {
    const Scene s{subject.preset, *weather(), *account(subject.book)};
    const Requirement r = required(*s.model, s.portfolio);
    RC_ASSERT(std::isfinite(r.initial_margin) && r.initial_margin >= 0.0);
    RC_ASSERT(r.maintenance_margin >= 0.0 && r.maintenance_margin <= r.initial_margin);
    RC_ASSERT(std::isfinite(r.equity));
}

void parts_sum_exactly(const Subject& subject) {
    Scene s{subject.preset, *weather(), *account(subject.book)};
    s.portfolio.multiplier = 0.01 * *rc::gen::inRange(50, 200);
    const Requirement r = required(*s.model, s.portfolio);
    auto parts = r.parts.amounts;
    RC_ASSERT(std::accumulate(parts.begin(), parts.end(), 0.0) == r.initial_margin);
    std::sort(parts.begin(), parts.end());
    RC_ASSERT(std::accumulate(parts.begin(), parts.end(), 0.0) == r.initial_margin);
}

void order_does_not_matter(const Subject& subject) {
    const Weather sky = *weather();
    Account held = *account(subject.book);
    const Scene straight{subject.preset, sky, held};
    std::vector<Line> lines = lines_of(sky);
    const auto by = *rc::gen::inRange<std::size_t>(0, lines.size());
    std::rotate(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(by), lines.end());
    if (by % 2 == 0) std::reverse(lines.begin(), lines.end());
    std::reverse(held.positions.begin(), held.positions.end());
    std::reverse(held.balances.begin(), held.balances.end());
    const auto turned = market_of(lines);
    same_bits(required(*straight.model, straight.portfolio),
              required(*model_of(subject.preset, *turned), portfolio_of(held, *turned)));
}

void opposites_cancel(const Subject& subject) {
    const Weather sky = *weather();
    const Account held = *account(subject.book);
    const Scene before{subject.preset, sky, held};
    Account more = held;
    const Account extra = *account(subject.book);
    for (const Position& p : extra.positions) {
        more.positions.push_back(p);
        more.positions.push_back({p.instrument, -p.lots, p.entry});
    }
    const Scene after{subject.preset, sky, more};
    const Requirement a = required(*before.model, before.portfolio),
                      b = required(*after.model, after.portfolio);
    RC_ASSERT(std::fabs(a.initial_margin - b.initial_margin) <= 1e-12 * after.gross);
    RC_ASSERT(std::fabs(a.equity - b.equity) <= 1e-12 * after.gross);
}

void powers_of_two_scale_exactly(const Subject& subject) {
    const Account held = *account(subject.book);
    const Scene s{subject.preset, *weather(), held};
    const double k = std::ldexp(1.0, *rc::gen::inRange(-30, 31));
    const Requirement one = required(*s.model, s.portfolio);
    const Requirement many = required(*s.model, portfolio_of(held, *s.market, k));
    RC_ASSERT(many.initial_margin == k * one.initial_margin);
    RC_ASSERT(many.maintenance_margin == k * one.maintenance_margin);
    RC_ASSERT(many.equity == k * one.equity);
}

void no_shift_is_shift_of_nothing(const Subject& subject) {
    const Scene s{subject.preset, *weather(), *account(subject.book)};
    const market::Shift still(s.market->assets(), 1.0);
    const Requirement a = required(*s.model, s.portfolio), b = required(*s.model, s.portfolio, still);
    RC_ASSERT(a.equity == b.equity);
    RC_ASSERT(std::fabs(a.initial_margin - b.initial_margin) <= 1e-13 * s.gross);
    RC_ASSERT(std::fabs(a.maintenance_margin - b.maintenance_margin) <= 1e-13 * s.gross);
}

void roots_put_back_are_edges(const Subject& subject) {
    const Scene s{subject.preset, *weather(), *account(subject.book)};
    const Requirement here = required(*s.model, s.portfolio);
    const auto found = liquidation::roots({*s.model, *s.market, s.portfolio, here}).value();
    for (const liquidation::Root& root : found) {
        market::Shift shift(s.market->assets(), 1.0);
        for (const market::AssetId asset :
             liquidation::underlyings({*s.model, *s.market, s.portfolio, here})) {
            if (root.all || asset == root.underlying) shift[asset] = root.factor;
        }
        const Requirement there = required(*s.model, s.portfolio, shift);
        RC_ASSERT(std::fabs(there.equity - there.maintenance_margin) <=
                  1e-9 * s.gross * std::max(1.0, root.factor));
    }
}

double greatest(const margin::ScenarioMatrix& matrix) {
    double loss = 0.0;
    for (const auto& [name, floor] : matrix.floors) loss = std::max(loss, floor);
    for (const margin::ScenarioRow& row : matrix.rows) loss = std::max(loss, row.loss);
    return loss;
}

void scenarios_are_what_the_worst_is_of(const Subject& subject) {
    const Scene s{subject.preset, *weather(), *account(subject.book)};
    const Requirement r = required(*s.model, s.portfolio);
    margin::ScenarioTable table;
    if (!s.model->scenarios(s.portfolio, table)) {
        RC_ASSERT(!r.has_worst);
        return;
    }
    double worst = 0.0;
    for (const margin::ScenarioMatrix& matrix : table.matrices) {
        for (const margin::ScenarioRow& row : matrix.rows) {
            RC_ASSERT(row.losses.size() == matrix.legs.size());
            const double sum = std::accumulate(row.losses.begin(), row.losses.end(), row.relief);
            RC_ASSERT(std::fabs(sum - row.loss) <= 1e-12 * s.gross);
        }
        RC_ASSERT(std::fabs(greatest(matrix) - matrix.loss) <= 1e-12 * s.gross);
        worst += matrix.loss;
    }
    if (r.has_worst) RC_ASSERT(std::fabs(worst - r.worst.loss) <= 1e-12 * s.gross);
}

}  // namespace

std::vector<Law> exact_laws() {
    return {{"a requirement is finite and not negative, and maintenance not above initial",
             finite_and_not_negative},
            {"parts sum to the requirement exactly, in any order", parts_sum_exactly},
            {"positions and market lines in any order give the same bits", order_does_not_matter},
            {"a position and its opposite change nothing", opposites_cancel, 0, costed | sided},
            {"scaling by a power of two scales every figure exactly", powers_of_two_scale_exactly, 0,
             sized | stepped},
            {"the legs of a scenario sum to its loss, and the greatest losses are the worst scenario's",
             scenarios_are_what_the_worst_is_of},
            {"a shift of nothing is no shift", no_shift_is_shift_of_nothing},
            {"a liquidation root put back gives equity equal to maintenance", roots_put_back_are_edges, 0,
             stepped}};
}

}  // namespace tidemark::laws
