// The grammar of one JSON line, over the positions of its brackets, commas, colons and values.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "json/line.hpp"

namespace tidemark::json {

/// Strict and iterative: a line is walked once, in place, and an error knows the byte it was found at.
class Walk {
public:
    Walk(std::string_view text, std::span<const std::uint32_t> positions, const Limits& limits,
         std::vector<Token>& tokens);
    Status run();

private:
    enum class Next { key, value, after, close, done, failed };
    struct Open {
        std::uint32_t token;
        std::uint32_t members;
        std::uint64_t seen;  // a bit a key: duplicates are looked for only where there may be one
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

    [[nodiscard]] std::size_t here() const {
        return at_ < positions_.size() ? positions_[at_] : text_.size();
    }
    [[nodiscard]] char peek() const { return at_ < positions_.size() ? text_[positions_[at_]] : '\0'; }
    std::string_view scalar();
    Token& push(Kind kind, std::size_t begin, std::size_t end);
    bool unique(std::uint32_t key);
    [[nodiscard]] bool repeated(std::uint32_t object, std::uint32_t key) const;
    Next wanted(std::string_view what, std::size_t offset);
    Next refuse(Error error);

    std::string_view text_;
    std::span<const std::uint32_t> positions_;
    const Limits& limits_;
    std::vector<Token>& tokens_;
    std::size_t at_ = 0;
    bool has_escapes_;
    std::size_t depth_ = 0;
    Open stack_[64];
    std::optional<Error> error_;
};

}  // namespace tidemark::json
