#include "stats/backtest/christoffersen.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using stats::ClusterEvidence;

TEST_CASE("independence and coverage match MathWorks' varbacktest documentation") {
    const stats::TransitionCounts n{932, 53, 53, 4};
    const auto chained = stats::independence(n).value();
    CHECK_THAT(chained.test.statistic, WithinRel(0.25866, 2e-5));
    CHECK_THAT(chained.test.p_value, WithinRel(0.61104, 1e-5));
    CHECK(chained.evidence == ClusterEvidence::ok);
    const auto joint = stats::conditional_coverage(n, 57, 1043, 0.05).value();
    CHECK_THAT(joint.statistic, WithinRel(0.72013, 1e-5));
    CHECK_THAT(joint.p_value, WithinRel(0.69763, 1e-5));
}

TEST_CASE("transitions are counted over neighbours") {
    const auto n = stats::transition_counts(std::vector{0, 1, 1, 0, 0, 1});
    CHECK(n.n00 == 1);
    CHECK(n.n01 == 2);
    CHECK(n.n10 == 1);
    CHECK(n.n11 == 1);
    CHECK(stats::transition_counts(std::vector{1}).n11 == 0);
    CHECK(stats::transition_counts({}).n00 == 0);
}

TEST_CASE("samples that cannot show clustering say so") {
    const auto none = stats::independence({249, 0, 0, 0}).value();
    CHECK(none.evidence == ClusterEvidence::no_exceptions);
    CHECK(none.test.statistic == 0.0);
    CHECK(none.test.p_value == 1.0);
    const auto always = stats::independence({0, 0, 0, 249}).value();
    CHECK(always.evidence == ClusterEvidence::only_exceptions);
    CHECK(always.test.statistic == 0.0);
    const auto isolated = stats::independence({240, 5, 5, 0}).value();
    CHECK(isolated.evidence == ClusterEvidence::isolated);
    CHECK_THAT(isolated.test.statistic, WithinRel(0.20409580144659145, 1e-12));  // mpmath
}

TEST_CASE("clusters are found and alternation too") {
    CHECK(stats::independence({240, 2, 2, 6}).value().test.p_value < 1e-6);
    CHECK(stats::independence({0, 50, 50, 0}).value().test.p_value < 1e-6);
    CHECK_THAT(stats::independence({81, 9, 9, 1}).value().test.statistic, WithinAbs(0.0, 1e-12));
}

TEST_CASE("independence refuses impossible counts") {
    CHECK(stats::independence({0, 0, 0, 0}).error().code == Errc::out_of_domain);
    CHECK(stats::independence({-1, 5, 5, 0}).error().code == Errc::out_of_domain);
    CHECK(stats::conditional_coverage({932, 53, 53, 4}, 57, 10, 0.05).error().code == Errc::out_of_domain);
}
