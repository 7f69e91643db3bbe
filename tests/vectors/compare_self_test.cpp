#include <fmt/format.h>

#include <cstdio>
#include <limits>
#include <vector>

#include "compare.hpp"

namespace tidemark::vectors {
namespace {

struct Case {
    const char* name;
    const char* want;
    const char* right;
    const char* wrong;
    const char* tolerance;
};

/// Each right answer must pass and each wrong one must fail: a comparison that lets all through fails here.
const std::vector<Case>& cases() {
    static const std::vector<Case> all{
        {"rel", "100", "100.0000000001", "100.000001", R"({"rel": 1e-9})"},
        {"rel is of the expected value", "0", "0", "1e-300", R"({"rel": 0.5})"},
        {"abs", "0.5", "0.509", "0.511", R"({"abs": 0.01})"},
        {"rel or abs", "1e-20", "2e-20", "1e-10", R"({"rel": 1e-9, "abs": 1e-14})"},
        {"floor", "0", "9e-10", "2e-9", R"({"rel": 1e-6, "floor": 0.001})"},
        {"trunc", "-802", "-802.9", "-803.1", R"({"trunc": true})"},
        {"trunc just short of whole", "-1000", "-999.9999999999", "-999.9", R"({"trunc": true})"},
        {"exact", "3", "3.0", "3.0000000000000004", R"({"exact": true})"},
        {"no tolerance", "0.1", "0.1", "0.10000000000000002", "{}"},
        {"zero tolerance", "11", "11", "12", R"({"abs": 0})"},
        {"text", R"({"zone": "green"})", R"({"zone": "green"})", R"({"zone": "red"})", R"({"rel": 1})"},
        {"bool is no number", "true", "true", "1", R"({"abs": 1})"},
        {"null", R"({"es": null})", R"({"es": null})", R"({"es": 0})", R"({"abs": 9})"},
        {"missing member", R"({"a": 1})", R"({"a": 1, "b": 2})", R"({"b": 1})", R"({"abs": 9})"},
        {"array length", "[1, 2]", "[1, 2]", "[1, 2, 3]", R"({"abs": 9})"},
        {"array is no number", "[1]", "[1]", "1", R"({"abs": 9})"},
        {"nested", R"({"a": {"b": [1, 2]}})", R"({"a": {"b": [1, 2]}})", R"({"a": {"b": [1, 3]}})",
         R"({"abs": 0.5})"},
        {"named subtree", R"({"params": {"mu": 1}})", R"({"params": {"mu": 1.01}})",
         R"({"params": {"mu": 1.2}})", R"({"params_rel": 0.1})"},
        {"named prefix", R"({"se_xi": 1})", R"({"se_xi": 1.01})", R"({"se_xi": 1.2})",
         R"({"rel": 1e-6, "se_rel": 0.1})"},
        {"named prefix stops at a word", R"({"seed": 1})", R"({"seed": 1})", R"({"seed": 1.01})",
         R"({"rel": 1e-6, "se_rel": 0.1})"},
        {"named does not leak", R"({"price": 1, "vega": 1})", R"({"price": 1.01, "vega": 1})",
         R"({"price": 1, "vega": 1.01})", R"({"price_abs": 0.1})"},
        {"longest name wins", R"({"price_coin": 1})", R"({"price_coin": 1.00001})", R"({"price_coin": 1.01})",
         R"({"price_abs": 0.1, "price_coin_abs": 0.0001})"},
        {"named is in place of general", R"({"rmse_vol": 0})", R"({"rmse_vol": 1e-10})",
         R"({"rmse_vol": 1e-8})", R"({"abs": 1e-6, "rmse_vol": 1e-9})"},
        {"name across levels", R"({"published": {"sigma2_near": 1}})",
         R"({"published": {"sigma2_near": 1.3}})", R"({"published": {"sigma2_near": 1.7}})",
         R"({"published_sigma2_abs": 0.2})"},
        {"printed digits", R"({"published_rounded": {"bp": [22.3]}})",
         R"({"published_rounded": {"bp": [22.349]}})", R"({"published_rounded": {"bp": [22.36]}})", "{}"},
        {"probabilities", R"({"filtered_last": [0.5]})", R"({"filtered_last": [0.50001]})",
         R"({"filtered_last": [0.6]})", R"({"prob_abs": 0.001})"},
        {"derived from the parameters", R"({"h_next": 2})", R"({"h_next": 2.0001})", R"({"h_next": 2.1})",
         R"({"params_rel": 0.0001})"},
        {"at most", R"({"rq_at_most": {"AS": 5}})", R"({"rq_at_most": {"AS": 1}})",
         R"({"rq_at_most": {"AS": 5.2}})", R"({"rq_abs": 0.1})"},
        {"at least", R"({"loglik_at_least": 5})", R"({"loglik_at_least": 9})", R"({"loglik_at_least": 4.8})",
         R"({"loglik_abs": 0.1})"},
        {"unjudged", R"({"rq": 1, "beta": 2})", R"({"rq": 1, "_unjudged": ["beta"]})",
         R"({"rq": 2, "_unjudged": ["beta"]})", "{}"},
        {"verdict", R"({"rq_at_most": 1})", R"({"_verdict": true})", R"({"_verdict": false})", "{}"},
    };
    return all;
}

bool check(const char* name, bool as_it_should_be) {
    if (!as_it_should_be) fmt::print("self-test: {}\n", name);
    return as_it_should_be;
}

}  // namespace

bool compare_self_test() {
    bool good = true;
    for (const Case& c : cases()) {
        const Json want = Json::parse(c.want);
        const Json tolerance = Json::parse(c.tolerance);
        good &= check(c.name, !first_difference(want, Json::parse(c.right), tolerance));
        good &= check(c.name, first_difference(want, Json::parse(c.wrong), tolerance).has_value());
    }
    const Json nan = std::numeric_limits<double>::quiet_NaN();
    good &= check("nan wanted", !first_difference("nan", nan, Json{{"abs", 0}}));
    good &= check("nan wanted, number got", first_difference("nan", 1.0, Json{{"abs", 9}}).has_value());
    good &= check("nan got", first_difference(1.0, nan, Json{{"abs", 9}}).has_value());
    return good;
}

}  // namespace tidemark::vectors
