// The grammar of one JSON line, over the positions of its brackets, commas, colons and values.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>

#include "json/line.hpp"
#include "json/name_hash.hpp"

namespace tidemark::json {

/// Strict and iterative: a line is walked once, in place, and an error knows the byte it was found at.
class Walk {
public:
    /// `tokens` has room for one a position.
    Walk(std::string_view text, std::span<const std::uint32_t> positions, const Limits& limits,
         Token* tokens);
    Status run();

private:
    enum class Next { key, value, after, close, done, failed };
    struct Open {
        std::uint32_t token;
        std::uint32_t members;
        std::array<std::uint64_t, 4>
            seen;  // a bit a key: duplicates are looked for only where there may be one

        /// Whether a key of this hash may have been there before; it has been from now on.
        bool see(std::uint64_t name_hash) {
            std::uint64_t& word = seen[name_hash >> 62];
            const std::uint64_t bit = std::uint64_t{1} << (name_hash >> 56 & 63);
            const bool maybe = (word & bit) != 0;
            word |= bit;
            return maybe;
        }
    };

    Next step(Next next);
    Next key();
    Next value();
    Next after();
    Next close();
    Next open(Kind kind);
    Next literal(std::string_view word, Kind kind, double number);
    Next number();
    Next string();

    // Plain pointers: this is the hottest loop of every tool, and its bounds are the two checks here.
    [[nodiscard]] std::size_t here() const { return at_ < count_ ? positions_[at_] : size_; }
    [[nodiscard]] char peek() const { return at_ < count_ ? data_[positions_[at_]] : '\0'; }
    std::string_view scalar();
    Token& push(Kind kind, std::size_t begin, std::size_t end) {
        Token& token = tokens_[made_++];
        token.begin = static_cast<std::uint32_t>(begin);
        token.end = static_cast<std::uint32_t>(end);
        token.next = made_;
        token.kind = kind;
        token.escaped = false;
        return token;
    }
    bool doubtful(Token& key);
    Next plain_members();
    bool unique(Token& key) {
        Open& object = stack_[depth_ - 1];
        if (!key.escaped) key.name_hash = padded_name_hash(data_ + key.begin, key.end - key.begin);
        const bool maybe = object.see(key.name_hash);
        return (++object.members <= limits_.members && !maybe && !key.escaped) || doubtful(key);
    }
    [[nodiscard]] bool repeated(std::uint32_t object, const Token& key) const;
    [[nodiscard]] std::string_view body(const Token& token) const {
        return {data_ + token.begin, token.end - token.begin};
    }
    Next wanted(std::string_view what, std::size_t offset);
    Next refuse(Error error);

    const char* data_;
    std::size_t size_;
    const std::uint32_t* positions_;
    std::size_t count_;
    const Limits& limits_;
    Token* tokens_;
    std::uint32_t made_ = 0;
    std::size_t at_ = 0;
    bool has_escapes_;
    std::size_t depth_ = 0;
    Open stack_[64];
    std::optional<Error> error_;
};

}  // namespace tidemark::json
