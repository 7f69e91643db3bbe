#include "score/book_median.hpp"

#include <catch2/catch.hpp>

using tidemark::score::BookMedian;

namespace {

BookMedian of(const std::vector<double>& probabilities) {
    BookMedian median;
    for (const double probability : probabilities) median.add({probability});
    return median;
}

}  // namespace

TEST_CASE("the median of a book is its middle, or lies between the middle two as their odds do") {
    CHECK(of({0.5}).close().reference == 0.5);
    CHECK(of({0.5, 0.125, 0.25}).close().reference == 0.25);
    CHECK(of({0.0625, 0.25}).close().reference == 0.125);
    CHECK(of({0.5, 0.25, 0.001, 0.0625}).close().reference == 0.125);
    CHECK(of({0.5, 0.125, 0.25}).close().accounts == 3);
    CHECK(of({}).close().accounts == 0);
    CHECK(of({}).close().reference == 1.0);
}

TEST_CASE("merging adds what another has") {
    BookMedian both = of({0.5});
    both.merge(of({0.125, 0.25}));
    CHECK(both.close().reference == 0.25);
}
