#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/errors.hpp"
#include "margin/dynamic/model.hpp"
#include "margin/lending/lognormal_model.hpp"
#include "margin/lending/model.hpp"
#include "margin/model/model.hpp"
#include "margin/options/model.hpp"
#include "margin/options/regt/model.hpp"
#include "margin/portfolio/model.hpp"
#include "margin/portfolio/parameters.hpp"
#include "margin/tiered/model.hpp"
#include "margin/tiered/static_rate.hpp"

namespace tidemark::margin {

std::span<const Rule> rules() {
    static constexpr Rule all[] = {
        {"dynamic", "expected shortfall that moves with volatility, every position repriced, cross-margined",
         make_dynamic, policy::schema<DynamicParams>, netted | ranged | joined | sized | closed},
        {"scenario", "the worst of a grid of price and volatility moves, by the rules of option venues",
         make_scenario, policy::schema<ScenarioParams>, netted},
        {"lognormal-es", "expected shortfall of a lognormal price over a horizon, market by market",
         make_lognormal_es, policy::schema<LognormalParams>},
        {"tiered", "notional tiers, size and open-interest premiums, position by position", make_tiered,
         policy::schema<TieredParams>, sized | sided},
        {"strategy", "options expiry by expiry with an offset for limited loss, futures by size",
         make_strategy, policy::schema<StrategyModelParams>},
        {"regt", "listed options and shares: the cheapest valid pairing of legs", make_regt,
         policy::schema<RegtParams>, stepped},
        {"lending", "collateral and debt at their weights, health not below 0", make_lending,
         policy::schema<LendingParams>},
        {"static", "one fixed rate on notional; the baseline everything is compared with", make_static,
         policy::schema<StaticParams>},
    };
    return all;
}

const policy::Family& policies() {
    static const policy::Family family = [] {
        policy::Family margin{"margin", policy::presets(), {}};
        for (const Rule& rule : rules()) margin.models.push_back({rule.name, rule.summary, rule.schema});
        return margin;
    }();
    return family;
}

namespace {

/// An error of a policy that is a file says which one.
Result<std::unique_ptr<Model>> naming_file(Result<std::unique_ptr<Model>> made, const std::string& file) {
    if (made || file.empty() || made.error().code != Errc::policy) return made;
    Error& error = made.error();
    if (!error.field.empty()) error.message = fmt::format("{}: {}", error.field, error.message);
    error.field = file;
    return made;
}

}  // namespace

Result<std::unique_ptr<Model>> make_model(const policy::Document& document, const market::Market& market) {
    std::vector<std::string_view> names;
    for (const Rule& rule : rules()) {
        if (rule.name == document.model()) return naming_file(rule.make(document, market), document.file());
        names.push_back(rule.name);
    }
    return bad_policy(
        fmt::format("want one of the models {}, got '{}'", fmt::join(names, ", "), document.model()),
        "model");
}

bool follows_range(const policy::Document& document) {
    const auto all = rules();
    return std::any_of(all.begin(), all.end(), [&](const Rule& rule) {
        return rule.name == document.model() && (rule.traits & ranged) != 0;
    });
}

}  // namespace tidemark::margin
