#include "json/structural_index.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "padded.hpp"

using namespace tidemark;
using namespace tidemark::json;

namespace {

std::vector<std::uint32_t> positions(std::string_view text) {
    StructuralIndex index;
    const Padded padded{text};
    REQUIRE(index.index(padded.text()));
    return {index.positions().begin(), index.positions().end()};
}

}  // namespace

// What the tokens are made of. A simdjson whose first stage gives anything else is not one to build with.
TEST_CASE("brackets, colons, commas, opening quotes and the first byte of a scalar are told, and no more") {
    CHECK(positions(R"({"a":[1,true]})") == std::vector<std::uint32_t>{0, 1, 4, 5, 6, 7, 8, 12, 13});
    CHECK(positions(R"({"a:{\",":-12.5e3})") == std::vector<std::uint32_t>{0, 1, 9, 10, 17});
    CHECK(positions(R"( { } )") == std::vector<std::uint32_t>{1, 3});
}

TEST_CASE("one index serves lines of any length, the long before the short") {
    StructuralIndex index;
    for (const std::size_t length : {10'000U, 10U, 20'000U}) {
        const Padded padded{"{\"a\":\"" + std::string(length, 'x') + "\"}"};
        REQUIRE(index.index(padded.text()));
        CHECK(index.positions().size() == 5);
        CHECK(index.positions().back() == padded.text().size() - 1);
    }
}

TEST_CASE("bytes that are no text of JSON are refused where they are") {
    const auto refusal = [](std::string_view text) {
        StructuralIndex index;
        const Padded padded{text};
        return index.index(padded.text()).error();
    };
    CHECK(refusal("{\"a\":\"\xff\"}").code == Errc::bad_utf8);
    CHECK(refusal("{\"a\":\"b}").offset == 5);
    CHECK(refusal("{\"a\":\"\t\"}").offset == 6);
}
