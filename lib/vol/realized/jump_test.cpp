#include "vol/realized/jump_test.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "stats/distributions/normal.hpp"
#include "vol/realized/realized.hpp"

namespace tidemark::vol {
namespace {

struct DayMeasures {
    double n, rv, bv, tq;
};

Result<DayMeasures> measures(std::span<const double> returns) {
    const auto tq = tripower_quarticity(returns);
    if (!tq) return tq.error();
    const DayMeasures day{static_cast<double>(returns.size()), *realized_variance(returns),
                          *bipower_variation(returns), *tq};
    if (!(day.bv > 0.0 && day.tq > 0.0)) {
        return Error{Errc::out_of_domain, "no three returns in a row differ from 0: no jump test", "", 0};
    }
    return day;
}

JumpTest tested(const DayMeasures& day, double distance, double variance) {
    const double theta = std::numbers::pi * std::numbers::pi / 4.0 + std::numbers::pi - 5.0;
    const double z = std::sqrt(day.n) * distance / std::sqrt(theta * variance);
    return {z, Probability{stats::normal_cdf(-z)}};
}

double relative_quarticity(const DayMeasures& day) {
    return std::max(1.0, day.tq / (day.bv * day.bv));
}

}  // namespace

Result<JumpTest> jump_test_linear(std::span<const double> returns) {
    return measures(returns).and_then(
        [](const DayMeasures& day) -> Result<JumpTest> { return tested(day, day.rv - day.bv, day.tq); });
}

Result<JumpTest> jump_test_ratio(std::span<const double> returns) {
    return measures(returns).and_then([](const DayMeasures& day) -> Result<JumpTest> {
        return tested(day, 1.0 - day.bv / day.rv, relative_quarticity(day));
    });
}

Result<JumpTest> jump_test_log(std::span<const double> returns) {
    return measures(returns).and_then([](const DayMeasures& day) -> Result<JumpTest> {
        return tested(day, std::log(day.rv / day.bv), relative_quarticity(day));
    });
}

Result<JumpShare> jump_share(std::span<const double> returns) {
    const auto bv = bipower_variation(returns);
    if (!bv) return bv.error();
    const double rv = *realized_variance(returns);
    const double variance = std::max(0.0, rv - *bv);
    return JumpShare{variance, Rate{rv > 0.0 ? variance / rv : 0.0}};
}

}  // namespace tidemark::vol
