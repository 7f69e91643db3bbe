#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <set>

#include "core/errors.hpp"
#include "policy/document_body.hpp"

namespace tidemark::policy {
namespace {

bool same(const Json* a, const Json* b) {
    return a == nullptr || b == nullptr ? a == b : *a == *b;
}

std::set<std::string> names_of(const Json& a, const Json& b) {
    std::set<std::string> names;
    for (const auto& [name, value] : a.items()) names.insert(name);
    for (const auto& [name, value] : b.items()) names.insert(name);
    return names;
}

}  // namespace

std::string clip_text(std::string id) {
    constexpr std::size_t most = 128, hash_digits = 8;
    if (id.size() <= most) return id;
    std::uint32_t hash = 2166136261U;
    for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return fmt::format("{}...{:08x}", beginning(id, most - 3 - hash_digits), hash);
}

Document Document::completed(std::span<const ParamText> parameters) const {
    const auto left_out = [&](const ParamText& p) {
        return !p.otherwise.empty() && !body_->json.contains(p.name);
    };
    if (std::none_of(parameters.begin(), parameters.end(), left_out)) return *this;
    Json changed = body_->json;
    for (const ParamText& p : parameters) {
        if (left_out(p)) changed[std::string{p.name}] = Json::parse(p.otherwise);
    }
    return carrying(Body{std::move(changed)}, id_);
}

Result<Document> Document::with(std::string_view assignment) const {
    if (!plain_word(assignment)) return bad_policy("--set: want UTF-8 without control characters");
    const std::size_t equals = assignment.find('=');
    const std::string path{assignment.substr(0, equals)};
    const auto word = body_->json.find(path);
    if (equals != std::string_view::npos && !is_header(path) && word != body_->json.end() &&
        word->is_string())
        return with_value(path, assignment.substr(equals + 1));
    double value = 0.0;
    const char* const end = assignment.data() + assignment.size();
    const char* const start = equals == std::string_view::npos ? end : assignment.data() + equals + 1;
    const auto [stop, code] = std::from_chars(start, end, value);
    if (code != std::errc{} || stop != end || !std::isfinite(value))
        return bad_policy(fmt::format("want NAME=NUMBER, got '{}'", assignment));
    Json changed = body_->json;
    const std::size_t dot = path.find('.');
    Json* at = &changed;
    if (dot != std::string::npos)
        at = changed.contains(path.substr(0, dot)) ? &changed[path.substr(0, dot)] : nullptr;
    const std::string leaf = dot == std::string::npos ? path : path.substr(dot + 1);
    const bool table =
        dot != std::string::npos && !is_header(path.substr(0, dot)) && at != nullptr && at->is_object();
    if (!table && (dot != std::string::npos || !at->contains(leaf) || !(*at)[leaf].is_number()))
        return bad_policy("want the name of a number of this policy", path);
    (*at)[leaf] = value;
    return carrying(Body{std::move(changed)}, clip_text(fmt::format("{}+{}={}", id_, path, value)));
}

Document Document::carrying(Body body, std::string id) const {
    Document out = *this;
    out.body_ = std::make_shared<const Body>(std::move(body));
    out.id_ = std::move(id);
    return out;
}

Document Document::with_value(const std::string& name, std::string_view word) const {
    Json changed = body_->json;
    changed[name] = word;
    return carrying(Body{std::move(changed)}, clip_text(fmt::format("{}+{}={}", id_, name, word)));
}

template <class T>
Result<Document> Document::replaced(std::string_view name, const T& values) const {
    Json changed = body_->json;
    const Json written = values;
    const auto found = changed.find(name);
    if (found == changed.end() || is_header(name) || found->is_array() != written.is_array() ||
        !found->is_structured())
        return bad_policy("want the name of a list or table of this policy", name);
    *found = written;
    return carrying(Body{std::move(changed)}, id_);
}

std::vector<Document::Difference> Document::differences(const Document& to) const {
    if (model_ != to.model_) return {{"model", std::nullopt, std::nullopt}};
    std::vector<Difference> out;
    const auto number = [](const Json* value) {
        return value != nullptr && value->is_number() ? std::optional{value->get<double>()} : std::nullopt;
    };
    for (const std::string& name : names_of(body_->json, to.body_->json)) {
        const Json *a = find(body_->json, name), *b = find(to.body_->json, name);
        if (is_header(name) || same(a, b)) continue;
        if (a == nullptr || b == nullptr || !a->is_object() || !b->is_object()) {
            out.push_back({name, number(a), number(b)});
            continue;
        }
        for (const std::string& key : names_of(*a, *b)) {
            const Json *from = find(*a, key), *into = find(*b, key);
            if (!same(from, into))
                out.push_back({fmt::format("{}.{}", name, key), number(from), number(into)});
        }
    }
    return out;
}

Document Document::taking(std::string_view name, const Document& other) const {
    if (name == "model") return other;
    Json changed = body_->json;
    const Json* theirs = &other.body_->json;
    Json* ours = &changed;
    const std::size_t dot = name.find('.');
    const std::string outer{name.substr(0, dot)};
    if (dot != std::string_view::npos) {
        ours = &changed[outer];
        theirs = find(*theirs, outer);
    }
    const std::string leaf{name.substr(dot == std::string_view::npos ? 0 : dot + 1)};
    ours->erase(leaf);
    if (const Json* const value = theirs == nullptr ? nullptr : find(*theirs, leaf)) (*ours)[leaf] = *value;
    return carrying(Body{std::move(changed)}, id_);
}

Result<Document> Document::with_list(std::string_view name, const std::vector<double>& values) const {
    return replaced(name, values);
}

Result<Document> Document::with_list(std::string_view name, const std::vector<std::string>& values) const {
    return replaced(name, values);
}

Result<Document> Document::with_table(std::string_view name, const Table& values) const {
    return replaced(name, values);
}

}  // namespace tidemark::policy
