#include "policy/document.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>

#include "core/near_miss.hpp"

namespace tidemark::policy {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 4> header{"policy", "version", "model", "source"};

bool is_header(std::string_view name) {
    return std::find(header.begin(), header.end(), name) != header.end();
}

Error refusal(std::string message, std::string_view field = {}) {
    return {Errc::policy, std::move(message), std::string{field}, 0};
}

/// Parses strictly: nlohmann keeps the last of two equal keys, so they are looked for as they come.
Result<Json> strict_json(std::string_view text) {
    std::vector<std::set<std::string>> open;
    std::string repeated;
    const auto watch = [&](int, Json::parse_event_t event, Json& value) {
        if (event == Json::parse_event_t::object_start) open.emplace_back();
        if (event == Json::parse_event_t::object_end) open.pop_back();
        if (event == Json::parse_event_t::key && !open.back().insert(value.get<std::string>()).second)
            repeated = value.get<std::string>();
        return true;
    };
    try {
        Json parsed = Json::parse(text.begin(), text.end(), watch);
        if (!repeated.empty())
            return refusal(fmt::format("want each parameter once, got '{}' twice", repeated));
        if (!parsed.is_object()) return refusal("want one JSON object");
        return parsed;
    } catch (const Json::exception& e) {
        return refusal(fmt::format("want a JSON object: {}", e.what()));
    }
}

std::string text_of(const Json& value) {
    const std::string text = value.dump();
    return text.size() <= 40 ? text : text.substr(0, 37) + "...";
}

Result<double> bounded(const Json& value, std::string_view name, double low, double high) {
    const bool number = value.is_number();
    const double v = number ? value.get<double>() : 0.0;
    if (number && v >= low && v <= high) return v;
    return refusal(fmt::format("want a number from {} to {}, got {}", low, high, text_of(value)), name);
}

const Json* find(const Json& object, const std::string& name) {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

bool same(const Json* a, const Json* b) {
    return a == nullptr || b == nullptr ? a == b : *a == *b;
}

std::set<std::string> names_of(const Json& a, const Json& b) {
    std::set<std::string> names;
    for (const auto& [name, value] : a.items()) names.insert(name);
    for (const auto& [name, value] : b.items()) names.insert(name);
    return names;
}

/// A record's text has 128 bytes at most: where a name has more, its beginning and a hash (FNV-1a) of it all.
std::string clip_text(std::string id) {
    constexpr std::size_t most = 128, hash_digits = 8;
    if (id.size() <= most) return id;
    std::uint32_t hash = 2166136261U;
    for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return fmt::format("{}...{:08x}", id.substr(0, most - 3 - hash_digits), hash);
}

}  // namespace

struct Document::Body {
    Json json;
};

Document::Document(std::shared_ptr<const Body> body) : body_{std::move(body)} {}

Result<Document> Document::parse(std::string_view text) {
    auto json = strict_json(text);
    if (!json) return json.error();
    Document document{std::make_shared<const Body>(Body{*std::move(json)})};
    const Json& body = document.body_->json;
    std::string* const kept[] = {&document.name_, &document.version_, &document.model_, &document.source_};
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto found = body.find(header[i]);
        if (found == body.end() || !found->is_string() || found->get_ref<const std::string&>().empty())
            return refusal("want this text, which every policy has", header[i]);
        *kept[i] = found->get<std::string>();
    }
    document.id_ = document.name_ + "@" + document.version_;
    return document;
}

Result<Document> Document::with(std::string_view assignment) const {
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
        return refusal(fmt::format("want NAME=NUMBER, got '{}'", assignment));
    Json changed = body_->json;
    const std::size_t dot = path.find('.');
    Json* at = &changed;
    if (dot != std::string::npos)
        at = changed.contains(path.substr(0, dot)) ? &changed[path.substr(0, dot)] : nullptr;
    const std::string leaf = dot == std::string::npos ? path : path.substr(dot + 1);
    const bool table = dot != std::string::npos && at != nullptr && at->is_object();
    if (!table && (dot != std::string::npos || !at->contains(leaf) || !(*at)[leaf].is_number()))
        return refusal("want the name of a number of this policy", path);
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

Status Document::get(std::string_view name, double, double, std::string& out) const {
    const auto found = body_->json.find(name);
    if (found == body_->json.end()) return refusal("want this parameter, got none", name);
    if (!found->is_string()) return refusal(fmt::format("want a word, got {}", text_of(*found)), name);
    out = found->get<std::string>();
    return Ok{};
}

template <class T>
Result<Document> Document::replaced(std::string_view name, const T& values) const {
    Json changed = body_->json;
    const Json written = values;
    const auto found = changed.find(name);
    if (found == changed.end() || found->is_array() != written.is_array() || !found->is_structured())
        return refusal("want the name of a list or table of this policy", name);
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

std::optional<std::string> Document::shown(std::string_view name) const {
    const std::size_t dot = std::min(name.find('.'), name.size());
    const auto found = body_->json.find(name.substr(0, dot));
    if (found == body_->json.end()) return std::nullopt;
    if (dot == name.size()) {
        return found->is_structured() && found->empty() ? std::nullopt : std::optional{text_of(*found)};
    }
    const auto entry = found->find(name.substr(dot + 1));
    return entry == found->end() ? std::nullopt : std::optional{text_of(*entry)};
}

Status Document::get(std::string_view name, double low, double high, double& out) const {
    const auto found = body_->json.find(name);
    if (found == body_->json.end()) return refusal("want this parameter, got none", name);
    const auto value = bounded(*found, name, low, high);
    if (!value) return value.error();
    out = *value;
    return Ok{};
}

Status Document::get(std::string_view name, double low, double high, std::vector<double>& out) const {
    const auto found = body_->json.find(name);
    if (found == body_->json.end() || !found->is_array()) return refusal("want a list of numbers", name);
    for (const Json& entry : *found) {
        const auto value = bounded(entry, name, low, high);
        if (!value) return value.error();
        out.push_back(*value);
    }
    return Ok{};
}

Status Document::get(std::string_view name, double low, double high, Table& out) const {
    const auto found = body_->json.find(name);
    if (found == body_->json.end() || !found->is_object())
        return refusal("want an object of numbers, by asset", name);
    for (const auto& [key, entry] : found->items()) {
        const auto value = bounded(entry, fmt::format("{}.{}", name, key), low, high);
        if (!value) return value.error();
        out.emplace(key, *value);
    }
    return Ok{};
}

Status Document::get(std::string_view name, double, double, std::vector<std::string>& out) const {
    const auto found = body_->json.find(name);
    if (found == body_->json.end() || !found->is_array()) return refusal("want a list of names", name);
    for (const Json& entry : *found) {
        if (!entry.is_string())
            return refusal(fmt::format("want a list of names, got {} in it", text_of(entry)), name);
        out.push_back(entry.get<std::string>());
    }
    return Ok{};
}

Status Document::no_others(std::span<const std::string_view> known) const {
    for (const auto& [key, value] : body_->json.items()) {
        if (is_header(key) || std::find(known.begin(), known.end(), key) != known.end()) continue;
        const std::string_view meant = near_miss(key, known);
        return refusal(
            meant.empty()
                ? fmt::format("want only the parameters of model {}: {}", model_, fmt::join(known, ", "))
                : fmt::format("want '{}' perhaps; model {} has no such parameter", meant, model_),
            key);
    }
    return Ok{};
}

Result<Document> preset(std::string_view name, std::span<const Preset> built_in) {
    std::vector<std::string_view> names;
    for (const Preset& p : built_in) {
        if (p.name == name) return Document::parse(p.text);
        names.push_back(p.name);
    }
    return refusal(fmt::format("want a policy file or one of {}, got '{}'", fmt::join(names, ", "), name));
}

}  // namespace tidemark::policy
