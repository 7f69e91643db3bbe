#include "cli/option.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "cli/clock.hpp"
#include "core/near_miss.hpp"
#include "json/escape.hpp"
#include "json/number.hpp"

namespace tidemark::cli {
namespace {

Error wanted(std::string_view what, std::string_view got, const Option& option) {
    return {Errc::usage, fmt::format("{}: want {}, got '{}'", option.long_name(), what, json::printable(got)),
            "", 0};
}

Result<double> number_in(const Option& option, std::string_view word, bool whole) {
    double value = 0.0;
    const bool read = json::parse_number(word, value) && value >= option.low && value <= option.high;
    if (read && (!whole || value == std::floor(value))) return value;
    return wanted(fmt::format("a {}number from {} to {}", whole ? "whole " : "", option.low, option.high),
                  word, option);
}

Status assign_choice(const Option& option, std::string_view word) {
    if (option.choices.empty() ||
        std::find(option.choices.begin(), option.choices.end(), word) != option.choices.end())
        return Ok{};
    const std::vector<std::string_view> known(option.choices.begin(), option.choices.end());
    const std::string_view meant = near_miss(word, known);
    return wanted(meant.empty() ? fmt::format("one of {}", fmt::join(option.choices, ", "))
                                : fmt::format("'{}' perhaps", meant),
                  word, option);
}

Status assign_optional_ms(const Option& option, std::string_view word, std::optional<std::int64_t>& to) {
    const auto ms = parse_duration_ms(word);
    if (!ms) return wanted("a length of time such as 90s, 5m, 4h or 2d", word, option);
    to = *ms;
    return Ok{};
}

Status assign_time(const Option& option, std::string_view word, std::optional<Timestamp>& to) {
    if (word == "now") {
        to = now();
        return Ok{};
    }
    double ms = 0.0;
    const bool numeric = json::parse_number(word, ms) && ms == std::floor(ms) && std::fabs(ms) < 1e15;
    const auto parsed =
        numeric ? Result<Timestamp>{Timestamp{static_cast<std::int64_t>(ms)}} : parse_rfc3339(word);
    if (!parsed || !believed(*parsed))
        return wanted(
            "now, a time such as 2026-02-05T15:51:32Z, or milliseconds since 1970, from 2000 to 2100", word,
            option);
    to = *parsed;
    return Ok{};
}

}  // namespace

Option toggle(std::string names, bool& to, std::string help) {
    return {std::move(names), "", std::move(help), &to, {}};
}
Option text(std::string names, std::string& to, std::string value, std::string help) {
    return {std::move(names), std::move(value), std::move(help), &to, {}};
}
Option choice(std::string names, std::string& to, std::vector<std::string> choices, std::string help) {
    return {std::move(names), "NAME", std::move(help), &to, std::move(choices)};
}
Option number(std::string names, double& to, double low, double high, std::string help) {
    return {std::move(names), "N", std::move(help), &to, {}, low, high};
}
Option count(std::string names, std::int64_t& to, double low, double high, std::string help) {
    return {std::move(names), "N", std::move(help), &to, {}, low, high};
}
Option duration(std::string names, std::optional<std::int64_t>& to_ms, std::string help) {
    return {std::move(names), "DURATION", std::move(help), &to_ms, {}, 0.0, 0.0, true};
}
Option time(std::string names, std::optional<Timestamp>& to, std::string help) {
    return {std::move(names), "TIME", std::move(help), &to, {}};
}
Option file(std::string names, std::string& to, std::string help) {
    return {std::move(names), "FILE", std::move(help), &to, {}, 0.0, 0.0, false, true};
}
Option texts(std::string names, std::vector<std::string>& to, std::string value, std::string help) {
    return {std::move(names), std::move(value), std::move(help), &to, {}};
}
Option choices(std::string names, std::vector<std::string>& to, std::vector<std::string> choices,
               std::string help) {
    return {std::move(names), "NAME", std::move(help), &to, std::move(choices)};
}
Option files(std::string names, std::vector<std::string>& to, std::string help) {
    return {std::move(names), "FILE", std::move(help), &to, {}, 0.0, 0.0, false, true};
}

std::string value_text(const Option& option) {
    if (const auto* const* word = std::get_if<std::string*>(&option.to)) return **word;
    if (const auto* const* real = std::get_if<double*>(&option.to)) return fmt::format("{}", **real);
    if (const auto* const* whole = std::get_if<std::int64_t*>(&option.to)) return fmt::format("{}", **whole);
    return {};
}

Status assign(const Option& option, std::string_view word) {
    if (auto* const* flag = std::get_if<bool*>(&option.to)) {
        **flag = true;
        return Ok{};
    }
    if (auto* const* list = std::get_if<std::vector<std::string>*>(&option.to)) {
        (*list)->emplace_back(word);
        return assign_choice(option, word);
    }
    if (auto* const* words = std::get_if<std::string*>(&option.to)) {
        if (word.empty()) return wanted("a value", word, option);
        **words = word;
        return assign_choice(option, word);
    }
    if (auto* const* ms = std::get_if<std::optional<std::int64_t>*>(&option.to))
        return assign_optional_ms(option, word, **ms);
    if (auto* const* at = std::get_if<std::optional<Timestamp>*>(&option.to))
        return assign_time(option, word, **at);
    auto* const* whole = std::get_if<std::int64_t*>(&option.to);
    const auto value = number_in(option, word, whole != nullptr);
    if (!value) return value.error();
    if (whole != nullptr) **whole = static_cast<std::int64_t>(*value);
    if (auto* const* real = std::get_if<double*>(&option.to)) **real = *value;
    return Ok{};
}

}  // namespace tidemark::cli
