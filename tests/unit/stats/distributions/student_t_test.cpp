#include "stats/distributions/student_t.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "stats/distributions/normal.hpp"

using namespace tidemark;
using Catch::Matchers::WithinRel;

TEST_CASE("unit-variance t log density matches mpmath at 60 digits") {
    struct Case {
        double z, dof, log_density;
    };
    const auto c = GENERATE(values<Case>({
        {0.0, 5.0, -0.7132067771717288},
        {1.5, 4.0, -2.518685168672704},
        {8.0, 30.0, -19.331326926179834},
    }));
    CHECK_THAT(stats::student_t_log_density(c.z, c.dof), WithinRel(c.log_density, 1e-14));
}

TEST_CASE("unit-variance t tail matches mpmath") {
    struct Case {
        double p, dof, quantile, shortfall;
    };
    const auto c = GENERATE(values<Case>({
        {0.01, 3.0, -2.621576017704415, -4.043231298781416},
        {0.001, 4.118426571420076, -4.997449954340326, -6.6899610575896205},
        {0.025, 8.0, -1.9970581623187738, -2.5720145937918915},
    }));
    const auto tail = stats::student_t_tail(c.p, c.dof).value();
    CHECK_THAT(tail.quantile, WithinRel(c.quantile, 1e-13));
    CHECK_THAT(tail.expected_shortfall, WithinRel(c.shortfall, 1e-13));
}

TEST_CASE("t with many degrees of freedom is nearly normal") {
    const auto tail = stats::student_t_tail(0.01, 1e8).value();
    CHECK_THAT(tail.quantile, WithinRel(stats::normal_quantile(0.01).value(), 1e-7));
    CHECK_THAT(tail.expected_shortfall, WithinRel(stats::normal_expected_shortfall(0.01).value(), 1e-7));
    CHECK_THAT(stats::student_t_log_density(2.0, 1e10), WithinRel(stats::normal_log_density(2.0), 1e-9));
}

TEST_CASE("t refuses what has no variance or is no probability") {
    const auto [p, dof] = GENERATE(values<std::pair<double, double>>({
        {0.01, 2.0},
        {0.01, std::nan("")},
        {0.01, std::numeric_limits<double>::infinity()},
        {0.0, 5.0},
        {std::nan(""), 5.0},
    }));
    CHECK(stats::student_t_tail(p, dof).error().code == Errc::out_of_domain);
}

TEST_CASE("t outside its domain is not a number") {
    CHECK(std::isnan(stats::student_t_log_density(0.0, 2.0)));
    CHECK(std::isnan(stats::student_t_two_sided(1.0, 0.0)));
}

TEST_CASE("two-sided t probability in closed form") {
    // One degree of freedom is Cauchy: 1 - 2/pi atan(t). At t = 1 that is a half.
    CHECK_THAT(stats::student_t_two_sided(1.0, 1.0), WithinRel(0.5, 1e-14));
    CHECK(stats::student_t_two_sided(-1.0, 1.0) == stats::student_t_two_sided(1.0, 1.0));
    CHECK(stats::student_t_two_sided(0.0, 7.0) == 1.0);
}
