#include "margin/portfolio/charges.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "pricing/black76.hpp"

namespace tidemark::margin {
namespace {

struct Pair {
    double calls = 0.0, puts = 0.0;
};

double naked_of(const Pair& held) {
    if (held.calls * held.puts < 0.0) return std::max(0.0, -(held.calls + held.puts));
    return std::max(0.0, -held.calls) + std::max(0.0, -held.puts);
}

double oracle_charge(double confidence, double notional, const OracleRule& rule) {
    return confidence < rule.threshold ? (1.0 - confidence) * rule.rate * notional : 0.0;
}

double futures_size(const UnderlyingLegs& book) {
    double size = 0.0;
    for (const FutureLeg& leg : book.futures) size += std::fabs(leg.qty);
    return size;
}

double offset_size(const UnderlyingLegs& book) {
    double net = 0.0;
    for (const FutureLeg& leg : book.futures) net += leg.qty;
    return futures_size(book) - std::fabs(net);
}

/// Confidence in what moves with spot: a future's feed counts where there is one.
double spot_confidence(const UnderlyingLegs& book) {
    return futures_size(book) > 0.0 ? std::min(book.spot_confidence, book.futures_confidence)
                                    : book.spot_confidence;
}

double oracle_charges(const UnderlyingLegs& book, const OracleRule& rule, double unit) {
    const double confidence = spot_confidence(book);
    double sum = oracle_charge(confidence, futures_size(book) * unit, rule);
    for (const ExpiryLegs& expiry : book.expiries) {
        double size = 0.0;
        for (const OptionLeg& option : expiry.options) size += std::fabs(option.qty);
        sum += oracle_charge(std::min(confidence, expiry.confidence), size * unit, rule);
    }
    for (const CollateralLeg& leg : book.collateral)
        sum += oracle_charge(std::min(book.spot_confidence, leg.confidence), leg.notional, rule);
    return sum;
}

}  // namespace

double naked_shorts(const ExpiryLegs& expiry) {
    std::map<double, Pair> strikes;
    for (const OptionLeg& option : expiry.options) {
        Pair& held = strikes[option.strike];
        (option.type == pricing::OptionType::call ? held.calls : held.puts) += option.qty;
    }
    double sum = 0.0;
    for (const auto& [strike, held] : strikes) sum += naked_of(held);
    return sum;
}

double roll_rate(const RollRule& rule, double years) {
    return std::max(rule.least, rule.annualised * years);
}

double minimum_delta(const std::vector<double>& deltas, double spot, const MinimumDelta& rule) {
    double net = 0.0, gross = 0.0;
    for (const double delta : deltas) {
        net += delta;
        gross += std::fabs(delta);
    }
    net = std::fabs(net);
    return (rule.unhedged * net + rule.hedged * (gross - net) / 2.0) * spot;
}

double delta_concentration(double delta, double spot, const DeltaConcentration& rule) {
    const double size = std::fabs(delta), excess = size - rule.threshold_value / spot;
    return excess > 0.0 ? std::min(rule.max_rate, rule.rate_per_unit * excess) * size : 0.0;
}

bool charges_delta(const ScenarioRule& rule) {
    return rule.minimum_delta.unhedged > 0.0 || rule.minimum_delta.hedged > 0.0 ||
           rule.concentration.rate_per_unit > 0.0;
}

Result<std::vector<double>> leg_deltas(const UnderlyingLegs& book) {
    std::vector<double> deltas;
    for (const FutureLeg& leg : book.futures) deltas.push_back(leg.qty);
    for (const CollateralLeg& leg : book.collateral) {
        if (leg.follows_spot) deltas.push_back(leg.value / book.spot);
    }
    for (const ExpiryLegs& expiry : book.expiries) {
        const YearFraction years{expiry.years()};
        for (const OptionLeg& option : expiry.options) {
            const auto greeks = pricing::black76_greeks(
                {Price{expiry.forward}, Price{option.strike}, years, AnnualVol{option.vol}, option.type});
            if (!greeks) return greeks.error();
            deltas.push_back(option.qty * greeks->delta_forward);
        }
    }
    return deltas;
}

Result<Contingencies> contingencies(const UnderlyingLegs& book, const ScenarioRule& rule) {
    if (const Status sound = check_book(book); !sound) return sound.error();
    const double unit = book.payoff == pricing::Payoff::inverse ? 1.0 : book.spot;
    Contingencies out;
    if (charges_delta(rule)) {
        const auto deltas = leg_deltas(book);
        if (!deltas) return deltas.error();
        const double delta = std::accumulate(deltas->begin(), deltas->end(), 0.0);
        out.maintenance.concentration = delta_concentration(delta, book.spot, rule.concentration) * unit;
        const double least = minimum_delta(*deltas, unit, rule.minimum_delta);
        out.least_loss = rule.minimum_steps ? rule.minimum_steps->requirement(least) : least;
    }
    const auto charge = [&out](double Charges::*which, double notional, const Charge& rate) {
        out.maintenance.*which += notional * rate.maintenance;
        out.initial.*which += notional * rate.initial;
    };
    charge(&Charges::futures, futures_size(book) * unit, rule.futures);
    charge(&Charges::offset_futures, offset_size(book) * unit, rule.offset_futures);
    for (const ExpiryLegs& expiry : book.expiries)
        charge(&Charges::naked_shorts, naked_shorts(expiry) * unit, rule.naked_shorts);
    for (const CollateralLeg& leg : book.collateral) charge(&Charges::collateral, leg.notional, leg.haircut);
    for (const FutureLeg& leg : book.futures)
        out.maintenance.roll += std::fabs(leg.qty) * unit * roll_rate(rule.roll, leg.years);
    out.oracle = oracle_charges(book, rule.oracle, unit);
    return out;
}

}  // namespace tidemark::margin
