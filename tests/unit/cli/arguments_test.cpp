#include "cli/arguments.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using namespace tidemark::cli;

namespace {

struct Line {
    bool keep = false;
    std::string format = "auto";
    double level = 1.0;
    std::vector<std::string> sets, files;

    Status parse(std::vector<const char*> words) {
        const std::vector<Option> options{
            toggle("-k,--keep", keep, "keep"), choice("-f,--format", format, {"json", "table"}, "format"),
            number("--level", level, 0, 5, "level"), texts("--set", sets, "NAME=N", "set")};
        words.insert(words.begin(), "tool");
        return parse_arguments(options, files, static_cast<int>(words.size()), words.data());
    }
};

}  // namespace

TEST_CASE("options and files in any order") {
    Line line;
    REQUIRE(line.parse(
        {"a.jsonl", "-k", "--level=2.5", "-f", "table", "-", "--set", "a=1", "--set=b=2", "b.jsonl"}));
    CHECK(line.keep);
    CHECK(line.level == 2.5);
    CHECK(line.format == "table");
    CHECK(line.files == std::vector<std::string>{"a.jsonl", "-", "b.jsonl"});
    CHECK(line.sets == std::vector<std::string>{"a=1", "b=2"});
}

TEST_CASE("what is not given keeps its default") {
    Line line;
    REQUIRE(line.parse({}));
    CHECK_FALSE(line.keep);
    CHECK(line.level == 1.0);
    CHECK(line.format == "auto");
    CHECK(line.files.empty());
}

TEST_CASE("after -- everything is a file") {
    Line line;
    REQUIRE(line.parse({"--", "--keep", "-f"}));
    CHECK_FALSE(line.keep);
    CHECK(line.files == std::vector<std::string>{"--keep", "-f"});
}

TEST_CASE("a command line that is not right is refused in words") {
    struct Case {
        std::vector<const char*> words;
        std::string says;
    };
    const auto c = GENERATE(values<Case>({{{"--keeep"}, "--keep perhaps"},
                                          {{"--fromat=table"}, "--format perhaps"},
                                          {{"--colour"}, "see --help"},
                                          {{"--format"}, "format"},
                                          {{"--format", "tabel"}, "'table' perhaps"},
                                          {{"--level", "nan"}, "--level"},
                                          {{"--level", "1", "--level", "x"}, "--level"}}));
    Line line;
    const Status parsed = line.parse(c.words);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == Errc::usage);
    INFO(parsed.error().message);
    CHECK(parsed.error().message.find(c.says) != std::string::npos);
}
