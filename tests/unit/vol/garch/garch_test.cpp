#include "vol/garch/garch.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "unit/vol/bars.hpp"
#include "vol/garch/garch_forecast.hpp"
#include "vol/garch/garch_likelihood.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using vol::GarchModel;
using vol::GarchStart;
using vol::Innovation;

namespace {

const std::vector<double> six{0.5, -1.2, 0.3, 2.0, -0.7, 0.1};

vol::GarchParameters parameters(GarchModel model) {
    if (model == GarchModel::egarch) return {0.05, -0.1, 0.1, 0.06, 0.8, 6.0};
    return {0.05, 0.2, 0.1, model == GarchModel::gjr ? 0.06 : 0.0, 0.8, 6.0};
}

std::vector<double> noise(std::size_t count) {
    test::Normals normal{17};
    std::vector<double> returns;
    while (returns.size() < count) returns.push_back(0.8 * normal());
    return returns;
}

}  // namespace

TEST_CASE("every model, error and start gives the likelihood worked to 40 digits") {
    struct Case {
        GarchModel model;
        Innovation innovation;
        GarchStart start;
        double log_likelihood, next_variance;
    };
    // Python mpmath 1.2.1, 40 digits, the recursions written out over the six returns.
    const auto c = GENERATE(values<Case>(
        {{GarchModel::garch, Innovation::normal, GarchStart::sample, -8.8246358124121496, 1.396327632},
         {GarchModel::garch, Innovation::normal, GarchStart::backcast, -8.8220468910874646,
          1.3929993453470963},
         {GarchModel::garch, Innovation::student_t, GarchStart::sample, -8.8694930103586477, 1.396327632},
         {GarchModel::garch, Innovation::student_t, GarchStart::backcast, -8.869787309797037,
          1.3929993453470963},
         {GarchModel::gjr, Innovation::normal, GarchStart::sample, -8.8440040252327937, 1.4698475424},
         {GarchModel::gjr, Innovation::normal, GarchStart::backcast, -8.8406206598477354, 1.4664083128586662},
         {GarchModel::gjr, Innovation::student_t, GarchStart::sample, -8.8767098801518419, 1.4698475424},
         {GarchModel::gjr, Innovation::student_t, GarchStart::backcast, -8.8764443610242593,
          1.4664083128586662},
         {GarchModel::egarch, Innovation::normal, GarchStart::sample, -8.9557268657740696,
          0.72200488976143192},
         {GarchModel::egarch, Innovation::normal, GarchStart::backcast, -9.0015139406139634,
          0.70884229400256977},
         {GarchModel::egarch, Innovation::student_t, GarchStart::sample, -8.9916353510732483,
          0.72200488976143192},
         {GarchModel::egarch, Innovation::student_t, GarchStart::backcast, -9.0355196322937691,
          0.70884229400256977}}));
    INFO(static_cast<int>(c.model) << ' ' << static_cast<int>(c.innovation) << ' '
                                   << static_cast<int>(c.start));
    const vol::GarchSpec spec{c.model, c.innovation, c.start};
    const auto path = vol::garch_filter(six, spec, parameters(c.model)).value();
    CHECK_THAT(path.log_likelihood, WithinRel(c.log_likelihood, 1e-14));
    CHECK_THAT(path.next_variance, WithinRel(c.next_variance, 1e-14));
    CHECK(path.variances.size() == six.size());
}

TEST_CASE("the gradient is that of the likelihood") {
    const auto model = GENERATE(GarchModel::garch, GarchModel::gjr, GarchModel::egarch);
    const auto innovation = GENERATE(Innovation::normal, Innovation::student_t);
    const auto start = GENERATE(GarchStart::sample, GarchStart::backcast);
    const auto returns = noise(300);
    const vol::GarchSpec spec{model, innovation, start};
    const vol::GarchLikelihood likelihood{returns, spec};
    const auto at = vol::to_vector(parameters(model));
    vol::GarchDerivatives exact;
    likelihood.derive(vol::to_parameters(at), exact);
    for (const std::size_t i : vol::free_parameters(spec)) {
        const auto value = [&](double by) {
            auto moved = at;
            moved[i] += by;
            return likelihood.value(vol::to_parameters(moved));
        };
        const double h = 1e-4;  // five points: off by h^4, far below rounding / h
        const double slope = (8 * (value(h) - value(-h)) - (value(2 * h) - value(-2 * h))) / (12 * h);
        INFO(vol::garch_parameter_names[i]);
        CHECK_THAT(exact.gradient[i], WithinAbs(slope, 1e-6 * (1.0 + std::abs(slope))));
    }
}

TEST_CASE("one logarithm for eight variances agrees with one for each") {
    const double scale = GENERATE(1e-8, 0.01, 1.0, 1e8);
    auto returns = noise(GENERATE(std::size_t{1}, std::size_t{8}, std::size_t{1003}));
    for (double& y : returns) y *= scale;
    returns.front() = 40.0 * scale;  // the variance jumps far from the sample's
    const vol::GarchLikelihood likelihood{returns, {}};
    const vol::GarchParameters p{0.01 * scale, 0.02 * scale * scale, 0.1, 0.0, 0.85, 0.0};
    vol::GarchDerivatives unused;
    CHECK_THAT(likelihood.value(p), WithinRel(likelihood.derive(p, unused), 1e-12));
}

TEST_CASE("with alpha and beta at 0 the sample mean and variance are the optimum") {
    const auto returns = noise(4000);
    const vol::GarchLikelihood likelihood{returns, {}};
    vol::GarchDerivatives out;
    likelihood.derive({likelihood.sample_mean(), likelihood.sample_variance(), 0.0, 0.0, 0.0, 0.0}, out);
    CHECK_THAT(out.gradient[0], WithinAbs(0.0, 1e-9));
    CHECK_THAT(out.gradient[1], WithinAbs(0.0, 1e-9));
}

TEST_CASE("parameters without a likelihood are refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(vol::garch_filter({}, {}, {0, 1, 0, 0, 0, 0}).error().code == Errc::not_enough_data);
    CHECK(vol::garch_filter(six, {}, {0, -1, 0.1, 0, 0.1, 0}).error().code == Errc::out_of_domain);
    CHECK(vol::garch_filter(six, {}, {nan, 1, 0.1, 0, 0.1, 0}).error().code == Errc::out_of_domain);
    CHECK(vol::garch_filter(std::vector{0.1, nan}, {}, {0, 1, 0.1, 0, 0.1, 0}).error().code ==
          Errc::out_of_domain);
    const vol::GarchSpec student{GarchModel::garch, Innovation::student_t};
    CHECK(vol::garch_filter(six, student, {0, 1, 0.1, 0, 0.1, 2.0}).error().code == Errc::out_of_domain);
}

TEST_CASE("forecasts go to the unconditional variance, or grow and say so") {
    const vol::GarchParameters p{0.0, 0.1, 0.1, 0.04, 0.8, 0.0};
    const auto path = vol::garch_forecast(GarchModel::gjr, Innovation::normal, p, 3.0, 400).value();
    CHECK_THAT(*path.unconditional, WithinRel(0.1 / 0.08, 1e-13));
    CHECK_THAT(path.variances.back(), WithinRel(*path.unconditional, 1e-12));
    CHECK_THAT(path.variances[9], WithinRel(1.25 + std::pow(0.92, 9) * 1.75, 1e-13));
    CHECK_THAT(*path.half_life, WithinRel(std::log(0.5) / std::log(0.92), 1e-13));

    const vol::GarchParameters integrated{0.0, 0.1, 0.125, 0.0, 0.875, 0.0};
    const auto grows =
        vol::garch_forecast(GarchModel::garch, Innovation::normal, integrated, 3.0, 11).value();
    CHECK_THAT(grows.variances.back(), WithinRel(4.0, 1e-14));
    CHECK_FALSE(grows.unconditional);
    CHECK_FALSE(grows.half_life);
}

TEST_CASE("egarch forecasts are the product of expectations") {
    // mpmath quadrature of E exp(t (alpha (|Z| - sqrt(2/pi)) + gamma Z)).
    const vol::GarchParameters p{0.0, -0.1, 0.2, -0.05, 0.9, 0.0};
    const auto path = vol::garch_forecast(GarchModel::egarch, Innovation::normal, p, 1.3, 600).value();
    CHECK(path.variances[0] == 1.3);
    CHECK_THAT(path.variances[1], WithinRel(1.156227400043289, 1e-13));
    CHECK_THAT(path.variances[2], WithinRel(1.0395873138033882, 1e-13));
    CHECK_THAT(*path.unconditional, WithinRel(0.3854729804668098, 1e-12));
    CHECK_THAT(path.variances.back(), WithinRel(*path.unconditional, 1e-12));
}

TEST_CASE("forecasts that do not exist are refused") {
    const vol::GarchParameters p{0.0, 0.1, 0.1, 0.0, 0.8, 5.0};
    CHECK(vol::garch_forecast(GarchModel::garch, Innovation::normal, p, 1.0, 0).error().code ==
          Errc::out_of_range);
    CHECK(vol::garch_forecast(GarchModel::garch, Innovation::normal, p, -1.0, 5).error().code ==
          Errc::out_of_range);
    CHECK(vol::garch_forecast(GarchModel::egarch, Innovation::student_t, p, 1.0, 2).error().code ==
          Errc::out_of_domain);
    CHECK(vol::garch_forecast(GarchModel::egarch, Innovation::student_t, p, 1.0, 1));
}

TEST_CASE("term_vols annualises the mean of the path so far") {
    const auto vols = vol::term_vols(std::vector{1e-4, 3e-4}, PerYear{365});
    CHECK_THAT(vols[0].value(), WithinRel(std::sqrt(365e-4), 1e-14));
    CHECK_THAT(vols[1].value(), WithinRel(std::sqrt(730e-4), 1e-14));
}
