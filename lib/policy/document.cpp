#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/errors.hpp"
#include "core/near_miss.hpp"
#include "policy/document_body.hpp"

namespace tidemark::policy {
namespace {

constexpr std::array<std::string_view, 4> header{"policy", "version", "model", "source"};
constexpr std::string_view own_sources = "sources";

std::string text_of(const Json& value) {
    const std::string text = value.dump();
    return text.size() <= 40 ? text : fmt::format("{}...", beginning(text, 37));
}

Result<double> bounded(const Json& value, std::string_view name, double low, double high) {
    const bool number = value.is_number();
    const double v = number ? value.get<double>() : 0.0;
    if (number && v >= low && v <= high) return v;
    return bad_policy(fmt::format("want a number from {} to {}, got {}", low, high, text_of(value)), name);
}

}  // namespace

bool is_header(std::string_view name) {
    return name == own_sources || std::find(header.begin(), header.end(), name) != header.end();
}

const Json* find(const Json& object, const std::string& name) {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::string_view beginning(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
    return text.substr(0, most);
}

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
            return bad_policy("want this text, which every policy has", header[i]);
        *kept[i] = found->get<std::string>();
    }
    if (const auto sources = body.find(own_sources); sources != body.end()) {
        const bool texts = sources->is_object() && std::all_of(sources->begin(), sources->end(),
                                                               [](const Json& e) { return e.is_string(); });
        if (!texts) return bad_policy("want an object of texts, by parameter", own_sources);
    }
    document.id_ = clip_text(document.name_ + "@" + document.version_);
    return document;
}

std::string Document::source_of(std::string_view parameter) const {
    const Json* const sources = find(body_->json, std::string{own_sources});
    const Json* const own = sources == nullptr ? nullptr : find(*sources, std::string{parameter});
    return own == nullptr ? source_ : own->get<std::string>();
}

Status Document::get(std::string_view name, double, double, std::string& out) const {
    const auto found = body_->json.find(name);
    if (found == body_->json.end()) return bad_policy("want this parameter, got none", name);
    if (!found->is_string()) return bad_policy(fmt::format("want a word, got {}", text_of(*found)), name);
    out = found->get<std::string>();
    return Ok{};
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
    if (found == body_->json.end()) return bad_policy("want this parameter, got none", name);
    const auto value = bounded(*found, name, low, high);
    if (!value) return value.error();
    out = *value;
    return Ok{};
}

Status Document::get(std::string_view name, double low, double high, std::vector<double>& out) const {
    const auto found = body_->json.find(name);
    if (found == body_->json.end() || !found->is_array()) return bad_policy("want a list of numbers", name);
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
        return bad_policy("want an object of numbers, by asset", name);
    for (const auto& [key, entry] : found->items()) {
        const auto value = bounded(entry, fmt::format("{}.{}", name, key), low, high);
        if (!value) return value.error();
        out.emplace(key, *value);
    }
    return Ok{};
}

Status Document::get(std::string_view name, double, double, std::vector<std::string>& out) const {
    const auto found = body_->json.find(name);
    if (found == body_->json.end() || !found->is_array()) return bad_policy("want a list of names", name);
    for (const Json& entry : *found) {
        if (!entry.is_string())
            return bad_policy(fmt::format("want a list of names, got {} in it", text_of(entry)), name);
        out.push_back(entry.get<std::string>());
    }
    return Ok{};
}

Status Document::no_others(std::span<const std::string_view> known) const {
    for (const auto& [key, value] : body_->json.items()) {
        if (is_header(key) || std::find(known.begin(), known.end(), key) != known.end()) continue;
        const std::string_view meant = near_miss(key, known);
        return bad_policy(
            meant.empty()
                ? fmt::format("want only the parameters of model {}: {}", model_, fmt::join(known, ", "))
                : fmt::format("want '{}' perhaps; model {} has no such parameter", meant, model_),
            key);
    }
    const Json* const sources = find(body_->json, std::string{own_sources});
    if (sources == nullptr) return Ok{};
    for (const auto& [key, value] : sources->items()) {
        if (std::find(known.begin(), known.end(), key) == known.end())
            return bad_policy(fmt::format("want the names of parameters, got '{}'", key), own_sources);
    }
    return Ok{};
}

Result<Document> preset(std::string_view name, std::span<const Preset> built_in) {
    std::vector<std::string_view> names;
    for (const Preset& p : built_in) {
        if (p.name == name) return Document::parse(p.text);
        names.push_back(p.name);
    }
    return bad_policy(fmt::format("want a policy file or one of {}, got '{}'", fmt::join(names, ", "), name));
}

}  // namespace tidemark::policy
