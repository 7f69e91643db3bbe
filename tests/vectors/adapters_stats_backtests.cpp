// Adapters for the tests of value at risk and expected shortfall.
#include "adapters_stats.hpp"
#include "stats/backtest/acerbi_szekely.hpp"
#include "stats/backtest/christoffersen.hpp"
#include "stats/backtest/kupiec.hpp"
#include "stats/backtest/traffic_light.hpp"

namespace tidemark::vectors {
namespace {

std::int64_t count(const Json& input, const char* name) {
    return input.at(name).get<std::int64_t>();
}

/// Days in the sample: T in one set of vectors, n in the other.
std::int64_t days(const Json& input) {
    return count(input, input.contains("T") ? "T" : "n");
}

Json both(const stats::LikelihoodRatio& test) {
    return {{"lr", test.statistic}, {"p_value", test.p_value}};
}

Json kupiec_pof(const Json& input, const Context&) {
    return both(value_of(stats::proportion_of_failures(count(input, "x"), days(input), input.at("p"))));
}

Json kupiec_tuff(const Json& input, const Context&) {
    return both(value_of(stats::time_until_first_failure(input.at("first"), input.at("p"))));
}

Json kupiec_many(const Json& input, const Context& context) {
    Json answer{{"lr", Json::array()}, {"p_value", Json::array()}};
    for (const Json& one : input.at("cases")) {
        const Json test = kupiec_pof(one, context);
        for (const auto& [key, value] : test.items()) answer[key].push_back(value);
    }
    const Json printed = answer;
    answer["published_rounded"] = printed;
    return answer;
}

Json kupiec_regions(const Json& input, const Context&) {
    Json regions = Json::object();
    for (const Json& p : input.at("p")) {
        for (const Json& t : input.at("T")) {
            const auto region = value_of(stats::proportion_of_failures_region(
                t.get<std::int64_t>(), p, input.value("critical", 3.841)));
            regions[p.dump()].push_back({region.above, region.below});
        }
    }
    return regions;
}

Json christoffersen(const Json& input, const Context&) {
    const stats::TransitionCounts n{count(input, "n00"), count(input, "n01"), count(input, "n10"),
                                    count(input, "n11")};
    const auto chained = value_of(stats::independence(n));
    Json answer{{"lr_ind", chained.test.statistic},
                {"p_ind", chained.test.p_value},
                {"status", stats::cluster_evidence_name(chained.evidence)}};
    if (input.contains("p")) {
        const auto joint =
            value_of(stats::conditional_coverage(n, count(input, "x"), days(input), input.at("p")));
        answer["lr_cc"] = joint.statistic;
        answer["p_cc"] = joint.p_value;
    }
    const Json printed = answer;
    answer["published_rounded"] = printed;
    return answer;
}

Json traffic_light(const Json& input, const Context&) {
    Json answer;
    for (const Json& exceptions : input.at("exceptions")) {
        const auto k = exceptions.get<std::int64_t>();
        const auto light = value_of(stats::traffic_light(k, days(input), input.at("p")));
        answer["cumulative"].push_back(light.cumulative);
        answer["type1"].push_back(light.type1);
        answer["zone"].push_back(stats::zone_name(light.zone));
        answer["plus_factor"].push_back(stats::plus_factor_1996(k));
        answer["plus_factor_1996"].push_back(stats::plus_factor_1996(k));
        answer["multiplier_mar99"].push_back(stats::multiplier_mar99(k));
    }
    return answer;
}

Json traffic_light_general(const Json& input, const Context&) {
    const auto light = value_of(stats::traffic_light(count(input, "exceptions"), days(input), input.at("p")));
    return {{"cumulative", light.cumulative}, {"type1", light.type1}, {"zone", stats::zone_name(light.zone)}};
}

Json zone_edges(const Json& input, const Context&) {
    const auto edges = value_of(stats::zone_edges(days(input), input.at("p")));
    return {{"max_green", edges.max_green}, {"first_red", edges.first_red}};
}

Json acerbi_szekely(const Json& input, const Context&) {
    const auto scores = value_of(stats::shortfall_scores(numbers(input.at("x")), numbers(input.at("var")),
                                                         numbers(input.at("es")), input.at("alpha")));
    return {
        {"z1", scores.z1 ? Json(*scores.z1) : Json{}}, {"z2", scores.z2}, {"exceptions", scores.exceptions}};
}

Json acerbi_szekely_critical(const Json& input, const Context&) {
    // A 0.01 % quantile of a heavy tail needs some hundred paths beyond it to be worth two digits.
    constexpr std::size_t paths = 2'000'000;
    constexpr std::uint64_t seed = 1;
    const double alpha = input.at("alpha");
    const auto test = input.value("stat", "Z2") == "Z1" ? stats::ShortfallTest::z1 : stats::ShortfallTest::z2;
    const std::vector<double> probabilities{0.05, 0.0001};
    const auto critical = [&](const stats::TailModel& tail) -> Json {
        const auto values = value_of(stats::shortfall_critical_values(
            test, tail, input.at("T").get<std::size_t>(), alpha, probabilities, paths, seed));
        return {{"p05", values[0]}, {"p0001", values[1]}};
    };
    Json answer{{"normal", critical(stats::normal_tail(alpha))}};
    for (const int dof : {10, 5, 3}) {
        answer["t" + std::to_string(dof)] = critical(value_of(stats::student_tail(alpha, dof)));
    }
    return answer;
}

}  // namespace

void add_stats_backtests(Registry& registry) {
    registry["backtest.kupiec_pof"] = kupiec_pof;
    registry["backtest.kupiec_tuff"] = kupiec_tuff;
    registry["backtest.kupiec_regions"] = kupiec_regions;
    registry["backtest.christoffersen"] = christoffersen;
    registry["backtest.christoffersen_edge"] = christoffersen;
    registry["backtest.basel_traffic_light"] = traffic_light;
    registry["backtest.traffic_light_general"] = traffic_light_general;
    registry["backtest.acerbi_szekely"] = acerbi_szekely;
    registry["backtest.acerbi_szekely_critical"] = acerbi_szekely_critical;
    registry["risk.bt-kupiec-mathworks"] = kupiec_many;
    registry["risk.bt-kupiec-zero"] = kupiec_pof;
    registry["risk.bt-christoffersen-mathworks"] = christoffersen;
    registry["risk.bt-basel-traffic-light"] = traffic_light;
    registry["risk.bt-coverage-power"] = zone_edges;
}

}  // namespace tidemark::vectors
