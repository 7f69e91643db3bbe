// One JSON line, wholly validated, as a flat list of tokens over its bytes. Nothing is copied: a token says
// where its text is, so that a line can be passed on, or a member replaced in it, without touching the rest.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "json/number.hpp"
#include "json/structural_index.hpp"

namespace tidemark::json {

enum class Kind : std::uint8_t { object, array, string, number, boolean, null };

std::string_view kind_name(Kind kind);

struct Token {
    std::uint32_t begin;  // of the text: a string without its quotes, a container with its brackets
    std::uint32_t end;
    std::uint32_t next;  // index of the token after this value and all that is in it
    Kind kind;
    bool escaped;  // a string with a backslash in it
    union {
        double number;            // of a number; 1 and 0 of a boolean
        std::uint64_t name_hash;  // of a member name
    };
};

struct Limits {
    std::size_t line_bytes = std::size_t{1} << 20;
    std::size_t depth = 32;
    std::size_t members = 1024;  // of one object
    bool array_root = false;     // a venue's document may be an array; a record may not
};

/// Parses lines one after another into the same storage. Every value is visited: what any strict parser
/// refuses is refused here, and so are duplicate keys, NUL bytes, numbers that overflow or underflow, lone
/// surrogates, and text after the object.
class Line {
public:
    Line();
    explicit Line(Limits limits);
    Line(Line&&) noexcept;
    Line& operator=(Line&&) noexcept;
    ~Line();

    /// `text` must have json::padding readable bytes after it and outlive what is read from this line. One
    /// that is refused has no members, as one that has not been parsed yet.
    Status parse(std::string_view text);

    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] const Token& at(std::uint32_t index) const { return tokens_[index]; }
    [[nodiscard]] std::string_view raw(const Token& t) const {
        return text_.substr(t.begin, t.end - t.begin);
    }

    /// Token 0 is the object. Its members follow: key, value, key, value.
    static constexpr std::uint32_t root = 0;

    /// Index of the value of a member of the object at `object`; 0 where it has none of that name.
    [[nodiscard]] std::uint32_t find(std::uint32_t object, std::string_view name) const;

    /// A string's characters: the bytes of the line itself, or `scratch` where there were escapes.
    [[nodiscard]] std::string_view string(const Token& t, std::string& scratch) const;

    /// True where the key token spells this name, escapes and all.
    [[nodiscard]] bool spells(const Token& key, std::string_view name) const {
        const std::size_t size = key.end - key.begin;
        if (key.escaped || size != name.size() || size < 2 || size > 16) return spells_slowly(key, name);
        const char *a = text_.data() + key.begin, *b = name.data();
        if (size < 4) return same_ends<std::uint16_t>(a, b, size);
        return size < 8 ? same_ends<std::uint32_t>(a, b, size) : same_ends<std::uint64_t>(a, b, size);
    }

private:
    /// Whether the first and the last bytes of two texts, as many as a word has, are the same.
    template <class Word>
    static bool same_ends(const char* a, const char* b, std::size_t size) {
        const auto word = [](const char* at) {
            Word value;
            std::memcpy(&value, at, sizeof value);
            return value;
        };
        const std::size_t last = size - sizeof(Word);
        return word(a) == word(b) && word(a + last) == word(b + last);
    }
    [[nodiscard]] bool spells_slowly(const Token& key, std::string_view name) const;

    Status parse_whole(std::string_view text);
    void forget();
    Status tokenize();
    std::string_view text_;
    std::unique_ptr<Token[]> tokens_;
    std::size_t capacity_ = 0;
    StructuralIndex index_;
    Limits limits_;
};

/// A copy of the line in `out` with the value of member `name` of its object replaced, or the member added
/// before the closing brace. Every other byte stays.
void splice(std::string& out, const Line& line, std::string_view name, std::string_view value_json);

}  // namespace tidemark::json
