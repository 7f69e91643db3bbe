// Typed reading of records from a validated line.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "json/field.hpp"
#include "json/line.hpp"
#include "json/name_hash.hpp"

namespace tidemark::json {

using Level = std::array<double, 2>;                             // price, quantity
using Named = std::vector<std::pair<std::string_view, double>>;  // an object of numbers, such as {"25": 1e6}

/// Bytes that a text of a record may have.
inline constexpr std::size_t largest_identifier = 128;

/// Whether a value may stand where the rule is.
bool rule_holds(Rule rule, double value);

/// Why it may not: out_of_range, or unit_suspect for a volatility that looks like a percentage. `shown` is
/// the value as it was written.
Error broken_rule(Rule rule, double value, std::string_view shown);

/// The path of a member inside `outer`: positions and [3].qty make positions[3].qty.
std::string outer_path(std::string_view outer, std::string_view inner);

template <std::size_t N>
constexpr std::array<std::uint64_t, N> name_hashes(const std::array<std::string_view, N>& names) {
    std::array<std::uint64_t, N> hashes{};
    for (std::size_t i = 0; i < N; ++i) hashes[i] = name_hash(names[i]);
    return hashes;
}

/// Reads records out of lines. One is kept for many lines, so that nothing is allocated once it is warm.
/// What it fills holds views into the line, or into this reader where a string had escapes: both must
/// outlive the record.
class Reader {
public:
    /// Fills `out` from the line's object. Members that the record does not know are let pass, unless their
    /// name is nearly a known one.
    template <Record T>
    Status read(const Line& line, T& out) {
        begin(line);
        if (members(Line::root, out)) return Ok{};
        return std::move(error_);
    }

    /// Its body is in json/members.hpp, and made once a record, in lib/record/members_*.cpp.
    template <Record T>
    bool members(std::uint32_t object, T& out);

    bool value(std::uint32_t at, double& out, Rule rule);
    bool value(std::uint32_t at, std::int64_t& out, Rule rule);
    bool value(std::uint32_t at, bool& out, Rule rule);
    bool value(std::uint32_t at, Timestamp& out, Rule rule);
    bool value(std::uint32_t at, std::string_view& out, Rule rule);
    bool value(std::uint32_t at, Level& out, Rule rule);
    bool value(std::uint32_t at, Named& out, Rule rule);

    template <class E>
    requires std::is_enum_v<E>
    bool value(std::uint32_t at, E& out, Rule rule) {
        std::string_view word;
        if (!value(at, word, rule)) return false;
        const std::size_t index = word_index(at, word, Words<E>::list);
        if (index == Words<E>::list.size()) return false;
        out = static_cast<E>(index);
        return true;
    }

    template <class E>
    bool value(std::uint32_t at, ByWord<E>& out, Rule rule) {
        Named amounts;
        if (!value(at, amounts, rule)) return false;
        out = {};
        for (const auto& [name, amount] : amounts) {
            const std::size_t index = word_index(at, name, Words<E>::list);
            if (index == word_count<E>) return false;
            out.amounts[index] = amount;
        }
        return true;
    }

    template <class T>
    bool value(std::uint32_t at, std::optional<T>& out, Rule rule) {
        if (line_->at(at).kind == Kind::null) {
            out.reset();
            return true;
        }
        if (!out) out.emplace();
        return value(at, *out, rule);
    }

    template <class T>
    bool value(std::uint32_t at, std::vector<T>& out, Rule rule) {
        out.clear();
        if (!wants(at, Kind::array)) return false;
        for (std::uint32_t i = at + 1; i < line_->at(at).next; i = line_->at(i).next) {
            if (out.size() == max_rows) return too_many(at);
            if (!value(i, out.emplace_back(), rule)) return inside(out.size() - 1);
        }
        return true;
    }

    template <Record T>
    bool value(std::uint32_t at, T& out, Rule) {
        return wants(at, Kind::object) && members(at, out);
    }

    static constexpr std::size_t max_rows = 10'000;

private:
    void begin(const Line& line);
    bool wants(std::uint32_t at, Kind kind);
    bool identifier(std::uint32_t at, std::string_view& out);
    bool fail(std::uint32_t at, Errc code, std::string message);
    bool inside(std::size_t index);      // the error happened in this element
    bool inside(std::string_view name);  // the error happened in this member
    bool too_many(std::uint32_t at);
    bool missing(std::uint32_t object, std::string_view name);
    bool let_pass(std::uint32_t key, std::span<const std::string_view> known);
    std::size_t word_index(std::uint32_t at, std::string_view word, std::span<const std::string_view> words);

    /// The members of the last object of one record type, and which fields they were; `count` is none.
    struct Order {
        const void* record = nullptr;
        std::array<std::uint64_t, 32> hash{};
        std::array<std::uint32_t, 32> field{};
    };
    Order& order_of(const void* record) {
        for (Order& order : orders_) {
            if (order.record == record) return order;
        }
        orders_.emplace_back().record = record;
        return orders_.back();
    }

    const Line* line_ = nullptr;
    std::deque<Order> orders_;  // a handful: one a record type that this reader has met
    Error error_{Errc::internal, "", "", 0};
    std::deque<std::string> unescaped_;
    std::vector<std::uint64_t> passed_;  // unknown names already judged, hashed with the record's field list
};

template <class T>
inline constexpr bool may_be_absent = false;
template <class T>
inline constexpr bool may_be_absent<std::optional<T>> = true;
template <class T>
inline constexpr bool may_be_absent<std::vector<T>> = true;

}  // namespace tidemark::json
