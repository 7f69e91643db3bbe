// The options by which a tool is given its policy.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/option.hpp"
#include "policy/document.hpp"

namespace tidemark::desk {

struct PolicyOptions {
    std::string policy;  // empty: what the lines say, or the default
    std::vector<std::string> set;
    bool list = false;
    std::string print;
    std::string kind = "margin";  // of policy, for --help
    std::span<const policy::Preset> built_in = policy::presets();

    /// --policy, --set, --list-policies, --print-policy.
    std::vector<cli::Option> options();
    /// The page that --list-policies or --print-policy asks for.
    [[nodiscard]] Result<std::optional<std::string>> page() const;
    /// The policy, with what --set changes. `otherwise` is taken where --policy names none.
    [[nodiscard]] Result<policy::Document> document(std::string_view otherwise) const;
};

/// The policy of that name among the built-in ones, or in a file where the name has a / or ends in .json.
/// Fails with policy, or as reading the file does.
Result<policy::Document> policy_named(const std::string& name,
                                      std::span<const policy::Preset> built_in = policy::presets());

}  // namespace tidemark::desk
