#include "desk/policy_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "stream/io/read_file.hpp"

namespace tidemark::desk {
namespace {

bool is_file(std::string_view name) {
    return name.find('/') != std::string_view::npos || name.ends_with(".json");
}

}  // namespace

Result<policy::Document> policy_named(const std::string& name, std::span<const policy::Preset> built_in) {
    if (!is_file(name)) return policy::preset(name, built_in);
    const auto text = stream::read_file(name);
    if (!text) return text.error();
    auto document = policy::Document::parse(*text);
    if (document) {
        document->set_file(name);
    } else {
        document.error().message = fmt::format("{}: {}", name, document.error().message);
    }
    return document;
}

std::vector<cli::Option> PolicyOptions::options() {
    return {
        cli::text("-p,--policy", policy, "NAME|FILE",
                  "the " + kind + " policy: a built-in name, or a file (a name with / or .json)"),
        cli::texts("--set", set, "NAME=VALUE",
                   "change one number or word of the policy; may be repeated, and results say so"),
        cli::toggle("--list-policies", list, "list the built-in policies"),
        cli::text("--print-policy", print, "NAME", "print a built-in policy, to start a file from"),
    };
}

Result<std::optional<std::string>> PolicyOptions::page() const {
    if (list) {
        std::string out;
        for (const policy::Preset& preset : built_in) {
            const auto document = policy::Document::parse(preset.text);
            if (!document) return document.error();
            out += fmt::format("{:<24} model {:<12} {}\n", document->id(), document->model(),
                               document->source());
        }
        return std::optional{out};
    }
    if (print.empty()) return std::optional<std::string>{};
    if (const auto known = policy::preset(print, built_in); !known) return known.error();
    const auto found = std::ranges::find(built_in, print, &policy::Preset::name);
    return std::optional{std::string{found->text}};
}

Result<policy::Document> PolicyOptions::document(std::string_view otherwise) const {
    auto document = policy_named(policy.empty() ? std::string{otherwise} : policy, built_in);
    for (const std::string& assignment : set) {
        if (document) document = document->with(assignment);
    }
    return document;
}

}  // namespace tidemark::desk
