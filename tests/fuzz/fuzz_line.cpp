// A line that we take, nlohmann takes; a line that we refuse, it refuses, but for what two parsers read as
// two things. A member spliced into a line is found in it, and the rest is as it was.
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "json/line.hpp"

using namespace tidemark;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

bool differs_knowingly(const Error& error, const std::string& text) {
    switch (error.code) {
        case Errc::duplicate_key:
        case Errc::embedded_nul:
        case Errc::too_deep:
        case Errc::too_many:
            return true;
        case Errc::out_of_range:  // an underflow; an overflow is refused by both
            return text.find_first_of("eE.") != std::string::npos;
        case Errc::malformed_json:  // "\u0000", a mark of byte order, and a root that is no object
            return text.find("\\u0000") != std::string::npos || text.starts_with("\xEF\xBB\xBF") ||
                   !nlohmann::json::parse(text, nullptr, false).is_object();
        default:
            return false;
    }
}

void splices(const json::Line& line, std::string_view name) {
    std::string out;
    json::splice(out, line, name, "[7]");
    const std::size_t size = out.size();
    out.append(json::padding, '7');
    json::Line again{json::Limits{.members = 2000, .array_root = false}};
    require(static_cast<bool>(again.parse(std::string_view{out}.substr(0, size))));
    const std::uint32_t at = again.find(json::Line::root, name);
    require(at != 0 && again.raw(again.at(at)) == "[7]");
    const auto before = nlohmann::json::parse(line.text());
    auto after = nlohmann::json::parse(out.substr(0, size));
    require(after.erase(std::string{name}) == 1);
    auto rest = before;
    rest.erase(std::string{name});
    require(after == rest);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{reinterpret_cast<const char*>(data), size};
    std::string padded = text;
    padded.append(json::padding, '7');
    static json::Line line;
    const Status parsed = line.parse(std::string_view{padded}.substr(0, size));
    const bool accepted = nlohmann::json::accept(text);
    if (!parsed) {
        require(!accepted || differs_knowingly(parsed.error(), text));
        require(parsed.error().offset <= size);
        return 0;
    }
    require(accepted);
    splices(line, "margin");
    std::string scratch;
    if (line.at(line.root).next > 1) splices(line, std::string{line.string(line.at(1), scratch)});
    return 0;
}
