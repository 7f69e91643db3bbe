#include <algorithm>

#include "scene.hpp"

namespace tidemark::laws {
namespace {

using margin::Requirement;
using market::Market;

void splitting_never_lowers(const Subject& subject) {
    const Weather sky = *weather();
    const Account held = *account(subject.book);
    const Scene whole{subject.preset, sky, held};
    const int mask = *rc::gen::inRange(0, 1 << 16);
    Account a, b;
    for (std::size_t i = 0; i < held.positions.size(); ++i)
        ((mask >> (i % 16) & 1) != 0 ? a : b).positions.push_back(held.positions[i]);
    for (std::size_t i = 0; i < held.balances.size(); ++i)
        ((mask >> (15 - i % 16) & 1) != 0 ? a : b).balances.push_back(held.balances[i]);
    const auto need = [&](const Account& account) {
        return required(*whole.model, portfolio_of(account, *whole.market)).initial_margin;
    };
    RC_ASSERT(need(a) + need(b) >=
              required(*whole.model, whole.portfolio).initial_margin - 1e-12 * whole.gross);
}

void perfect_hedge_never_raises(const Subject& subject) {
    // The same delta-one exposure in the other perpetual of BTC or ETH.
    const auto coin = *rc::gen::inRange<std::size_t>(0, 2);
    const int lots = *rc::gen::inRange(1, 1001);
    const int sign = *rc::gen::element(-1, 1);
    Account naked;
    naked.positions = {{twins[coin][0], sign * lots, 0}};
    Account hedged = naked;
    hedged.positions.push_back({twins[coin][1], -sign * lots, 0});
    const Weather sky = *weather();
    const Scene one{subject.preset, sky, naked}, both{subject.preset, sky, hedged};
    const double before = required(*one.model, one.portfolio).initial_margin;
    const double after = required(*both.model, both.portfolio).initial_margin;
    RC_ASSERT(after <= before * (1.0 + 1e-12));
}

void more_scenarios_never_lower(const Subject& subject) {
    const Scene s{subject.preset, *weather(), *account(subject.book)};
    const auto found = std::find_if(policy::presets().begin(), policy::presets().end(),
                                    [&](const policy::Preset& p) { return p.name == subject.preset; });
    std::string text{found->text};
    const auto add = [&](const std::string& list, double low, double high) {
        const double value = low + (high - low) * 0.001 * *rc::gen::inRange(0, 1001);
        text.insert(text.find(list) + list.size(), std::to_string(value) + ", ");
    };
    add(R"("spot_fractions": [)", -1.0, 1.0);
    add(R"("tail_fractions": [)", 1.1, 5.0);
    add(R"("tail_fractions": [)", -5.0, -1.1);
    const Requirement fewer = required(*s.model, s.portfolio);
    const Requirement more = required(*model_of(subject.preset, *s.market, text), s.portfolio);
    RC_ASSERT(more.initial_margin >= fewer.initial_margin);
}

void more_volatility_never_lowers(const Subject& subject) {
    // Of a linear book, all underlyings together. The leg that hedges may grow with its own volatility alone
    // and then hedge more; and a grid that grows may step over the one price at which options lose most.
    const int accounts = 20;  // in each of the 500 cases: ten thousand
    Weather sky = *weather(), wilder = sky;
    wilder.level += 10;
    for (int i = 0; i < accounts; ++i) {
        const Account held = *account(delta_one);
        const Scene calm{subject.preset, sky, held}, wild{subject.preset, wilder, held};
        RC_ASSERT(required(*wild.model, wild.portfolio).initial_margin >=
                  required(*calm.model, calm.portfolio).initial_margin - 1e-14 * calm.gross);
    }
}

void more_volatility_never_lowers_one_way(const Subject& subject) {
    // Of a book that hedges nothing, any underlying alone over an anchor that stays.
    Weather sky = *weather();
    Account held = *account(delta_one);
    for (Position& position : held.positions) position.lots = std::abs(position.lots);
    for (Balance& balance : held.balances) balance.units = std::abs(balance.units);
    const Scene calm{subject.preset, sky, held};
    const auto coin = *rc::gen::inRange<std::size_t>(0, 3);
    sky.annual[coin] += *rc::gen::inRange(0, 40);
    const Scene wild{subject.preset, sky, held};
    RC_ASSERT(required(*wild.model, wild.portfolio).initial_margin >=
              required(*calm.model, calm.portfolio).initial_margin - 1e-14 * calm.gross);
}

void less_depth_never_helps(const Subject& subject) {
    Weather sky = *weather();
    const Account held = *account(subject.book);
    const Scene deep{subject.preset, sky, held};
    const auto coin = *rc::gen::inRange<std::size_t>(0, 3);
    if (sky.depth[coin] == 0) return;
    sky.depth[coin] -= *rc::gen::inRange(0, sky.depth[coin]);
    sky.state[coin] = *rc::gen::inRange(sky.state[coin], 4);
    const Scene thin{subject.preset, sky, held};
    const Requirement a = required(*deep.model, deep.portfolio), b = required(*thin.model, thin.portfolio);
    RC_ASSERT(b.initial_margin >= a.initial_margin * (1.0 - 1e-14));
    RC_ASSERT(b.equity <= a.equity + 1e-14 * deep.gross);
}

void open_orders_never_lower(const Subject& subject) {
    Scene s{subject.preset, *weather(), *account(subject.book)};
    const Requirement without = required(*s.model, s.portfolio);
    const market::Portfolio ordered = portfolio_of(*account(subject.book), *s.market);
    for (const market::Holding& holding : ordered.holdings) {
        std::optional<double> limit;
        if (holding.entry > 0.0) limit = holding.entry;
        s.portfolio.orders.push_back({holding.instrument, holding.qty, limit, holding.rank});
    }
    const Requirement with = required(*s.model, s.portfolio);
    RC_ASSERT(with.initial_margin >= without.initial_margin * (1.0 - 1e-14));
    RC_ASSERT(with.equity == without.equity);
    RC_ASSERT(with.maintenance_margin == without.maintenance_margin);
}

void wider_confidence_never_helps(const Subject& subject) {
    Weather sky = *weather();
    const Account held = *account(subject.book);
    const Scene sure{subject.preset, sky, held};
    sky.confidence += *rc::gen::inRange(0, 500);
    const Scene unsure{subject.preset, sky, held};
    const Requirement a = required(*sure.model, sure.portfolio),
                      b = required(*unsure.model, unsure.portfolio);
    RC_ASSERT(b.initial_margin >= a.initial_margin);
    RC_ASSERT(b.equity <= a.equity);
}

void missing_and_old_lines_never_lower(const Subject& subject) {
    const Weather sky = *weather();
    const Account held = *account(subject.book);
    const Scene whole{subject.preset, sky, held};
    const Requirement known = required(*whole.model, whole.portfolio);
    const std::vector<Line> lines = lines_of(sky);
    const auto lost = *rc::gen::inRange<std::size_t>(0, lines.size());
    const market::View& view = whole.model->view();
    const std::int64_t too_old = 1 + std::max(view.quotes.max_age_ms, view.vols.max_age_ms);
    const bool aged = *rc::gen::arbitrary<bool>();
    Market market;
    for (const char* par : {"USD", "USDC", "USDT"}) RC_ASSERT(static_cast<bool>(market.know_asset(par)));
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i == lost && !aged) continue;
        const Timestamp ts{now.ms - (i == lost ? too_old : 0)};
        RC_ASSERT(static_cast<bool>(lines[i].put(market, ts)));
    }
    market.set_as_of(now);
    for (const std::string& symbol : symbols()) {
        if (!market.find_instrument(symbol))
            RC_ASSERT(static_cast<bool>(
                market.put_terms(symbol, market::parse_symbol(symbol).value(), std::optional<Timestamp>{})));
    }
    market.prepare();
    Requirement left;
    const Status status = model_of(subject.preset, market)->require(portfolio_of(held, market), {}, left);
    if (!status) return;
    RC_LOG() << (aged ? "aged: " : "lost: ") << lines[lost].name << '\n';
    RC_ASSERT(left.initial_margin >= known.initial_margin * (1.0 - 1e-14));
    const auto unsure = [](const Requirement& r) {
        return std::count_if(r.assumed.begin(), r.assumed.end(),
                             [](const margin::Assumption& a) { return a.what == Assumed::confidence; });
    };
    if (unsure(left) > unsure(known)) return;  // a price taken to be sure is marked as such
    RC_ASSERT(left.equity <= known.equity + 1e-14 * whole.gross);
}

}  // namespace

std::vector<Law> monotone_laws() {
    return {{"splitting an account never lowers the owner's total", splitting_never_lowers, 0,
             sized | paired | joined},
            {"a perfect hedge never raises a netted requirement", perfect_hedge_never_raises, netted},
            {"a superset of scenarios never lowers", more_scenarios_never_lower, ranged},
            {"more volatility everywhere never lowers a linear book", more_volatility_never_lowers, ranged},
            {"more volatility of one underlying never lowers a linear book that hedges nothing",
             more_volatility_never_lowers_one_way, closed},
            {"less depth and a worse state never lower a requirement or raise equity", less_depth_never_helps,
             closed},
            {"open orders never lower", open_orders_never_lower, closed},
            {"wider confidence never helps", wider_confidence_never_helps},
            {"a market line lost or aged never lowers a requirement or raises equity",
             missing_and_old_lines_never_lower}};
}

}  // namespace tidemark::laws
