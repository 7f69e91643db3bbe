// What a policy document is inside, for the files that read it and change it.
#pragma once

#include <string>
#include <string_view>

#include "policy/document.hpp"
#include "policy/strict_json.hpp"

namespace tidemark::policy {

using Json = nlohmann::json;

struct Document::Body {
    Json json;
};

/// Whether a member belongs to the policy and not to its model.
bool is_header(std::string_view name);

/// The member of that name; null where there is none.
const Json* find(const Json& object, const std::string& name);

/// The beginning of a text, cut between two characters.
std::string_view beginning(std::string_view text, std::size_t most);

/// A name that fits a record's text: where it has more than 128 bytes, its beginning and a hash of it all.
std::string clip_text(std::string id);

}  // namespace tidemark::policy
