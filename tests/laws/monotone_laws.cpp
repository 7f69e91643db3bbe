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
    Weather sky = *weather();
    const Account held = *account(delta_one);
    const Scene calm{subject.preset, sky, held};
    sky.level += *rc::gen::inRange(0, 40);
    const Scene wild{subject.preset, sky, held};
    RC_ASSERT(required(*wild.model, wild.portfolio).initial_margin >=
              required(*calm.model, calm.portfolio).initial_margin - 1e-14 * calm.gross);
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
    const std::int64_t too_old = 1 + std::max(view.quote_max_age_ms, view.vol_max_age_ms);
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
    RC_ASSERT(left.equity <= known.equity + 1e-14 * whole.gross);
}

}  // namespace

std::vector<Law> monotone_laws() {
    return {
        {"splitting an account never lowers the owner's total", splitting_never_lowers, 0, sized | paired | joined},
        {"a perfect hedge never raises a netted requirement", perfect_hedge_never_raises, netted},
        {"a superset of scenarios never lowers", more_scenarios_never_lower, ranged},
        {"more volatility everywhere never lowers a linear book", more_volatility_never_lowers, ranged},
        {"wider confidence never helps", wider_confidence_never_helps},
        {"a market line lost or aged never lowers a requirement or raises equity",
         missing_and_old_lines_never_lower}};
}

}  // namespace tidemark::laws
