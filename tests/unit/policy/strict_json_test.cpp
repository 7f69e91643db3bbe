#include "policy/strict_json.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;

namespace {

std::string nested(std::size_t levels) {
    return R"({"a":)" + std::string(levels - 1, '[') + std::string(levels - 1, ']') + "}";
}

}  // namespace

// What nlohmann lets through by itself is as little a document as it is a line of a stream.
TEST_CASE("a hostile document is refused, and what was wanted is said") {
    struct Case {
        std::string name, text, said;
    };
    const auto c = GENERATE(values<Case>({
        {"nothing", "", "want a JSON object"},
        {"a list", "[]", "want one JSON object"},
        {"a number", "1", "want one JSON object"},
        {"two objects", "{} {}", "want a JSON object"},
        {"cut off", R"({"a":1)", "want a JSON object"},
        {"a trailing comma", R"({"a":1,})", "want a JSON object"},
        {"a comment", R"({"a":1} // one)", "want a JSON object"},
        {"a byte order mark", "\xEF\xBB\xBF{}", "want UTF-8 without a byte order mark"},
        {"one name twice", R"({"a":1,"a":2})", "want each parameter once, got 'a' twice"},
        {"one name twice by escape", R"({"a":1,"\u0061":2})", "want each parameter once, got 'a' twice"},
        {"one name twice inside a list", R"({"l":[{"a":1,"a":1}]})", "want each parameter once"},
        {"NaN", R"({"a":NaN})", "want a JSON object"},
        {"infinity", R"({"a":-Infinity})", "want a JSON object"},
        {"beyond a double", R"({"a":1e400})", "want a JSON object"},
        {"underflow", R"({"a":1e-400})", "want a number that a double has, got 1e-400"},
        {"a leading zero", R"({"a":01})", "want a JSON object"},
        {"hexadecimal", R"({"a":0x10})", "want a JSON object"},
        {"beyond 2^53", R"({"a":9007199254740993})", "want no whole number beyond 2^53"},
        {"below -2^53", R"({"a":-9007199254740993})", "want no whole number beyond 2^53"},
        {"beyond 64 bits", R"({"a":[123456789012345678901234567890]})", "want no whole number beyond 2^53"},
        {"NUL", std::string{"{\"a\":\"\0\"}", 9}, "want no NUL"},
        {"NUL behind the object", std::string{"{}\0{", 4}, "want no NUL"},
        {"NUL by escape", R"({"a":"\u0000"})", "want no control character"},
        {"a control character", "{\"a\":\"\x1b[2J\"}", "want a JSON object"},
        {"a control character by escape", R"({"a":"\u001b[2J"})", "want no control character"},
        {"a line feed by escape", R"({"a":["x\ny"]})", "want no control character"},
        {"delete", "{\"a\":\"\x7f\"}", "want no control character"},
        {"a control character in a name", R"({"a\u0007":1})", "want no control character"},
        {"not UTF-8", "{\"a\":\"\xff\"}", "want a JSON object"},
        {"overlong UTF-8", "{\"a\":\"\xc0\xaf\"}", "want a JSON object"},
        {"half a surrogate", R"({"a":"\ud800"})", "want a JSON object"},
        {"33 levels", nested(33), "want at most 32 levels"},
        {"levels without end", R"({"a":)" + std::string(500'000, '['), "want at most 32 levels"},
        {"larger than 1 MiB", "{}" + std::string(1 << 20, ' '), "want at most 1048576 bytes"},
    }));
    INFO(c.name);
    const auto read = policy::strict_json(c.text);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Errc::policy);
    CHECK_THAT(read.error().message, Catch::Matchers::StartsWith(c.said));
}

TEST_CASE("what is just within the limits is read") {
    const auto text = GENERATE(values<std::string>({
        "{}",
        R"({"a":9007199254740992,"b":-9007199254740992,"c":1e300,"d":5e-324,"e":0.0e5,"f":-0.0})",
        R"({"a":"caf\u00e9 \"quoted\" \\ /","\ud83d\ude00":{}})",
        nested(32),
        "{}" + std::string((1 << 20) - 2, ' '),
    }));
    INFO(text.substr(0, 80));
    CHECK(policy::strict_json(text));
}

TEST_CASE("a word from the command line is one that a document could have") {
    CHECK(policy::plain_word("normal"));
    CHECK(policy::plain_word("caf\xc3\xa9"));
    CHECK_FALSE(policy::plain_word("a\x1b[2J"));
    CHECK_FALSE(policy::plain_word("\xff"));
}
