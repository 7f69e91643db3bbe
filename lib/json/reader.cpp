#include "json/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/bounds.hpp"
#include "core/near_miss.hpp"
#include "json/escape.hpp"

namespace tidemark::json {
namespace {

constexpr std::size_t longest_time = 64;

/// Of a time that is believed once it is read in another unit.
std::string_view other_unit(double time) {
    const auto read_as = [&](double ms_of_unit) {
        const double ms = time * ms_of_unit;
        return ms >= static_cast<double>(first_believed.ms) && ms < static_cast<double>(last_believed.ms);
    };
    if (read_as(1e3)) return ": seconds?";
    if (read_as(1e-3)) return ": microseconds?";
    return read_as(1e-6) ? ": nanoseconds?" : "";
}

/// Beyond 2^53 a double no longer tells one whole number from the next, however it is spelled. `text` is that
/// of the value: 2^53 itself is taken, and what only rounds to it is not.
bool beyond_exact(double value, std::string_view text) {
    if (std::fabs(value) != largest_exact_integer) return std::fabs(value) > largest_exact_integer;
    std::string digits;
    for (const char c : text.substr(0, text.find_first_of("eE"))) {
        if (c >= '0' && c <= '9' && !(digits.empty() && c == '0')) digits += c;
    }
    digits.resize(digits.find_last_not_of('0') + 1);
    return digits != "9007199254740992";
}

std::string_view wanted(Rule rule) {
    switch (rule) {
        case Rule::positive:
            return "a number above 0";
        case Rule::not_negative:
            return "a number not below 0";
        case Rule::fraction:
            return "a fraction from 0 to 1";
        case Rule::correlation:
            return "a correlation from -1 to 1";
        case Rule::vol:
            return "an annual volatility as a fraction, above 0 and at most 5 (0.8 is 80 %)";
        case Rule::any:
            break;
    }
    return "a number";
}

}  // namespace

bool rule_holds(Rule rule, double value) {
    switch (rule) {
        case Rule::positive:
            return value > 0.0;
        case Rule::not_negative:
            return value >= 0.0;
        case Rule::fraction:
            return value >= 0.0 && value <= 1.0;
        case Rule::correlation:
            return value >= -1.0 && value <= 1.0;
        case Rule::vol:
            return value > 0.0 && value <= largest_annual_vol;
        case Rule::any:
            break;
    }
    return true;
}

Error broken_rule(Rule rule, double value, std::string_view shown) {
    const bool percent = rule == Rule::vol && value > largest_annual_vol;
    return {percent ? Errc::unit_suspect : Errc::out_of_range,
            fmt::format("want {}, got {}", wanted(rule), printable(shown.substr(0, 40))), "", 0};
}

std::string outer_path(std::string_view outer, std::string_view inner) {
    return fmt::format("{}{}{}", outer, inner.empty() || inner.front() == '[' ? "" : ".", inner);
}

void Reader::begin(const Line& line) {
    line_ = &line;
    unescaped_.clear();
    error_.field.clear();
}

bool Reader::wants(std::uint32_t at, Kind kind) {
    if (line_->at(at).kind == kind) return true;
    return fail(at, Errc::wrong_type,
                fmt::format("want {}, got {}", kind_name(kind), kind_name(line_->at(at).kind)));
}

bool Reader::fail(std::uint32_t at, Errc code, std::string message) {
    error_ = {code, std::move(message), "", line_->at(at).begin};
    return false;
}

bool Reader::inside(std::size_t index) {
    error_.field = outer_path(fmt::format("[{}]", index), error_.field);
    return false;
}

bool Reader::inside(std::string_view name) {
    error_.field = outer_path(name, error_.field);
    return false;
}

bool Reader::too_many(std::uint32_t at) {
    return fail(at, Errc::too_many, fmt::format("want at most {} entries", max_rows));
}

bool Reader::missing(std::uint32_t object, std::string_view name) {
    fail(object, Errc::missing_field, "want this member, got none");
    return inside(name);
}

bool Reader::let_pass(std::uint32_t key, std::span<const std::string_view> known) {
    const Token& token = line_->at(key);
    const std::uint64_t hash =
        token.name_hash ^ (reinterpret_cast<std::uintptr_t>(known.data()) * 0xC2B2AE3D27D4EB4FULL);
    if (std::find(passed_.begin(), passed_.end(), hash) != passed_.end()) return true;
    std::string scratch;
    const std::string_view name = line_->string(token, scratch);
    if (name == "type") return true;
    const std::string_view meant = near_miss(name, known);
    if (!meant.empty()) {
        fail(key, Errc::suspect_field,
             fmt::format("want '{}' or a name unlike it, got '{}'", meant, printable(name)));
        return inside(printable(name));
    }
    if (passed_.size() < 64) passed_.push_back(hash);
    return true;
}

std::size_t Reader::word_index(std::uint32_t at, std::string_view word,
                               std::span<const std::string_view> words) {
    const auto found = static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
    if (found == words.size()) {
        fail(at, Errc::out_of_range,
             fmt::format("want one of {}, got '{}'", fmt::join(words.begin(), words.end(), ", "),
                         printable(word)));
    }
    return found;
}

bool Reader::value(std::uint32_t at, double& out, Rule rule) {
    const Token& token = line_->at(at);
    if (token.kind == Kind::number) {
        out = token.number;
    } else if (token.kind != Kind::string || token.escaped || !read_whole_number(line_->raw(token), out)) {
        return fail(at, Errc::wrong_type,
                    token.kind == Kind::string
                        ? fmt::format("want a number, got '{}'", printable(line_->raw(token).substr(0, 40)))
                        : fmt::format("want a number, got {}", kind_name(token.kind)));
    }
    if (std::fabs(out) >= largest_exact_integer && beyond_exact(out, line_->raw(token)))
        return fail(at, Errc::out_of_range,
                    fmt::format("want a number within 2^53, got {}", line_->raw(token).substr(0, 40)));
    if (rule_holds(rule, out)) return true;
    Error broken = broken_rule(rule, out, line_->raw(token));
    return fail(at, broken.code, std::move(broken.message));
}

bool Reader::value(std::uint32_t at, std::int64_t& out, Rule rule) {
    double number = 0.0;
    if (!value(at, number, rule)) return false;
    if (number != std::floor(number) || std::fabs(number) > largest_exact_integer)
        return fail(at, Errc::wrong_type, fmt::format("want a whole number, got {}", number));
    out = static_cast<std::int64_t>(number);
    return true;
}

bool Reader::value(std::uint32_t at, bool& out, Rule) {
    if (!wants(at, Kind::boolean)) return false;
    out = line_->at(at).number != 0.0;
    return true;
}

bool Reader::value(std::uint32_t at, Timestamp& out, Rule) {
    const Token& token = line_->at(at);
    double number = 0.0;
    if (token.kind == Kind::number) {
        number = token.number;
    } else if (token.kind != Kind::string || token.escaped || !read_whole_number(line_->raw(token), number)) {
        if (!wants(at, Kind::string)) return false;
        const auto parsed = parse_rfc3339(line_->raw(token).substr(0, longest_time));
        if (!parsed) return fail(at, Errc::bad_timestamp, printable(parsed.error().message));
        number = static_cast<double>(parsed->ms);
    }
    if (number == std::floor(number) && std::fabs(number) < 1e15) {
        out = Timestamp{static_cast<std::int64_t>(number)};
        if (believed(out)) return true;
    }
    return fail(at, Errc::bad_timestamp,
                fmt::format("want whole milliseconds between 2000 and 2100, got {}{}",
                            line_->raw(token).substr(0, longest_time), other_unit(number)));
}

bool Reader::value(std::uint32_t at, std::string_view& out, Rule) {
    if (!wants(at, Kind::string)) return false;
    return identifier(at, out);
}

bool Reader::identifier(std::uint32_t at, std::string_view& out) {
    const Token& token = line_->at(at);
    out = token.escaped ? line_->string(token, unescaped_.emplace_back()) : line_->raw(token);
    const bool blank_ends = !out.empty() && (out.front() == ' ' || out.back() == ' ');
    bool control = false;
    if (token.escaped) {
        for (const char c : out) control |= static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    } else {
        for (std::size_t i = 0; i < out.size(); i += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, out.data() + i, 8);
            if (out.size() - i < 8) word |= ~std::uint64_t{0} << 8 * (out.size() - i);
            const std::uint64_t del = word ^ 0x7f7f7f7f7f7f7f7fULL;
            control |= ((del - 0x0101010101010101ULL) & ~del & 0x8080808080808080ULL) != 0;
        }
    }
    if (!out.empty() && out.size() <= largest_identifier && !blank_ends && !control) return true;
    return fail(at, Errc::out_of_range,
                fmt::format("want 1 to {} bytes without control characters or blank ends, got '{}'",
                            largest_identifier, printable(out.substr(0, 40))));
}

bool Reader::value(std::uint32_t at, Level& out, Rule rule) {
    if (!wants(at, Kind::array)) return false;
    std::size_t count = 0;
    for (std::uint32_t i = at + 1; i < line_->at(at).next; i = line_->at(i).next, ++count) {
        if (count < out.size() && !value(i, out[count], rule)) return inside(count);
    }
    return count == out.size() ||
           fail(at, Errc::wrong_type, fmt::format("want [price, qty], got {} entries", count));
}

bool Reader::value(std::uint32_t at, Named& out, Rule rule) {
    out.clear();
    if (!wants(at, Kind::object)) return false;
    for (std::uint32_t key = at + 1; key < line_->at(at).next; key = line_->at(key + 1).next) {
        auto& [name, number] = out.emplace_back();
        if (!identifier(key, name)) return false;
        if (!value(key + 1, number, rule)) return inside(name);
    }
    return true;
}

}  // namespace tidemark::json
