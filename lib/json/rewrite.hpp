// A line with some of its numbers changed, and every other byte as it came.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/reader.hpp"

namespace tidemark::json {

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;

/// Collects what differs between two readings of one line: the record as it was read, and as it is to be.
/// Numbers may differ, and what is optional may be gone; all else must be the same in both.
class Rewrite {
public:
    explicit Rewrite(const Line& line) : line_{line} {}

    /// Appends the line: a number that differs is replaced where it stands, in the quotes that it had; what
    /// is gone becomes null. Fails with out_of_range where a new number breaks the rule of its field.
    template <Record T>
    Status append(std::string& out, const T& before, const T& after) {
        if (!members(Line::root, before, after)) return std::move(error_);
        put(out);
        return Ok{};
    }

private:
    struct Edit {
        std::uint32_t begin, end;
        std::string text;
    };

    /// Its body is in json/members.hpp.
    template <Record T>
    bool members(std::uint32_t object, const T& before, const T& after);

    template <class T>
    bool value(std::uint32_t object, std::string_view name, const T& before, const T& after, Rule rule) {
        if constexpr (!is_list<T> && std::equality_comparable<T>) {
            if (before == after) return true;
        }
        const std::uint32_t at = line_.find(object, name);
        return at == 0 || change(at, before, after, rule) || inside(name);
    }

    template <class T>
    bool change(std::uint32_t at, const std::optional<T>& before, const std::optional<T>& after, Rule rule) {
        if (before && after) return change(at, *before, *after, rule);
        if (after) throw std::logic_error{"a member that a line does not have was changed"};
        if (before) erase(at);
        return true;
    }

    template <class T>
    bool change(std::uint32_t at, const std::vector<T>& before, const std::vector<T>& after, Rule rule) {
        std::uint32_t element = at + 1;
        for (std::size_t i = 0; i < before.size(); ++i, element = line_.at(element).next) {
            if (!change(element, before[i], after.at(i), rule)) return inside(i);
        }
        return true;
    }

    template <Record T>
    bool change(std::uint32_t at, const T& before, const T& after, Rule) {
        return members(at, before, after);
    }

    template <class T>
    requires(!Record<T>) bool change(std::uint32_t, const T& before, const T& after, Rule) {
        if (before == after) return true;
        throw std::logic_error{"what is no number was changed"};
    }

    bool change(std::uint32_t at, const double& before, const double& after, Rule rule);
    bool change(std::uint32_t at, const Level& before, const Level& after, Rule rule);
    bool change(std::uint32_t at, const Named& before, const Named& after, Rule rule);

    void erase(std::uint32_t at);
    void put(std::string& out);
    bool inside(std::size_t index);
    bool inside(std::string_view name);

    const Line& line_;
    std::vector<Edit> edits_;
    Error error_{Errc::internal, "", "", 0};
};

}  // namespace tidemark::json
