// A margin model: from a portfolio and the market to what is required, and of what that is made.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/errors.hpp"
#include "core/margin_words.hpp"
#include "core/result.hpp"
#include "margin/model/scenario_table.hpp"
#include "market/portfolio.hpp"
#include "market/valuation.hpp"
#include "policy/describe.hpp"

namespace tidemark::margin {

struct WorstScenario {
    std::vector<std::pair<market::AssetId, double>> moves;  // by underlying, fraction
    VolMove vol = VolMove::none;
    double loss = 0.0;
};

/// What no fresh record told, so that the policy's own figure stands in for it.
struct Assumption {
    Assumed what{};
    market::AssetId asset = 0;

    friend bool operator==(const Assumption&, const Assumption&) = default;
};

/// A volatility that the speed limit of the policy holds back, or lets through.
struct SpeedNote {
    market::AssetId asset = 0;
    double measured = 0.0, in_use = 0.0;  // annual, before the stressed weight and bounds
    Speed speed{};
};

/// Account currency throughout.
struct Requirement {
    double equity = 0.0;            // collateral after haircut plus positions at mark
    double collateral_value = 0.0;  // after haircut, less debt
    double initial_margin = 0.0;
    double maintenance_margin = 0.0;
    Parts parts;
    bool has_worst = false;
    WorstScenario worst;
    Timestamp oldest;  // of the market records this rests on
    std::vector<Assumption> assumed;
    std::vector<SpeedNote> speed;
    double confidence_charge = 0.0;  // taken off equity for how unsure the prices of positions are
    double haircut_charge = 0.0;     // taken off equity for measured haircuts beyond those of the table
    std::optional<double> liquidation_threshold;
};

/// Owned by one thread: it keeps priced rows of the market it was made for, and scratch space.
class Model {
public:
    virtual ~Model() = default;

    /// Fails with missing_market, stale, expired or out_of_domain: then there is no figure at all, never one
    /// from the positions that happen to be known. `shift` moves prices of underlyings; parts and the worst
    /// scenario are filled in only for none.
    virtual Status require(const market::Portfolio& portfolio, const market::Shift& shift,
                           Requirement& out) = 0;

    /// Every scenario of the portfolio at prices as they are. The losses of those that bind add up to
    /// worst.loss of require(). Fails as require does, and with policy where the model has no scenarios.
    virtual Status scenarios(const market::Portfolio&, ScenarioTable&) {
        return bad_policy("want a model with scenarios", "model");
    }

    /// The parts that it charges for; it leaves the others at 0.
    [[nodiscard]] virtual std::span<const Part> charged() const = 0;
    /// Whether what is held and what is owed of one asset are weighed each by itself, as pools do: where not,
    /// they are one balance.
    [[nodiscard]] virtual bool weighs_sides() const { return false; }
    /// How it looks at prices.
    [[nodiscard]] virtual const market::View& view() const = 0;
    /// Account currency for one unit of an asset added as collateral; 0 where it counts for nothing.
    [[nodiscard]] virtual Result<double> collateral_unit(market::AssetId asset) const = 0;
};

/// What kind of rule a model is: which of the laws in tests/laws it promises follows. A policy may differ.
enum Trait : unsigned {
    sized = 1,  // charges more for a unit of a larger position, so that neither scaling nor splitting is free
    stepped = 2,   // rounds to money, so that equity jumps past the requirement
    netted = 4,    // one leg hedges another
    ranged = 8,    // follows a measured range over a list of scenarios
    paired = 16,   // charges legs that offset each other, which may have come from two accounts
    costed = 32,   // charges what was paid, which a position and its opposite leave changed
    joined = 64,   // takes underlyings whose options lose both ways to lose together both ways
    closed = 128,  // charges what closing costs in the measured market
    sided = 256,   // margins both sides of one contract, so that a position and its opposite are not nothing
};

/// One entry a model; the list that --list-policies, the man page and the property tests walk.
struct Rule {
    std::string_view name;
    std::string_view summary;
    Result<std::unique_ptr<Model>> (*make)(const policy::Document& document, const market::Market& market);
    policy::Schema schema;  // of its parameters
    unsigned traits = 0;
};

std::span<const Rule> rules();

/// Whether the policy's model follows a measured range.
bool follows_range(const policy::Document& document);

/// The margin policies and the parameters of every model.
const policy::Family& policies();

/// The model that a policy names, for one market. Fails with policy.
Result<std::unique_ptr<Model>> make_model(const policy::Document& document, const market::Market& market);

}  // namespace tidemark::margin
