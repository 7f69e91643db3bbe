// The laws of margin models, on random accounts in random weather. The same seed gives the same accounts;
// RC_PARAMS="seed=1 max_success=100000" in the environment asks for others.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include "liquidation/distance.hpp"
#include "synthetic.hpp"

namespace tidemark::laws {
namespace {

using margin::Model;
using margin::Requirement;
using market::Market;
using market::Portfolio;

/// What kind of rule a policy is: which laws it promises follows.
enum Trait : unsigned {
    sized = 1,  // charges more for a unit of a larger position, so that neither scaling nor splitting is free
    stepped = 2,  // rounds to money, so that equity jumps past the requirement
    netted = 4,   // one leg hedges another
    ranged = 8,   // follows a measured range over a list of scenarios
    paired = 16,  // charges legs that offset each other, which may have come from two accounts
};

/// A policy, what its rule knows, and what it is.
struct Subject {
    std::string_view preset;
    Book book;
    unsigned traits;
};

std::unique_ptr<Model> model_of(std::string_view preset, const Market& market, const std::string& text = {}) {
    const auto document =
        text.empty() ? policy::preset(preset).value() : policy::Document::parse(text).value();
    return margin::make_model(document, market).value();
}

Requirement required(Model& model, const Portfolio& portfolio, const market::Shift& shift = {}) {
    Requirement out;
    const Status status = model.require(portfolio, shift, out);
    if (!status) RC_FAIL(status.error().message);
    return out;
}

/// A market, a model of it and an account in it.
struct Scene {
    Scene(std::string_view preset, const Weather& weather, const Account& held)
        : market{market_of(lines_of(weather))},
          model{model_of(preset, *market)},
          portfolio{portfolio_of(held, *market)},
          gross{gross_of(portfolio, *market)} {}

    std::unique_ptr<Market> market;
    std::unique_ptr<Model> model;
    Portfolio portfolio;
    double gross;
};

std::array<double, 9> parts_of(const margin::Parts& p) {
    return {p.base,      p.volatility,    p.skew,    p.gamma, p.correlation,
            p.liquidity, p.concentration, p.account, p.orders};
}

void same_bits(const Requirement& a, const Requirement& b) {
    RC_ASSERT(a.equity == b.equity);
    RC_ASSERT(a.collateral_value == b.collateral_value);
    RC_ASSERT(a.initial_margin == b.initial_margin);
    RC_ASSERT(a.maintenance_margin == b.maintenance_margin);
    RC_ASSERT(parts_of(a.parts) == parts_of(b.parts));
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
    auto parts = parts_of(r.parts);
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
        for (const market::AssetId asset : liquidation::underlyings(*s.market, s.portfolio)) {
            if (root.all || asset == root.underlying) shift[asset] = root.factor;
        }
        const Requirement there = required(*s.model, s.portfolio, shift);
        RC_ASSERT(std::fabs(there.equity - there.maintenance_margin) <=
                  1e-9 * s.gross * std::max(1.0, root.factor));
    }
}

struct Law {
    const char* says;
    void (*check)(const Subject& subject);
    unsigned needs = 0, except = 0;  // traits
};

const std::vector<Law>& laws() {
    static const std::vector<Law> all{
        {"a requirement is finite and not negative, and maintenance not above initial",
         finite_and_not_negative},
        {"parts sum to the requirement exactly, in any order", parts_sum_exactly},
        {"positions and market lines in any order give the same bits", order_does_not_matter},
        {"a position and its opposite change nothing", opposites_cancel},
        {"scaling by a power of two scales every figure exactly", powers_of_two_scale_exactly, 0,
         sized | stepped},
        {"splitting an account never lowers the owner's total", splitting_never_lowers, 0, sized | paired},
        {"a perfect hedge never raises a netted requirement", perfect_hedge_never_raises, netted},
        {"a superset of scenarios never lowers", more_scenarios_never_lower, ranged},
        {"more volatility everywhere never lowers a linear book", more_volatility_never_lowers, ranged},
        {"wider confidence never helps", wider_confidence_never_helps},
        {"a market line lost or aged never lowers a requirement or raises equity",
         missing_and_old_lines_never_lower},
        {"a shift of nothing is no shift", no_shift_is_shift_of_nothing},
        {"a liquidation root put back gives equity equal to maintenance", roots_put_back_are_edges, 0,
         stepped}};
    return all;
}

const std::vector<Subject>& subjects() {
    static const std::vector<Subject> all{{"dynamic", anything, netted | ranged},
                                          {"static", anything, 0},
                                          {"aave-v3", no_positions, 0},
                                          {"binance-usdm", bitcoin, sized},
                                          {"cboe-regt", options, stepped},
                                          {"deribit-pm-2019", anything, paired},
                                          {"deribit-sm", anything, sized},
                                          {"deribit-spm", anything, sized},
                                          {"derive-pm1", anything, netted},
                                          {"derive-pm2", anything, netted},
                                          {"derive-srm", anything, 0},
                                          {"drift", delta_one, sized},
                                          {"dydx-v4", delta_one, 0},
                                          {"ftx-imf", delta_one, sized},
                                          {"hyperliquid", delta_one, sized},
                                          {"hyperliquid-2023-03", delta_one, sized},
                                          {"mango-v4", linear, 0},
                                          {"paradex-pm", anything, netted},
                                          {"span16", anything, netted},
                                          {"vega", linear, 0}};
    return all;
}

/// Every built-in policy has to say what it promises.
bool all_are_subjects() {
    bool all = true;
    for (const policy::Preset& preset : policy::presets()) {
        const bool known = std::any_of(subjects().begin(), subjects().end(),
                                       [&](const Subject& subject) { return subject.preset == preset.name; });
        if (!known)
            std::printf("%s: want it among the subjects of the laws\n", std::string{preset.name}.c_str());
        all = all && known;
    }
    return all;
}

bool obey() {
    bool all_hold = all_are_subjects();
    for (const Law& law : laws()) {
        for (const Subject& subject : subjects()) {
            if ((subject.traits & law.needs) != law.needs || (subject.traits & law.except) != 0) continue;
            const bool holds =
                rc::check(std::string{subject.preset} + ": " + law.says, [&] { law.check(subject); });
            all_hold = all_hold && holds;
        }
    }
    return all_hold;
}

}  // namespace
}  // namespace tidemark::laws

int main() {
    setenv("RC_PARAMS", "seed=20260101 max_success=500", 0);
    std::printf("RC_PARAMS=\"%s\"\n", std::getenv("RC_PARAMS"));
    return tidemark::laws::obey() ? 0 : 1;
}
