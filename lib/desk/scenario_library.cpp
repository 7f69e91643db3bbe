#include "desk/scenario_library.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "json/escape.hpp"
#include "record/scenario.hpp"

namespace tidemark::desk {
namespace {

struct Named {
    std::string name;
    market::Shocks shocks;
};

Error at(const Error& error, std::string_view file, std::size_t number) {
    return {Errc::usage,
            fmt::format("{}:{}: {}{}{}", file, number, json::printable(error.field),
                        error.field.empty() ? "" : ": ", error.message),
            "", 0};
}

Result<Named> read_one(json::Reader& reader, const json::Line& line) {
    const std::uint32_t type = line.find(json::Line::root, "type");
    if (type == 0 || line.raw(line.at(type)) != record::Scenario::type)
        return Error{Errc::wrong_type, "want a scenario record", "type", 0};
    record::Scenario record;
    if (const Status read = reader.read(line, record); !read) return read.error();
    if (record.shocks.empty())
        return Error{Errc::missing_field, "want at least one shock, got none", "shocks", 0};
    Named scenario{std::string{record.name}, {}};
    for (const std::string_view text : record.shocks) {
        if (const Status added = scenario.shocks.add(text); !added) return added.error();
    }
    return scenario;
}

Result<std::vector<Named>> read_all(std::string text, std::string_view file) {
    const std::size_t size = text.size();
    text.append(json::padding, '\n');
    std::vector<Named> all;
    json::Line line;
    json::Reader reader;
    std::size_t begin = 0;
    for (std::size_t number = 1; begin < size; ++number) {
        const std::size_t end = std::min(text.find('\n', begin), size);
        const std::string_view view = std::string_view{text}.substr(begin, end - begin);
        begin = end + 1;
        if (view.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        if (const Status parsed = line.parse(view); !parsed) return at(parsed.error(), file, number);
        auto one = read_one(reader, line);
        if (!one) return at(one.error(), file, number);
        const auto same =
            std::find_if(all.begin(), all.end(), [&](const Named& n) { return n.name == one->name; });
        if (same != all.end())
            return at({Errc::usage, fmt::format("want one scenario {}, got two", json::printable(one->name)),
                       "name", 0},
                      file, number);
        all.push_back(*std::move(one));
    }
    return all;
}

}  // namespace

Result<market::Shocks> scenario_shocks(std::string_view text, std::string_view file, std::string_view name) {
    auto all = read_all(std::string{text}, file);
    if (!all) return all.error();
    if (all->size() == 1 && name.empty()) return std::move(all->front().shocks);
    std::vector<std::string> names;
    for (Named& scenario : *all) {
        if (scenario.name == name) return std::move(scenario.shocks);
        names.push_back(json::printable(scenario.name));
    }
    if (names.empty())
        return Error{Errc::usage, fmt::format("{}: want a scenario line, got none", file), "", 0};
    return Error{
        Errc::usage,
        fmt::format("--scenario: want one of {}, got '{}'", fmt::join(names, ", "), json::printable(name)),
        "", 0};
}

}  // namespace tidemark::desk
