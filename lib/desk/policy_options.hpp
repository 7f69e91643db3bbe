// The options by which a tool is given its policy.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/option.hpp"
#include "margin/model/model.hpp"
#include "policy/describe.hpp"

namespace tidemark::desk {

struct PolicyOptions {
    std::string policy;  // empty: what the lines say, or the default
    std::vector<std::string> set;
    bool list = false;
    std::string print, describe;
    /// Of the policy that --policy takes, and behind it of others that the tool lists and explains too.
    std::vector<const policy::Family*> families{&margin::policies()};

    /// --policy, --set, --list-policies, --print-policy, --describe-policy.
    std::vector<cli::Option> options();
    /// The page that --list-policies, --print-policy or --describe-policy asks for; what is described is as
    /// --set changes it.
    [[nodiscard]] Result<std::optional<std::string>> page() const;
    /// The policy, with what --set changes. `otherwise` is taken where --policy names none.
    [[nodiscard]] Result<policy::Document> document(std::string_view otherwise) const;
};

/// The policy of that name among the built-in ones, or in a file where the name has a / or ends in .json;
/// parameters that it leaves out at their defaults. Fails with policy, or as reading the file does.
Result<policy::Document> policy_named(const std::string& name,
                                      const policy::Family& family = margin::policies());

/// The same with NAME=VALUE assignments, in order.
Result<policy::Document> policy_named(const std::string& name, const std::vector<std::string>& set,
                                      const policy::Family& family);

}  // namespace tidemark::desk
