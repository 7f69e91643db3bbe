// Typed writing of records: one JSON object on a line, members in the order of fields().
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "json/field.hpp"
#include "json/number.hpp"
#include "json/reader.hpp"

namespace tidemark::json {

inline void append_value(std::string& out, double value) {
    append_number(out, value);
}
inline void append_value(std::string& out, std::int64_t value) {
    append_number(out, value);
}
inline void append_value(std::string& out, bool value) {
    out += value ? "true" : "false";
}
inline void append_value(std::string& out, Timestamp value) {
    append_number(out, value.ms);
}
inline void append_value(std::string& out, std::string_view value) {
    append_quoted(out, value);
}
inline void append_value(std::string& out, const Level& value) {
    out += '[';
    append_number(out, value[0]);
    out += ',';
    append_number(out, value[1]);
    out += ']';
}

template <class E>
requires std::is_enum_v<E>
void append_value(std::string& out, E value) {
    append_quoted(out, word(value));
}

inline void append_value(std::string& out, const Named& value) {
    char open = '{';
    for (const auto& [name, number] : value) {
        out += open;
        open = ',';
        append_quoted(out, name);
        out += ':';
        append_number(out, number);
    }
    out += value.empty() ? "{}" : "}";
}

template <class E>
void append_value(std::string& out, const ByWord<E>& value) {
    char open = '{';
    for (const E at : every<E>()) {
        out += open;
        open = ',';
        append_quoted(out, word(at));
        out += ':';
        append_number(out, value[at]);
    }
    out += '}';
}

template <Record T>
void append_value(std::string& out, const T& record);

template <class T>
void append_value(std::string& out, const std::vector<T>& values) {
    char open = '[';
    for (const T& value : values) {
        out += open;
        open = ',';
        append_value(out, value);
    }
    out += values.empty() ? "[]" : "]";
}

template <class T>
bool present(const T&) {
    return true;
}
template <class T>
bool present(const std::optional<T>& value) {
    return value.has_value();
}
template <class T>
bool present(const std::vector<T>& values) {
    return !values.empty();
}

template <class T>
void append_member(std::string& out, std::string_view name, const T& value) {
    if constexpr (requires { value.has_value(); }) {
        append_member(out, name, *value);
    } else {
        if (out.back() != '{') out += ',';
        append_quoted(out, name);
        out += ':';
        append_value(out, value);
    }
}

/// Its body is in json/members.hpp, and made once a record, in lib/record/members_*.cpp.
template <Record T>
void append_members(std::string& out, const T& record);

template <Record T>
void append_value(std::string& out, const T& record) {
    out += '{';
    append_members(out, record);
    out += '}';
}

/// A whole record as a line, its type first.
template <Record T>
void append_line(std::string& out, const T& record) {
    out += "{\"type\":";
    append_quoted(out, T::type);
    append_members(out, record);
    out += "}\n";
}

}  // namespace tidemark::json
