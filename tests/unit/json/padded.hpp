// A line with the readable bytes behind it that the parser wants. The bytes are hostile on purpose: digits,
// which a reader that runs over the end would take for more of a number.
#pragma once

#include <string>
#include <string_view>

#include "json/line.hpp"

namespace tidemark::json {

class Padded {
public:
    explicit Padded(std::string_view text) : bytes_{text}, size_{text.size()} { bytes_.append(padding, '7'); }
    [[nodiscard]] std::string_view text() const { return std::string_view{bytes_}.substr(0, size_); }

private:
    std::string bytes_;
    std::size_t size_;
};

}  // namespace tidemark::json
