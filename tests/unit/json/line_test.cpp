#include "json/line.hpp"

#include <catch2/catch.hpp>

#include "padded.hpp"

using namespace tidemark;
using namespace tidemark::json;

namespace {

/// The line's error; fails the test where there is none.
Error refusal(std::string_view text, Limits limits = {}) {
    Line line{limits};
    const Padded padded{text};
    const Status parsed = line.parse(padded.text());
    REQUIRE_FALSE(parsed);
    return parsed.error();
}

std::string spliced(std::string_view text, std::string_view name, std::string_view value) {
    Line line;
    const Padded padded{text};
    REQUIRE(line.parse(padded.text()));
    std::string out;
    splice(out, line, name, value);
    return out;
}

}  // namespace

TEST_CASE("tokens say where every value is, and where the next begins") {
    const Padded padded{R"({"a":[1,{"b":"x\n"}],"c":true})"};
    Line line;
    REQUIRE(line.parse(padded.text()));
    const Token& object = line.at(Line::root);
    CHECK(object.kind == Kind::object);
    CHECK(object.next == 9);
    CHECK(line.raw(object) == padded.text());
    const std::uint32_t a = line.find(Line::root, "a");
    CHECK(line.raw(line.at(a)) == R"([1,{"b":"x\n"}])");
    const std::uint32_t c = line.find(Line::root, "c");
    CHECK(line.at(c - 1).next == c);
    CHECK(line.at(a).next == c - 1);
    CHECK(line.at(c).number == 1.0);
    const std::uint32_t b = line.find(a + 2, "b");
    std::string scratch;
    CHECK(line.string(line.at(b), scratch) == "x\n");
    CHECK(line.find(Line::root, "b") == 0);
    CHECK(line.find(Line::root, "") == 0);
}

TEST_CASE("a member is found by what its name spells") {
    const Padded padded{R"({"\u0061\/":1,"b":2})"};
    Line line;
    REQUIRE(line.parse(padded.text()));
    CHECK(line.at(line.find(Line::root, "a/")).number == 1.0);
    CHECK(line.find(Line::root, R"(\u0061\/)") == 0);
}

TEST_CASE("an error knows the byte it was found at") {
    CHECK(refusal(R"({"a":1,"b":tru})").offset == 11);
    CHECK(refusal(R"({"a":1,})").offset == 7);
    CHECK(refusal(R"({"a":1} x)").offset == 8);
    CHECK(refusal("{\"a\\\"\t\":1}").offset == 5);
    CHECK(refusal("{\t\"a\":\"b\x1f\"}").offset == 8);
    CHECK(refusal("{\"\xc3\xa4\":\"\xff\"}").offset == 7);
    CHECK(refusal("{\"a\":\"\xc3\"}").offset == 6);
    CHECK(refusal("{\"a\":\"x\xe0\x80\x80\"}").offset == 7);
    CHECK(refusal("{\"a\":\"\xed\xa0\x80\"}").offset == 6);
    CHECK(refusal("{\"a\":\"\xf4\x90\x80\x80\"}").offset == 6);
    CHECK(refusal(R"({"a":1,"a":2})").offset == 8);
    CHECK(refusal(R"({"a":[1,{"b":01}]})").offset == 13);
    CHECK(refusal("{\"a\":\"b\0\"}\0").offset <= 7);
    const Error repeated = refusal(R"({"q":{"\u001b":1,"\u001B":2}})");
    CHECK(repeated.field == "\\u{1b}");
    CHECK(repeated.message == "want each member once, got '\\u{1b}' twice");
}

TEST_CASE("limits hold to the byte, the level and the member") {
    Limits limits;
    limits.line_bytes = 8;
    limits.depth = 3;
    limits.members = 2;
    CHECK(refusal(R"({"a":123})", limits).code == Errc::line_too_long);
    limits.line_bytes = 1000;
    CHECK(refusal(R"({"a":{"b":{"c":{}}}})", limits).code == Errc::too_deep);
    CHECK(refusal(R"({"a":1,"b":2,"c":3})", limits).code == Errc::too_many);
    Line line{limits};
    const Padded good{R"({"a":{"b":{"c":1}},"d":[[1],[2]]})"};
    CHECK(line.parse(good.text()));
    limits.depth = 1000;  // never beyond the walk's own 64
    std::string deep;
    for (int i = 0; i < 64; ++i) deep += "{\"a\":";
    CHECK(refusal(deep + "{}" + std::string(64, '}'), limits).code == Errc::too_deep);
}

TEST_CASE("a bomb of half a million brackets is refused at the limit") {
    CHECK(refusal("{\"a\":" + std::string(500'000, '[')).code == Errc::too_deep);
}

TEST_CASE("a thousand names are all compared, in any order") {
    std::string text = "{";
    for (int i = 0; i < 1023; ++i) text += "\"n" + std::to_string(i) + "\":0,";
    Line line;
    const Padded good{text + "\"n1023\":0}"};
    CHECK(line.parse(good.text()));
    CHECK(refusal(text + "\"n511\":0}").code == Errc::duplicate_key);
    CHECK(refusal(text + "\"x\":0,\"y\":0}").code == Errc::too_many);
}

TEST_CASE("an array is a root only where a venue's document is read") {
    Limits limits;
    limits.array_root = true;
    Line line{limits};
    const Padded rows{"[[1,2],[3]]"};
    REQUIRE(line.parse(rows.text()));
    CHECK(line.at(Line::root).kind == Kind::array);
    const Padded object{"{\"a\":[]}"};
    CHECK(line.parse(object.text()));
    CHECK(refusal("[1,]", limits).code == Errc::malformed_json);
    CHECK(refusal("\"a\"", limits).code == Errc::malformed_json);
    CHECK(refusal("[] []", limits).code == Errc::trailing_data);
}

TEST_CASE("a refused line leaves nothing behind for the next") {
    Line line;
    const Padded bad{R"({"a":1,"b":[1,2,{"c":)"}, good{R"({"d":4})"};
    CHECK_FALSE(line.parse(bad.text()));
    REQUIRE(line.parse(good.text()));
    CHECK(line.find(Line::root, "a") == 0);
    CHECK(line.at(line.find(Line::root, "d")).number == 4.0);
    Line moved = std::move(line);
    CHECK(moved.at(moved.find(Line::root, "d")).number == 4.0);
}

TEST_CASE("splice changes one member and no other byte") {
    struct Case {
        std::string line, name, out;
    };
    const auto c = GENERATE(values<Case>({
        {R"({"a":1,"m":2,"b":3})", "m", R"({"a":1,"m":{"x":9},"b":3})"},
        {R"({"a":1})", "m", R"({"a":1,"m":{"x":9}})"},
        {"{}", "m", R"({"m":{"x":9}})"},
        {" { } \r", "m", " { \"m\":{\"x\":9}} \r"},
        {"{ \"a\" : 1.50 }  ", "m", "{ \"a\" : 1.50 ,\"m\":{\"x\":9}}  "},
        {R"({"m":"old","b":3})", "m", R"({"m":{"x":9},"b":3})"},
        {R"({"m":"","b":3})", "m", R"({"m":{"x":9},"b":3})"},
        {R"({"m" : {"y":[1,2]} ,"b":3})", "m", R"({"m" : {"x":9} ,"b":3})"},
        {R"({"m":null})", "m", R"({"m":{"x":9}})"},
        {R"({"\u006d":1})", "m", R"({"\u006d":{"x":9}})"},
        {R"({"n":{"m":1}})", "m", R"({"n":{"m":1},"m":{"x":9}})"},
        {R"({"a":"m","b":"m"})", "m", R"({"a":"m","b":"m","m":{"x":9}})"},
        {R"({"a":1e2,"b":0.10})", "q\"", R"({"a":1e2,"b":0.10,"q\"":{"x":9}})"},
    }));
    CHECK(spliced(c.line, c.name, R"({"x":9})") == c.out);
}

TEST_CASE("a spliced member is replaced, not added again") {
    const std::string once = spliced(R"({"a":[1]})", "m", "1");
    CHECK(spliced(once, "m", "[2]") == R"({"a":[1],"m":[2]})");
}

TEST_CASE("a line that is refused has no members, whatever came before it") {
    Line line;
    CHECK(line.find(Line::root, "key") == 0);
    const Padded broken{R"({"key":)"}, whole{R"({"key":"a value that is longer"})"};
    CHECK_FALSE(line.parse(broken.text()));
    CHECK(line.find(Line::root, "key") == 0);
    REQUIRE(line.parse(whole.text()));
    CHECK(line.find(Line::root, "key") != 0);
    CHECK_FALSE(line.parse(broken.text()));
    CHECK(line.find(Line::root, "key") == 0);
}
