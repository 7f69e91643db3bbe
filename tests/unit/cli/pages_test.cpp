#include "cli/pages.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace tidemark::cli;

namespace {

struct Sample {
    Sample() {
        tool.options[1].initial = "auto";
        tool.options[2].initial = "0.25";
    }

    bool keep = false;
    double level = 0.25;
    std::string format = "auto", file_name;
    std::vector<std::string> sets;
    Tool tool{.name = "tide-look",
              .summary = "look at the tide",
              .examples = {{"tide-look -k sea.jsonl", "keep what is looked at"}},
              .options = {toggle("-k,--keep", keep, "keep what's read: [all of it]"),
                          choice("-f,--format", format, {"json", "table"}, "how answers are written"),
                          number("--level", level, 0, 1,
                                 "a level that has a long line of help, so that it must be "
                                 "broken more than once before the margin of the page"),
                          file("--log", file_name, "where to write"),
                          texts("--set", sets, "NAME=N", "change one number")},
              .reads = {"account"},
              .digests = {"candle"},
              .adds = "tide",
              .adds_records = "",
              .columns = {},
              .make = {},
              .print = {}};
};

bool has(const std::string& page, std::string_view words) {
    return page.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("--help shows examples, what is read and written, every option, and fits a terminal") {
    Sample sample;
    const std::string page = help_page(sample.tool, sample.tool.options);
    for (const char* words : {"Usage: tide-look", "Look at the tide.", "tide-look -k sea.jsonl",
                              "Reads: account", "candle", "Adds: member tide", "-k, --keep", "--format NAME",
                              "json, table", "auto)", "(default 0.25)", "--set NAME=N", "Exit status"}) {
        INFO(words << " in\n" << page);
        CHECK(has(page, words));
    }
    CHECK(page.find("Examples") < page.find("Options"));
    std::istringstream lines{page};
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 80);
}

TEST_CASE("the usage line names the operands that are no files") {
    Sample sample;
    CHECK(has(help_page(sample.tool, sample.tool.options), "Usage: tide-look [OPTION]... [FILE]..."));
    sample.tool.assignment = "WAVE";
    CHECK(has(help_page(sample.tool, sample.tool.options), "Usage: tide-look [OPTION]... WAVE... [FILE]..."));
}

TEST_CASE("the OPTIONS section of the man page names every option once") {
    Sample sample;
    const std::string page = man_options(sample.tool.options);
    for (const Option& option : sample.tool.options) {
        const std::string item = "Fl Fl " + option.long_name().substr(2);
        CHECK(has(page, item));
        CHECK(page.find(item) == page.rfind(item));
    }
    std::istringstream lines{page};
    for (std::string line; std::getline(lines, line);) {
        CHECK_FALSE(line.empty());
        CHECK((line[0] != '.' || line.substr(0, 3) == ".It" || line.substr(0, 3) == ".Bl" || line == ".El"));
    }
}

TEST_CASE("completions know every option and its words") {
    Sample sample;
    const std::string shell = GENERATE("bash", "zsh", "fish");
    INFO(shell);
    const std::string script = completion(sample.tool, sample.tool.options, shell);
    for (const Option& option : sample.tool.options) CHECK(has(script, option.long_name().substr(2)));
    CHECK(has(script, "json table"));
    CHECK(has(script, "tide-look"));
    if (shell == "zsh") CHECK(has(script, R"(what'\''s read\: \[all of it\])"));
    if (shell == "fish") CHECK(has(script, R"(what\'s read)"));
}
