#include "corpus.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "json/escape.hpp"
#include "json/line.hpp"
#include "padded.hpp"

using namespace tidemark;
using namespace tidemark::json;

namespace {

struct Case {
    std::string line;
    std::string code;  // of the refusal; empty where there is none
};

std::string bytes(std::string_view shown) {
    std::string out;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        if (shown[i] == '^') {
            out += static_cast<char>(std::stoi(std::string{shown.substr(i + 1, 2)}, nullptr, 16));
            i += 2;
        } else {
            out += shown[i];
        }
    }
    return out;
}

std::vector<Case> cases(std::string_view table) {
    std::vector<Case> all;
    std::string code;
    for (table.remove_prefix(1); !table.empty();) {
        const std::string_view row = table.substr(0, table.find('\n'));
        table.remove_prefix(row.size() + 1);
        if (row.starts_with("# "))
            code = row.substr(2);
        else
            all.push_back({bytes(row), code});
    }
    return all;
}

/// The code that the line is refused with; empty where it is taken.
std::string verdict(Line& line, std::string_view text) {
    const Padded padded{text};
    const Status parsed = line.parse(padded.text());
    if (parsed) return "";
    CHECK(parsed.error().offset <= text.size());
    CHECK_FALSE(parsed.error().message.empty());
    return std::string{errc_name(parsed.error().code)};
}

bool object_for_nlohmann(const std::string& text) {
    return nlohmann::json::accept(text) && nlohmann::json::parse(text).is_object();
}

}  // namespace

TEST_CASE("what a strict parser must refuse is refused, and called by its name") {
    Line line;
    for (const Case& c : cases(corpus::malformed)) {
        INFO(printable(c.line));
        CHECK(verdict(line, c.line) == c.code);
        CHECK_FALSE(object_for_nlohmann(c.line));
    }
}

TEST_CASE("what parsers disagree about is refused, though its grammar is good") {
    Line line;
    for (const Case& c : cases(corpus::ambiguous)) {
        INFO(printable(c.line));
        CHECK(verdict(line, c.line) == c.code);
        CHECK(object_for_nlohmann(c.line));
    }
}

TEST_CASE("what a parser must take is taken") {
    Line line;
    for (const Case& c : cases(corpus::accepted)) {
        INFO(printable(c.line));
        CHECK(verdict(line, c.line).empty());
        CHECK(object_for_nlohmann(c.line));
    }
}

TEST_CASE("length alone refuses nothing below the limits") {
    Line line;
    CHECK(verdict(line, R"({"a":")" + std::string(100'000, 'x') + "\"}").empty());
    CHECK(verdict(line, std::string(1000, ' ') + "{}").empty());
    CHECK(verdict(line, R"({"a":)" + std::string(400, '9') + "}") == "out_of_range");
}

TEST_CASE("every cut of a good line is refused") {
    const std::string text = R"({"type":"book","n":[-1.5e3,0,{"k":"\u00e9\\"}],"t":true,"z":null})";
    Line line;
    for (std::size_t size = 0; size < text.size(); ++size) {
        INFO(size);
        const Padded padded{text.substr(0, size)};
        CHECK_FALSE(line.parse(padded.text()));
    }
    const Padded padded{text};
    CHECK(line.parse(padded.text()));
}

TEST_CASE("every one-byte change of a good line is judged as nlohmann judges it") {
    const std::string good = R"({"type":"t","n":[-1.5e3,0,{"k":"\u00e9\\"}],"b":true,"z":null})";
    Line line;
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (int byte = 1; byte < 256; ++byte) {
            std::string text = good;
            text[at] = static_cast<char>(byte);
            const Padded padded{text};
            const Status parsed = line.parse(padded.text());
            if (static_cast<bool>(parsed) == nlohmann::json::accept(text)) continue;
            INFO(printable(text));
            REQUIRE_FALSE(parsed);
            REQUIRE(
                (parsed.error().code == Errc::duplicate_key || parsed.error().code == Errc::malformed_json));
            REQUIRE(
                (parsed.error().code == Errc::duplicate_key || text.find("\\u0000") != std::string::npos));
        }
    }
}
