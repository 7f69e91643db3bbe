#include "json/rewrite.hpp"
#include "json/members.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <tuple>

#include "padded.hpp"

using namespace tidemark;

namespace {

struct Inner {
    double level = 0.0;
    std::optional<double> slope;

    static constexpr auto fields() {
        return std::tuple{json::field("level", &Inner::level, "a number", json::Rule::positive),
                          json::field("slope", &Inner::slope, "a number that may be absent")};
    }
};

struct Sample {
    std::string_view name;
    std::optional<double> price;
    std::optional<Inner> inner;
    std::vector<Inner> rows;
    std::vector<json::Level> levels;
    json::Named by_name;

    static constexpr auto fields() {
        using T = Sample;
        return std::tuple{json::field("name", &T::name, "text"),
                          json::field("price", &T::price, "a number", json::Rule::positive),
                          json::field("inner", &T::inner, "an object"),
                          json::field("rows", &T::rows, "objects"),
                          json::field("levels", &T::levels, "pairs", json::Rule::not_negative),
                          json::field("by_name", &T::by_name, "numbers", json::Rule::not_negative)};
    }
};

/// What a line becomes where the record read from it is changed so.
template <class Change>
Result<std::string> rewritten(std::string_view text, Change&& change) {
    const json::Padded padded{text};
    json::Line line;
    json::Reader reader;
    Sample before;
    REQUIRE(line.parse(padded.text()));
    REQUIRE(reader.read(line, before));
    Sample after = before;
    change(after);
    std::string out;
    if (const Status put = json::Rewrite{line}.append(out, before, after); !put) return put.error();
    return out;
}

constexpr std::string_view text =
    R"( {"by_name" : {"25":1E6, "10":"2.50"},"levels":[[1.00,2],[0.5,30e-1]], "x":[1.0,{"price":7}],)"
    R"("price":"0.1000","inner":{"slope":null,"level":1.50},"rows":[{"level":1},{"level":2.0,"slope":-0.0}],"name":"a\u0062"} )";

}  // namespace

TEST_CASE("a record that has not changed is the line to the byte") {
    CHECK(rewritten(text, [](Sample&) {}).value() == text);
    CHECK(rewritten(text, [](Sample& s) { s.price = *s.price * 1.0; }).value() == text);
}

TEST_CASE("only the numbers that changed are replaced, in the quotes that they had") {
    const std::string all = rewritten(text, [](Sample& s) {
                                s.price = 0.25;
                                s.inner->level = 3.0;
                                s.rows[1].slope = 1e-7;
                                s.levels[1][0] = 0.75;
                                s.by_name[1].second = 5.0;
                            }).value();
    CHECK(
        all ==
        R"( {"by_name" : {"25":1E6, "10":"5"},"levels":[[1.00,2],[0.75,30e-1]], "x":[1.0,{"price":7}],)"
        R"("price":"0.25","inner":{"slope":null,"level":3},"rows":[{"level":1},{"level":2.0,"slope":1e-07}],"name":"a\u0062"} )");
}

TEST_CASE("what is gone becomes null") {
    const std::string gone = rewritten(text, [](Sample& s) {
                                 s.price.reset();
                                 s.inner.reset();
                             }).value();
    CHECK(gone.find(R"("price":null,"inner":null,"rows")") != std::string::npos);
}

TEST_CASE("a new number that breaks the rule of its field is refused by its path") {
    const auto price = rewritten(text, [](Sample& s) { s.price = 0.0; });
    REQUIRE_FALSE(price);
    CHECK(price.error().field == "price");
    CHECK(price.error().code == Errc::out_of_range);
    CHECK(price.error().message == "want a number above 0, got 0");
    CHECK(text.substr(price.error().offset, 6) == "0.1000");
    CHECK(rewritten(text, [](Sample& s) { s.rows[1].level = -1.0; }).error().field == "rows[1].level");
    CHECK(rewritten(text, [](Sample& s) { s.levels[0][1] = -1.0; }).error().field == "levels[0][1]");
    CHECK(rewritten(text, [](Sample& s) { s.by_name[0].second = -1.0; }).error().field == "by_name.25");
    CHECK(rewritten(text, [](Sample& s) { s.price = INFINITY; }).error().field == "price");
    CHECK(rewritten(text, [](Sample& s) { s.price = NAN; }).error().field == "price");
}

TEST_CASE("what is no number, or was not in the line, may not be changed") {
    CHECK_THROWS_AS(rewritten(text, [](Sample& s) { s.name = "b"; }), std::logic_error);
    CHECK_THROWS_AS(rewritten(text, [](Sample& s) { s.inner->slope = 1.0; }), std::logic_error);
}
