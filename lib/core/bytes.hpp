// Values to bytes and back, for state that one build of the tools writes and reads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace tidemark {

class ByteSink {
public:
    template <class T>
    void put(const T& value) {
        static_assert(std::is_trivially_copyable_v<T>);
        char raw[sizeof(T)];
        std::memcpy(raw, &value, sizeof(T));
        bytes_.append(raw, sizeof(T));
    }
    void put_text(std::string_view text) {
        put(static_cast<std::uint64_t>(text.size()));
        bytes_.append(text);
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

/// Each get is false, and leaves its target, where the bytes are at their end.
class ByteSource {
public:
    explicit ByteSource(std::string_view bytes) : bytes_{bytes} {}

    template <class T>
    [[nodiscard]] bool get(T& value) {
        static_assert(std::is_trivially_copyable_v<T>);
        if (bytes_.size() < sizeof(T)) return false;
        std::memcpy(static_cast<void*>(&value), bytes_.data(), sizeof(T));
        bytes_.remove_prefix(sizeof(T));
        return true;
    }
    template <class First, class... Rest>
    requires(sizeof...(Rest) > 0) [[nodiscard]] bool get(First& first, Rest&... rest) {
        return get(first) && get(rest...);
    }
    [[nodiscard]] bool get_text(std::string& text) {
        std::uint64_t size = 0;
        if (!get(size) || bytes_.size() < size) return false;
        text.assign(bytes_.substr(0, static_cast<std::size_t>(size)));
        bytes_.remove_prefix(static_cast<std::size_t>(size));
        return true;
    }
    [[nodiscard]] bool at_end() const { return bytes_.empty(); }

private:
    std::string_view bytes_;
};

}  // namespace tidemark
