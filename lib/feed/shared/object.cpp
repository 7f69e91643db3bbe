#include "feed/shared/object.hpp"

#include <fmt/format.h>

#include "json/escape.hpp"

namespace tidemark::feed {
namespace {

bool absent(const json::Line& line, std::uint32_t at) {
    if (at == 0) return true;
    const json::Token& token = line.at(at);
    return token.kind == json::Kind::null || (token.kind == json::Kind::string && token.begin == token.end);
}

std::string joined(const std::string& path, std::string_view name) {
    if (name.empty() || path.empty()) return path + std::string{name};
    return path + (name.front() == '[' ? "" : ".") + std::string{name};
}

}  // namespace

void Object::refuse(Errc code, std::string_view name, std::string message) {
    if (error_) return;
    const std::uint32_t at = find(name);
    error_ = Error{code, std::move(message), joined(place_.path, name),
                   place_.line->at(at == 0 ? place_.at : at).begin};
}

std::optional<double> Object::number(std::string_view name) {
    const std::uint32_t at = find(name);
    if (absent(*place_.line, at)) return std::nullopt;
    const json::Token& token = place_.line->at(at);
    if (token.kind == json::Kind::number) return token.number;
    const std::string_view raw = place_.line->raw(token);
    double value = 0.0;
    if (token.kind == json::Kind::string && !token.escaped && json::read_whole_number(raw, value))
        return value;
    refuse(Errc::wrong_type, name,
           fmt::format("want a number, got '{}'", json::printable(raw.substr(0, 40))));
    return std::nullopt;
}

double Object::required(std::string_view name) {
    const std::optional<double> value = number(name);
    if (!value) refuse(Errc::missing_field, name, "want a number, got none");
    return value.value_or(0.0);
}

std::optional<double> Object::unless_zero(std::string_view name) {
    const std::optional<double> value = number(name);
    return value == 0.0 ? std::nullopt : value;
}

std::optional<double> Object::percent(std::string_view name) {
    const std::optional<double> value = unless_zero(name);
    if (!value) return std::nullopt;
    const std::string_view raw = place_.line->raw(place_.line->at(find(name)));
    double fraction = 0.0;
    const bool plain = raw.find_first_of("eE") == std::string_view::npos;
    return plain && json::parse_number(std::string{raw} + "e-2", fraction) ? fraction : *value / 100.0;
}

std::optional<std::string_view> Object::text(std::string_view name) {
    const std::uint32_t at = find(name);
    if (absent(*place_.line, at)) return std::nullopt;
    const json::Token& token = place_.line->at(at);
    if (token.kind != json::Kind::string) {
        refuse(Errc::wrong_type, name, fmt::format("want text, got {}", json::kind_name(token.kind)));
        return std::nullopt;
    }
    if (!token.escaped) return place_.line->raw(token);
    return place_.line->string(token, unescaped_.emplace_back());
}

std::string_view Object::required_text(std::string_view name) {
    const auto value = text(name);
    if (!value) refuse(Errc::missing_field, name, "want text, got none");
    return value.value_or("");
}

std::optional<Timestamp> Object::time(std::string_view name, TimeUnit unit) {
    const std::uint32_t at = find(name);
    if (absent(*place_.line, at)) return std::nullopt;
    const json::Token& token = place_.line->at(at);
    if (token.kind != json::Kind::string && token.kind != json::Kind::number) {
        refuse(Errc::wrong_type, name, fmt::format("want a time, got {}", json::kind_name(token.kind)));
        return std::nullopt;
    }
    const auto read = read_time(place_.line->raw(token), unit);
    if (read) return *read;
    refuse(read.error().code, name, read.error().message);
    return std::nullopt;
}

std::optional<Place> Object::member(std::string_view name) const {
    const std::uint32_t at = find(name);
    if (at == 0) return std::nullopt;
    const json::Kind kind = place_.line->at(at).kind;
    if (kind != json::Kind::object && kind != json::Kind::array) return std::nullopt;
    return Place{place_.line, at, joined(place_.path, name)};
}

void Checked::refuse(Error error, const Object& from, Output& out) {
    error.field = joined(from.place().path, error.field);
    error.offset = from.place().token().begin;
    out.errors.push_back(std::move(error));
}

}  // namespace tidemark::feed
