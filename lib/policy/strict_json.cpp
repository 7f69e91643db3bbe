#include "policy/strict_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/errors.hpp"

namespace tidemark::policy {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t largest_exact_integer = std::uint64_t{1} << 53;

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
}

/// Reads for what nlohmann takes without a word: it keeps the last of two equal names, follows any depth,
/// rounds large integers and lets escapes spell any character. Stops at the first complaint.
class Watch final : public Json::json_sax_t {
public:
    [[nodiscard]] const std::string& complaint() const { return complaint_; }

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(Json::number_integer_t value) override {
        return value >= -static_cast<std::int64_t>(largest_exact_integer) || too_large();
    }
    bool number_unsigned(Json::number_unsigned_t value) override {
        return value <= largest_exact_integer || too_large();
    }
    /// An integer beyond 64 bits comes as one of these, with its digits.
    bool number_float(Json::number_float_t value, const std::string& digits) override {
        if (digits.find_first_not_of("-0123456789") == std::string::npos) return too_large();
        const bool zero = digits.find_first_of("123456789") >= digits.find_first_of("eE");
        return value != 0.0 || zero ||
               complain(fmt::format("want a number that a double has, got {}", digits));
    }
    bool string(std::string& value) override { return !has_control(value) || control(); }
    bool binary(Json::binary_t&) override { return complain("want JSON text"); }
    bool start_object(std::size_t) override { return open(); }
    bool key(std::string& name) override {
        if (has_control(name)) return control();
        return names_.back().insert(name).second ||
               complain(fmt::format("want each parameter once, got '{}' twice", name));
    }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t, const std::string&, const Json::exception& e) override {
        return complain(fmt::format("want a JSON object: {}", e.what()));
    }

private:
    bool complain(std::string what) {
        complaint_ = std::move(what);
        return false;
    }
    bool too_large() { return complain("want no whole number beyond 2^53, whose digits would be lost"); }
    bool control() { return complain("want no control character in a name or text"); }
    bool open() {
        names_.emplace_back();
        return names_.size() <= deepest_level ||
               complain(fmt::format("want at most {} levels", deepest_level));
    }
    bool close() {
        names_.pop_back();
        return true;
    }

    std::vector<std::set<std::string>> names_;  // of each level that is open
    std::string complaint_;
};

}  // namespace

Result<Json> strict_json(std::string_view text) {
    if (text.size() > largest_document)
        return bad_policy(fmt::format("want at most {} bytes, got {}", largest_document, text.size()));
    if (text.starts_with("\xEF\xBB\xBF")) return bad_policy("want UTF-8 without a byte order mark");
    // nlohmann takes it for the end, whatever comes behind it.
    if (text.find('\0') != std::string_view::npos) return bad_policy("want no NUL");
    Watch watch;
    if (!Json::sax_parse(text.begin(), text.end(), &watch)) return bad_policy(watch.complaint());
    Json parsed = Json::parse(text.begin(), text.end());
    if (!parsed.is_object()) return bad_policy("want one JSON object");
    return parsed;
}

bool plain_word(std::string_view word) {
    if (has_control(word)) return false;
    try {
        static_cast<void>(Json(word).dump());
        return true;
    } catch (const Json::exception&) {  // not UTF-8
        return false;
    }
}

}  // namespace tidemark::policy
