#include "cli/arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/near_miss.hpp"
#include "json/escape.hpp"

namespace tidemark::cli {
namespace {

/// The long option that a mistyped one probably means.
std::string suggestion(std::span<const Option> options, const std::vector<std::string>& left) {
    std::vector<std::string> names;
    for (const Option& option : options) names.push_back(option.long_name().substr(2));
    const std::vector<std::string_view> known(names.begin(), names.end());
    for (const std::string& word : left) {
        if (!word.starts_with("--")) continue;
        const std::string_view meant = near_miss(std::string_view{word}.substr(2, word.find('=') - 2), known);
        if (!meant.empty()) return fmt::format("; --{} perhaps", meant);
    }
    return "; see --help";
}

}  // namespace

Status parse_arguments(std::span<const Option> options, std::vector<std::string>& files, int argc,
                       const char* const* argv) {
    CLI::App app;
    app.set_help_flag();
    std::vector<std::vector<std::string>> given(options.size());
    std::vector<CLI::Option*> added;
    for (std::size_t i = 0; i < options.size(); ++i) {
        const Option& option = options[i];
        if (option.value.empty()) {
            added.push_back(app.add_flag(option.names));
        } else {
            added.push_back(app.add_option(option.names, given[i])->expected(1)->allow_extra_args(false));
            added.back()->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        }
    }
    app.add_option("FILE", files);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ExtrasError&) {
        const auto left = app.remaining();
        return Error{Errc::usage,
                     fmt::format("no such option: {}{}", json::printable(left.empty() ? "" : left.front()),
                                 suggestion(options, left)),
                     "", 0};
    } catch (const CLI::ParseError& e) {
        return Error{Errc::usage, fmt::format("{}; see --help", json::printable(e.what())), "", 0};
    }
    for (std::size_t i = 0; i < options.size(); ++i) {
        if (options[i].value.empty() && added[i]->count() > 0) given[i].emplace_back();
        for (const std::string& word : given[i]) {
            if (Status assigned = assign(options[i], word); !assigned) return assigned;
        }
    }
    return Ok{};
}

}  // namespace tidemark::cli
