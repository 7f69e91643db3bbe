// What a competent engineer writes in an afternoon: the margins of margin-calc's dynamic model with getline,
// a JSON library and erfc, every position repriced in every scenario. Speed is measured against this, and its
// figures are compared with margin-calc's.
//
//     plain_margin POLICY.json < market-and-accounts.jsonl
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "plain_formulas.hpp"
#include "plain_market.hpp"

namespace {

constexpr double year_ms = 365.0 * 86'400'000.0;

enum class VolMove { up, none, down };

struct Scenario {
    double fraction, weight;
    VolMove vol;
};

struct UnderlyingSet {
    double exposure = 0.0, base = 0.0, multiplier = 0.0, down = 0.0, up = 0.0;
    std::vector<double> moves, pnl;
    bool linear = true;
};

class Calculator {
public:
    explicit Calculator(json policy) : policy_(std::move(policy)) {
        for (const auto& [name, value] : policy_.items()) {
            if (value.is_number()) params_[name] = value;
        }
        for (const VolMove vol : {VolMove::up, VolMove::none, VolMove::down}) {
            for (const double fraction : policy_["spot_fractions"])
                scenarios_.push_back({fraction, 1.0, vol});
        }
        const double damping = params_["tail_damping"];
        for (const double fraction : policy_["tail_fractions"])
            scenarios_.push_back({fraction, std::min(1.0, damping / std::fabs(fraction)), VolMove::up});
        shortfall_ = expected_shortfall(1.0 - params_["confidence"], policy_["tail_degrees_of_freedom"]) *
                     std::sqrt(params_["horizon_days"] / 365.0);
    }

    json margin(const json& account) {
        json out = {{"model", "dynamic"}, {"currency", "USD"}};
        out["policy"] = policy_["policy"].get<std::string>() + "@" + policy_["version"].get<std::string>();
        try {
            compute(account, out);
            out["status"] = "ok";
        } catch (const std::runtime_error& error) {
            out["status"] = "indeterminate";
            out["reason"] = error.what();
        }
        return out;
    }

    Market market;

private:
    double param(const char* name) const { return params_.find(name)->second; }

    void check_age(std::int64_t ts, const char* limit, const std::string& of) {
        if (static_cast<double>(at_ - ts) > 1000.0 * param(limit)) throw std::runtime_error("stale: " + of);
        oldest_ = std::min(oldest_, ts);
    }

    double asset_price(const std::string& name) {
        const Asset& asset = market.assets[name];
        if (asset.has_price) {
            check_age(asset.price_ts, "quote_max_age_seconds", name);
            return asset.price;
        }
        for (const auto& par : policy_["par_assets"]) {
            if (par == name) return 1.0;
        }
        throw std::runtime_error("no price of " + name);
    }

    void set_range(UnderlyingSet& pool, const Asset& asset) const {
        const double multiplier = asset.annual_vol / asset.base_annual_vol, most = param("max_down_move");
        pool.base = shortfall_ * asset.base_annual_vol;
        pool.multiplier = std::clamp(multiplier, param("multiplier_floor"), param("multiplier_cap"));
        double down = 1.0 + param("unquoted_skew"), up = down;
        if (asset.implied > 0.0) {
            down = std::max(1.0, (asset.implied + asset.bf25 - 0.5 * asset.rr25) / asset.implied);
            up = std::max(1.0, (asset.implied + asset.bf25 + 0.5 * asset.rr25) / asset.implied);
        }
        pool.down = std::min(most, pool.base * pool.multiplier * down);
        pool.up = pool.base * pool.multiplier * up;
        for (const Scenario& one : scenarios_)
            pool.moves.push_back(std::max(-most, one.fraction * (one.fraction < 0.0 ? pool.down : pool.up)));
    }

    UnderlyingSet& pool_of(const std::string& underlying) {
        const auto found = pools_.find(underlying);
        if (found != pools_.end()) return found->second;
        const Asset& asset = market.assets[underlying];
        if (!asset.has_vol) throw std::runtime_error("no vol of " + underlying);
        check_age(asset.vol_ts, "vol_max_age_seconds", underlying);
        UnderlyingSet& pool = pools_[underlying];
        pool.pnl.resize(scenarios_.size());
        set_range(pool, asset);
        return pool;
    }

    void add_linear(UnderlyingSet& pool, double exposure) const {
        pool.exposure += exposure;
        for (std::size_t k = 0; k < scenarios_.size(); ++k)
            pool.pnl[k] += exposure * scenarios_[k].weight * pool.moves[k];
    }

    double add_collateral(const json& balance) {
        const std::string name = balance["asset"];
        const double qty = number(balance["qty"]), price = asset_price(name);
        const Asset& asset = market.assets[name];
        const double margin = param("confidence_multiple") * asset.confidence;
        if (asset.has_vol && qty != 0.0) add_linear(pool_of(name), qty * price);
        if (qty < 0.0) return qty * (price + margin);
        const double haircut = policy_["haircuts"].value(name, param("default_haircut"));
        return qty * std::max(0.0, price - margin) * (1.0 - haircut);
    }

    double shocked_vol(const Instrument& one, double days, VolMove move) const {
        const double power = param(days <= 30.0 ? "vol_power_short" : "vol_power_long");
        const double tenor = std::pow(30.0 / std::max(days, param("vol_floor_days")), power);
        if (move == VolMove::down) return one.vol * std::max(0.0, 1.0 - param("vol_range_down") * tenor);
        return std::max(one.vol * (1.0 + param("vol_range_up") * tenor), param("min_vol_on_up"));
    }

    double add_option(const Instrument& one, double qty, double conversion) {
        UnderlyingSet& pool = pool_of(one.underlying);
        pool.linear = false;
        const double years = static_cast<double>(one.expiry - one.ts) / year_ms, root = std::sqrt(years);
        const double up = shocked_vol(one, years * 365.0, VolMove::up);
        const double down = shocked_vol(one, years * 365.0, VolMove::down);
        const double now = black76(one.forward, one.strike, one.vol * root, one.call);
        for (std::size_t k = 0; k < scenarios_.size(); ++k) {
            const Scenario& scenario = scenarios_[k];
            const double vol = scenario.vol == VolMove::up     ? up
                               : scenario.vol == VolMove::down ? down
                                                               : one.vol;
            const double then =
                black76(one.forward * (1.0 + pool.moves[k]), one.strike, vol * root, one.call);
            pool.pnl[k] += qty * (then - now) * conversion * scenario.weight;
        }
        const double deviation = one.vol * root;
        const double d1 = std::log(one.forward / one.strike) / deviation + 0.5 * deviation;
        const double delta = normal_below(d1) - (one.call ? 0.0 : 1.0);
        pool.exposure += qty * delta * one.forward * conversion;
        return qty * one.mark * (one.coin ? one.forward : 1.0) * conversion;
    }

    double add_position(const json& position) {
        const std::string symbol = position["symbol"];
        const auto found = market.instruments.find(symbol);
        if (found == market.instruments.end() || !found->second.quoted)
            throw std::runtime_error("no ticker of " + symbol);
        const Instrument& one = found->second;
        const double qty = number(position["qty"]);
        const bool inverse = one.settle == one.underlying;
        check_age(one.ts, "quote_max_age_seconds", symbol);
        const double conversion = asset_price(inverse ? one.settle : one.quote);
        if (one.kind == "option")
            return add_option(one, qty, inverse ? conversion / one.forward : conversion);
        const double entry = number(position["entry_price"]);
        add_linear(pool_of(one.underlying), qty * conversion * (inverse ? 1.0 : one.mark));
        return qty * conversion * (inverse ? 1.0 - entry / one.mark : one.mark - entry);
    }

    std::pair<double, double> pair_bounds(const std::string& a, const std::string& b) const {
        const double least = param("correlation_low"), most = param("correlation_high");
        const auto rho = market.correlations.find({a, b});
        if (rho == market.correlations.end()) return {least, most};
        const double band = param("correlation_band");
        return {std::clamp(rho->second - band, least, most), std::clamp(rho->second + band, least, most)};
    }

    struct Side {
        std::string name;
        const UnderlyingSet* pool;
        double down = 0.0, up = 0.0, loss = 0.0, room = 1.0;
    };

    std::vector<Side> sides() const {
        std::vector<Side> all;
        for (const auto& [name, pool] : pools_) {
            Side one{name, &pool};
            for (std::size_t k = 0; k < scenarios_.size(); ++k) {
                double& worst = scenarios_[k].fraction > 0.0 ? one.up : one.down;
                worst = std::max(worst, -pool.pnl[k]);
            }
            one.loss = std::max(one.down, one.up);
            all.push_back(one);
        }
        return all;
    }

    double correlated(double joint, double alone) const {
        if (pools_.size() < 2) return alone;
        std::vector<Side> all = sides();
        double least = 1.0, square = 0.0;
        bool linear = true;
        for (const Side& a : all) {
            linear = linear && a.pool->linear;
            for (const Side& b : all)
                if (&a != &b) least = std::min(least, pair_bounds(a.name, b.name).first);
        }
        for (Side& a : all) {
            double wanted = 0.0;
            for (const Side& b : all)
                if (&a != &b) wanted += pair_bounds(a.name, b.name).first - least;
            if (!linear && wanted > 1.0 - least) a.room = (1.0 - least) / wanted;
        }
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Side& a = all[i];
            square += (1.0 - least) * a.loss * a.loss;
            for (std::size_t j = 0; j < i; ++j) {
                const Side& b = all[j];
                const auto [low, high] = pair_bounds(a.name, b.name);
                const double extra = (low - least) * std::min(a.room, b.room);
                double both = 0.0;
                for (std::size_t k = 0; k < scenarios_.size(); ++k)
                    both = std::max(both, -a.pool->pnl[k] - b.pool->pnl[k]);
                square += 2.0 * (high - least - extra) * (a.down * b.down + a.up * b.up);
                square += extra * (both * both - a.loss * a.loss - b.loss * b.loss);
            }
        }
        return std::min(alone, std::sqrt(least * joint * joint + std::max(0.0, square)));
    }

    void compute(const json& account, json& out) {
        at_ = oldest_ = std::max(market.now, account["ts"].get<std::int64_t>());
        pools_.clear();
        double collateral = 0.0;
        for (const json& balance : account["collateral"]) collateral += add_collateral(balance);
        double equity = collateral;
        for (const json& position : account["positions"]) equity += add_position(position);
        const double initial = require(out), maintenance = param("maintenance_ratio") * initial;
        out["initial_margin"] = initial;
        out["maintenance_margin"] = maintenance;
        out["equity"] = equity;
        out["collateral_value"] = collateral;
        out["free_collateral"] = equity - initial;
        if (maintenance > 0.0) out["health"] = equity / maintenance;
        out["off"] = {"liquidity", "concentration", "orders"};
        out["as_of_ts"] = market.now;
        out["oldest_input_ts"] = oldest_;
    }

    double require(json& out) const {
        double base = 0.0, volatility = 0.0, skew = 0.0, alone = 0.0;
        std::vector<double> joint(scenarios_.size());
        for (const auto& [name, pool] : pools_) {
            const double exposure = std::fabs(pool.exposure);
            base += exposure * pool.base;
            volatility += exposure * pool.base * pool.multiplier;
            skew += exposure * (pool.exposure > 0.0 ? pool.down : pool.up);
            alone += std::max(0.0, -*std::min_element(pool.pnl.begin(), pool.pnl.end()));
            for (std::size_t k = 0; k < joint.size(); ++k) joint[k] += pool.pnl[k];
        }
        const auto worst = std::min_element(joint.begin(), joint.end());
        const double loss = std::max(0.0, -*worst), risk = correlated(loss, alone);
        out["parts"] = {{"base", base},
                        {"volatility", volatility - base},
                        {"skew", skew - volatility},
                        {"gamma", alone - skew},
                        {"correlation", risk - alone},
                        {"liquidity", 0},
                        {"concentration", 0},
                        {"account", 0},
                        {"orders", 0}};
        if (!pools_.empty()) add_worst(static_cast<std::size_t>(worst - joint.begin()), loss, out);
        return risk;
    }

    void add_worst(std::size_t k, double loss, json& out) const {
        json moves;
        for (const auto& [name, pool] : pools_) moves[name] = pool.moves[k];
        const VolMove vol = scenarios_[k].vol;
        const char* word = vol == VolMove::up ? "up" : vol == VolMove::down ? "down" : "none";
        out["worst_scenario"] = {{"moves", moves}, {"vol", word}, {"loss", loss}};
    }

    json policy_;
    std::unordered_map<std::string, double> params_;
    std::vector<Scenario> scenarios_;
    double shortfall_ = 0.0;
    std::map<std::string, UnderlyingSet> pools_;
    std::int64_t at_ = 0, oldest_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    std::ifstream policy{argc > 1 ? argv[1] : ""};
    Calculator calculator{json::parse(policy)};
    std::string line;
    while (std::getline(std::cin, line)) {
        json record = json::parse(line);
        if (record["type"] == "account") {
            record["margin"] = calculator.margin(record);
            std::cout << record.dump() << '\n';
        } else {
            calculator.market.learn(record);
            std::cout << line << '\n';
        }
    }
}
