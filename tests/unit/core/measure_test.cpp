#include "core/measure.hpp"

#include <catch2/catch.hpp>
#include <type_traits>

using namespace tidemark;

template <class A, class B>
concept Adds = requires(A a, B b) {
    a + b;
};
template <class A, class B>
concept Multiplies = requires(A a, B b) {
    a* b;
};
template <class A, class B>
concept Compares = requires(A a, B b) {
    a < b;
};

static_assert(Adds<Money, Money> && Multiplies<Money, double>);
static_assert(!Adds<Price, Money> && !Adds<Price, double>);
static_assert(!Multiplies<Price, Qty> && !Multiplies<Price, Price>);
static_assert(Compares<Price, Price> && !Compares<Price, Money> && !Compares<Price, double>);
static_assert(!std::is_convertible_v<double, Price> && !std::is_convertible_v<Price, double>);
static_assert(!std::is_convertible_v<Price, Money>);
static_assert(sizeof(Price) == sizeof(double) && std::is_trivially_copyable_v<Price>);

TEST_CASE("what measures the same thing adds, compares and divides to a number") {
    CHECK((Money{3.0} + Money{4.0}).value() == 7.0);
    CHECK((Money{3.0} - Money{4.0}).value() == -1.0);
    CHECK((-Money{3.0}).value() == -3.0);
    CHECK((Money{3.0} * 2.0).value() == 6.0);
    CHECK(Money{3.0} / Money{4.0} == 0.75);
    CHECK(Money{3.0} < Money{4.0});
    CHECK(Money{}.value() == 0.0);
}
