#include "stats/optimise/positive_semidefinite.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace tidemark;

namespace {

bool semidefinite(const std::vector<double>& matrix, std::size_t n) {
    return stats::positive_semidefinite(matrix, n);
}

}  // namespace

TEST_CASE("positive semidefinite matrices are told from others") {
    CHECK(semidefinite({}, 0));
    CHECK(semidefinite({1, 1, 1, 1}, 2));
    CHECK(semidefinite({1, 0.9, 0.9, 0.9, 1, 0.9, 0.9, 0.9, 1}, 3));
    CHECK_FALSE(semidefinite({1, 1.1, 1.1, 1}, 2));
    CHECK_FALSE(semidefinite({1, 0.9, 0.9, 0.9, 1, 0.3, 0.9, 0.3, 1}, 3));
    // The boundary for an equal correlation of three is -1/2.
    CHECK(semidefinite({1, -0.5, -0.5, -0.5, 1, -0.5, -0.5, -0.5, 1}, 3));
    CHECK_FALSE(semidefinite({1, -0.51, -0.51, -0.51, 1, -0.51, -0.51, -0.51, 1}, 3));
}
