// Any bytes are read as a number exactly as std::from_chars reads them, within JSON's grammar; what is read
// is written and read again to the same bits.
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "json/number.hpp"

using namespace tidemark;

namespace {

/// JSON's grammar for a number, as the RFC draws it.
bool grammatical(std::string_view text) {
    std::size_t at = 0;
    const auto digits = [&] {
        const std::size_t from = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
        return at - from;
    };
    if (at < text.size() && text[at] == '-') ++at;
    const bool zero = at < text.size() && text[at] == '0';
    const std::size_t whole = digits();
    if (whole == 0 || (zero && whole > 1)) return false;
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (digits() == 0) return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        if (digits() == 0) return false;
    }
    return at == text.size();
}

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // The first byte is what stands behind the number, so that nothing depends on what the padding holds.
    if (size == 0) return 0;
    const std::string_view text{reinterpret_cast<const char*>(data) + 1, size - 1};
    std::string padded{text};
    padded.append(json::padding, static_cast<char>(data[0]));
    double mine = 0.0, theirs = 0.0;
    const bool read = json::read_whole_number(std::string_view{padded}.substr(0, text.size()), mine);
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), theirs);
    require(json::is_number(text) == grammatical(text));
    require(read == (grammatical(text) && code == std::errc{} && end == text.data() + text.size()));
    if (!read) return 0;
    require(std::bit_cast<std::uint64_t>(mine) == std::bit_cast<std::uint64_t>(theirs));
    std::string written;
    json::append_number(written, mine);
    double back = 0.0;
    require(json::parse_number(written, back));
    require(back == mine);
    return 0;
}
