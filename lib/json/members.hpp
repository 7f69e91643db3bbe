// The bodies of what reads, writes and rewrites the members of a record. They take seconds to compile, so
// each is made once, where this file is included: for the project's records in lib/record/members_*.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "json/field.hpp"
#include "json/reader.hpp"
#include "json/rewrite.hpp"
#include "json/writer.hpp"

namespace tidemark::json {

template <Record T>
bool Reader::members(std::uint32_t object, T& out) {
    static constexpr auto names = field_names<T>();
    static constexpr auto hashes = name_hashes(names);
    constexpr std::size_t count = names.size();
    using Read = bool (*)(Reader&, std::uint32_t, T&);
    static constexpr auto readers = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array<Read, count>{[](Reader& reader, std::uint32_t at, T& record) {
            constexpr auto f = std::get<I>(T::fields());
            return reader.value(at, record.*f.member, f.rule);
        }...};
    }
    (std::make_index_sequence<count>{});

    // Lines of one producer have their members in one order: what the n-th was last time, it mostly is again.
    Order& order = order_of(names.data());
    std::uint64_t seen = 0;
    std::size_t n = 0;
    for (std::uint32_t key = object + 1; key < line_->at(object).next; key = line_->at(key + 1).next, ++n) {
        const Token& token = line_->at(key);
        std::size_t i = 0;
        if (n < order.hash.size() && order.hash[n] == token.name_hash) {
            i = order.field[n];
            if (i == count) continue;
        } else {
            while (i < count && token.name_hash != hashes[i]) ++i;
        }
        if (i == count || !line_->spells(token, names[i])) {
            if (!let_pass(key, names)) return false;
            i = count;
        }
        if (n < order.hash.size()) {
            order.hash[n] = token.name_hash;
            order.field[n] = static_cast<std::uint32_t>(i);
        }
        if (i == count) continue;
        seen |= std::uint64_t{1} << i;
        if (!readers[i](*this, key + 1, out)) return inside(names[i]);
    }

    const auto settle = [&](const auto& f, std::size_t i) {
        if ((seen >> i & 1U) != 0) return true;
        using Value = typename std::decay_t<decltype(f)>::Value;
        if constexpr (std::is_same_v<Value, bool>) {
            out.*f.member = false;
            return true;
        } else if constexpr (!may_be_absent<Value>) {
            return missing(object, f.name);
        } else if constexpr (requires { (out.*f.member).reset(); }) {
            (out.*f.member).reset();
        } else {
            (out.*f.member).clear();
        }
        return true;
    };
    std::size_t i = 0;
    return std::apply([&](const auto&... f) { return (settle(f, i++) && ...); }, T::fields());
}

template <Record T>
void append_members(std::string& out, const T& record) {
    const auto add = [&](const auto& f) {
        if (present(record.*f.member)) append_member(out, f.name, record.*f.member);
    };
    std::apply([&](const auto&... f) { (add(f), ...); }, T::fields());
}

template <Record T>
bool Rewrite::members(std::uint32_t object, const T& before, const T& after) {
    const auto member = [&](const auto& f) {
        return value(object, f.name, before.*f.member, after.*f.member, f.rule);
    };
    return std::apply([&](const auto&... f) { return (member(f) && ...); }, T::fields());
}

}  // namespace tidemark::json
