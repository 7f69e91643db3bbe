#include "desk/policy_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/errors.hpp"
#include "json/escape.hpp"
#include "stream/io/read_file.hpp"

namespace tidemark::desk {
namespace {

bool is_file(std::string_view name) {
    return name.find('/') != std::string_view::npos || name.ends_with(".json");
}

Result<policy::Document> from_file(const std::string& name) {
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

bool has(std::span<const policy::Preset> built_in, std::string_view name) {
    return std::ranges::find(built_in, name, &policy::Preset::name) != built_in.end();
}

std::string list_page(const policy::Family& family) {
    std::string out;
    for (const policy::Preset& preset : family.built_in) {
        const policy::Document document = policy::preset(preset.name, family.built_in).value();
        out += fmt::format("{:<24} model {:<12} {}\n", document.id(), document.model(), document.source());
    }
    return out;
}

/// Made safe for a terminal, line by line: names and sources of a file are from outside.
std::string shown(std::string_view page) {
    std::string out;
    for (std::size_t at = 0; at < page.size();) {
        const std::size_t end = std::min(page.find('\n', at), page.size());
        out += json::printable(page.substr(at, end - at)) + '\n';
        at = end + 1;
    }
    return out;
}

}  // namespace

Result<policy::Document> policy_named(const std::string& name, const policy::Family& family) {
    auto document = is_file(name) ? from_file(name) : policy::preset(name, family.built_in);
    if (!document) return document;
    const policy::ModelText* const model = family.model(document->model());
    return model == nullptr ? document : document->completed(model->schema.parameters());
}

Result<policy::Document> policy_named(const std::string& name, const std::vector<std::string>& set,
                                      const policy::Family& family) {
    auto document = policy_named(name, family);
    for (const std::string& assignment : set) {
        if (document) document = document->with(assignment);
    }
    return document;
}

std::vector<cli::Option> PolicyOptions::options() {
    return {
        cli::text("-p,--policy", policy, "NAME|FILE",
                  fmt::format("the {} policy: a built-in name, or a file (a name with / or .json)",
                              families.front()->kind)),
        cli::texts("--set", set, "NAME=VALUE",
                   "change one number or word of the policy; may be repeated, and results say so"),
        cli::toggle("--list-policies", list, "list the built-in policies"),
        cli::text("--print-policy", print, "NAME", "print a built-in policy, to start a file from"),
        cli::text("--describe-policy", describe, "NAME|FILE",
                  "say of every parameter of a policy what it is, and where it is from"),
    };
}

Result<std::optional<std::string>> PolicyOptions::page() const {
    std::string out;
    if (list) {
        for (const policy::Family* family : families) out += list_page(*family);
        return std::optional{out};
    }
    const auto family_of = [&](std::string_view name) -> const policy::Family& {
        const auto found =
            std::ranges::find_if(families, [&](const auto* family) { return has(family->built_in, name); });
        return found == families.end() ? *families.front() : **found;
    };
    if (!print.empty()) {
        const auto built_in = family_of(print).built_in;
        if (const auto known = policy::preset(print, built_in); !known) return known.error();
        return std::optional{std::string{std::ranges::find(built_in, print, &policy::Preset::name)->text}};
    }
    if (describe.empty()) return std::optional<std::string>{};
    auto document = policy_named(describe, set, family_of(describe));
    if (!document) return document.error();
    for (const policy::Family* family : families) {
        const policy::ModelText* const model = family->model(document->model());
        if (model == nullptr) continue;
        const auto text = policy::describe(*document, *model);
        if (!text) return text.error();
        return std::optional{shown(*text)};
    }
    return bad_policy(fmt::format("want a policy of this tool, got one of model '{}'", document->model()),
                      "--describe-policy");
}

Result<policy::Document> PolicyOptions::document(std::string_view otherwise) const {
    return policy_named(policy.empty() ? std::string{otherwise} : policy, set, *families.front());
}

}  // namespace tidemark::desk
