#include "json/escape.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "json/number.hpp"

using namespace tidemark::json;

TEST_CASE("escapes are unescaped to UTF-8") {
    struct Case {
        std::string body, characters;
    };
    const auto c = GENERATE(values<Case>({
        {R"(plain)", "plain"},
        {R"(\"\\\/\b\f\n\r\t)", "\"\\/\b\f\n\r\t"},
        {R"(\u0041)", "A"},
        {R"(\u007f)", "\x7f"},
        {R"(\u0080)", "\xC2\x80"},
        {R"(\u07FF)", "\xDF\xBF"},
        {R"(\u0800)", "\xE0\xA0\x80"},
        {R"(\uFFFF)", "\xEF\xBF\xBF"},
        {R"(\uD83D\uDE00)", "\xF0\x9F\x98\x80"},
        {R"(\udbff\udfff)", "\xF4\x8F\xBF\xBF"},
        {R"(a\u00e9b)",
         "a\xC3\xA9"
         "b"},
    }));
    CHECK(valid_escapes(c.body));
    std::string characters;
    unescape(characters, c.body);
    CHECK(characters == c.characters);
}

TEST_CASE("what is not one of JSON's escapes is refused") {
    const std::string body =
        GENERATE(R"(\)", R"(\x41)", R"(\u)", R"(\u12)", R"(\u123)", R"(\u12G4)", R"(\U0041)", R"(\')",
                 R"(\a)", R"(\0)", R"(\u0000)", R"(\uD83D)", R"(\uD83Dx)", R"(\uD83D\n)", R"(\uD83D\u0041)",
                 R"(\uDE00)", R"(\uDE00\uD83D)", R"(\uD83D\uD83D\uDE00)", R"(\u+041)", R"(\u 041)");
    INFO(body);
    CHECK_FALSE(valid_escapes(body));
}

TEST_CASE("text from outside cannot steer a terminal") {
    CHECK(printable("BTC-PERPETUAL") == "BTC-PERPETUAL");
    CHECK(printable("\x1b[31m") == "\\u{1b}[31m");
    CHECK(printable("a\r\n\tb") == "a\\u{d}\\u{a}\\u{9}b");
    CHECK(printable("\xE2\x80\xAE"
                    "evil") == "\\u{202e}evil");
    CHECK(printable("\xE2\x80\x8B") == "\\u{200b}");
    CHECK(printable("\xEF\xBB\xBF") == "\\u{feff}");
    CHECK(printable("\xC2\x9B") == "\\u{9b}");
    CHECK(printable("\xFF\xC0\xAF") == "\\xff\\xc0\\xaf");
    CHECK(printable("\xE4\xBD\xA0") == "\xE4\xBD\xA0");
    CHECK(printable("\xE4\xBD") == "\\xe4\\xbd");
}

TEST_CASE("quoting is undone by unescaping") {
    std::string every_character;
    for (int c = 1; c < 128; ++c) every_character += static_cast<char>(c);
    every_character += "\xC3\xA9\xF0\x9F\x98\x80";
    std::string quoted, back;
    append_quoted(quoted, every_character);
    const std::string_view body = std::string_view{quoted}.substr(1, quoted.size() - 2);
    CHECK(valid_escapes(body));
    unescape(back, body);
    CHECK(back == every_character);
}
