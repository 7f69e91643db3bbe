#include "cli/option.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using namespace tidemark::cli;

namespace {
std::string refusal(const Option& option, std::string_view word) {
    const Status assigned = assign(option, word);
    REQUIRE_FALSE(assigned);
    CHECK(assigned.error().code == Errc::usage);
    return assigned.error().message;
}
}  // namespace

TEST_CASE("a number is JSON's, within its bounds, and nothing else") {
    double to = 7.0;
    const Option option = number("--level", to, 0.0, 5.0, "level");
    for (const char* word : {"0", "5", "0.25", "1e-3", "-0", "2E0"}) {
        INFO(word);
        CHECK(assign(option, word));
    }
    to = 7.0;
    for (const char* word :
         {"",    " 1", "1 ", "nan", "NaN", "inf",   "-inf", "1e400",     "1e-400", "0x1",
          "010", "+1", ".5", "5.",  "1,5", "1_000", "five", "5.0000001", "-0.1",   "1e1"}) {
        INFO(word);
        CHECK(refusal(option, word).find("--level") == 0);
        CHECK(to == 7.0);
    }
}

TEST_CASE("a count is whole") {
    std::int64_t to = 1;
    const Option option = count("-j,--jobs", to, 1, 64, "threads");
    CHECK(assign(option, "64"));
    CHECK(to == 64);
    CHECK(assign(option, "2.0"));
    CHECK(to == 2);
    for (const char* word : {"0", "65", "1.5", "-1", "18446744073709551617", "1e300", ""})
        refusal(option, word);
    CHECK(to == 2);
}

TEST_CASE("a choice is one of its words, and a near miss is told which") {
    std::string to = "auto";
    const Option option = choice("--format", to, {"json", "table", "csv"}, "format");
    CHECK(assign(option, "table"));
    CHECK(to == "table");
    CHECK(refusal(option, "Table").find("'table' perhaps") != std::string::npos);
    CHECK(refusal(option, "xml").find("json, table, csv") != std::string::npos);
    refusal(option, "");
}

TEST_CASE("a time is RFC 3339 or milliseconds, and believed") {
    std::optional<Timestamp> to;
    const Option option = time("--as-of", to, "time");
    CHECK(assign(option, "2026-02-05T15:51:32Z"));
    CHECK(to->ms == 1'770'306'692'000);
    CHECK(assign(option, "1770306692001"));
    CHECK(to->ms == 1'770'306'692'001);
    for (const char* word :
         {"1770306692", "1999-12-31", "2100-01-01", "0", "-1", "then", "", "2026-13-01", "1e400"})
        refusal(option, word);
    CHECK(to->ms == 1'770'306'692'001);
}

TEST_CASE("a duration has a unit") {
    std::optional<std::int64_t> to;
    const Option option = duration("--horizon", to, "horizon");
    CHECK(assign(option, "1.5h"));
    CHECK(to == 5'400'000);
    for (const char* word : {"90", "", "s", "-5m", "0d", "nand"}) refusal(option, word);
}

TEST_CASE("switches, texts and lists") {
    bool on = false;
    std::string word;
    std::vector<std::string> many;
    CHECK(assign(toggle("--keep", on, "keep"), ""));
    CHECK(on);
    CHECK(assign(text("--policy", word, "NAME", "policy"), "mine"));
    CHECK(word == "mine");
    refusal(text("--policy", word, "NAME", "policy"), "");
    const Option sets = texts("--set", many, "NAME=N", "set");
    CHECK(assign(sets, "a=1"));
    CHECK(assign(sets, "b=2"));
    CHECK(many == std::vector<std::string>{"a=1", "b=2"});
}

TEST_CASE("what is typed never reaches the terminal raw") {
    double to = 0.0;
    CHECK(refusal(number("--level", to, 0, 1, "level"), "\x1b[31m").find('\x1b') == std::string::npos);
}

TEST_CASE("an option's long and short names") {
    bool on = false;
    CHECK(toggle("-k,--keep", on, "").long_name() == "--keep");
    CHECK(toggle("-k,--keep", on, "").short_name() == "-k");
    CHECK(toggle("--keep", on, "").short_name().empty());
}
