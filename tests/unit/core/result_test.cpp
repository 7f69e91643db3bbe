#include "core/result.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <set>

using namespace tidemark;

TEST_CASE("a result is its value or the reason there is none") {
    const Result<int> good{7};
    const Result<int> bad{Error{Errc::stale, "want it fresh", "ts", 3}};
    REQUIRE(good);
    CHECK(*good == 7);
    CHECK(good.value() == 7);
    REQUIRE_FALSE(bad);
    CHECK(bad.error().code == Errc::stale);
    CHECK(bad.error().field == "ts");
    CHECK(bad.error().offset == 3);
    CHECK_THROWS_AS(bad.value(), std::bad_variant_access);
}

TEST_CASE("and_then goes on from a value and hands an error through") {
    const auto half = [](int n) -> Result<double> {
        if (n % 2 != 0) return Error{Errc::out_of_domain, "want an even number", "", 0};
        return n / 2.0;
    };
    CHECK(Result<int>{8}.and_then(half).value() == 4.0);
    CHECK(Result<int>{7}.and_then(half).error().code == Errc::out_of_domain);
    CHECK(Result<int>{Error{Errc::io, "", "", 0}}.and_then(half).error().code == Errc::io);
}

TEST_CASE("a value that cannot be copied moves out") {
    Result<std::unique_ptr<int>> made{std::make_unique<int>(3)};
    const std::unique_ptr<int> taken = *std::move(made);
    CHECK(*taken == 3);
}

TEST_CASE("every error code has a name of its own") {
    std::set<std::string_view> names;
    for (int code = 0; code <= static_cast<int>(Errc::internal); ++code) {
        const std::string_view name = errc_name(static_cast<Errc>(code));
        CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") == std::string_view::npos);
        CHECK(names.insert(name).second);
    }
}
