#include "core/bytes.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "core/state_part.hpp"

using namespace tidemark;

namespace {

enum class Colour { red, green };

struct Kept {
    bool flag = false;
    double value = 0.0;  // seven bytes of padding before it in memory
    std::optional<std::int32_t> maybe;
    std::array<std::int64_t, 2> pair{};
    Timestamp at;
    double derived = 7.0;

    static constexpr auto stored() {
        using T = Kept;
        return std::tuple{&T::flag, &T::value, &T::maybe, &T::pair, &T::at};
    }
};

std::string bytes_of(const Kept& kept) {
    ByteSink out;
    out.put(kept);
    return out.bytes();
}

}  // namespace

TEST_CASE("numbers are little-endian and as wide as their type") {
    ByteSink out;
    out.put(std::int32_t{-2});
    out.put(std::uint64_t{0x0102});
    out.put(true);
    out.put(Colour::green);
    out.put(1.0);
    CHECK(out.bytes() == std::string{"\xfe\xff\xff\xff"
                                     "\x02\x01\0\0\0\0\0\0"
                                     "\x01\x01"
                                     "\0\0\0\0\0\0\xf0\x3f",
                                     22});
}

TEST_CASE("a struct comes back field by field, and padding is in none of its bytes") {
    const Kept kept{true, -0.1, 5, {1, std::numeric_limits<std::int64_t>::min()}, Timestamp{42}, 1.0};
    const std::string bytes = bytes_of(kept);
    CHECK(bytes.size() == 1 + 8 + 1 + 4 + 16 + 8);
    ByteSource in{bytes};
    Kept back;
    REQUIRE(in.get(back));
    CHECK(in.at_end());
    CHECK(bytes_of(back) == bytes);
    CHECK(back.maybe == 5);
    CHECK(back.pair == kept.pair);
    CHECK(back.derived == 7.0);  // not stored
}

TEST_CASE("bytes that end too soon, or are no such value, are refused") {
    const std::string bytes = bytes_of({});
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        ByteSource in{std::string_view{bytes}.substr(0, length)};
        Kept back;
        CHECK_FALSE(in.get(back));
    }
    bool flag = false;
    CHECK_FALSE(ByteSource{"\2"}.get(flag));
    Colour colour{};
    CHECK_FALSE(ByteSource{"\2"}.get_word(colour, Colour::green));
    CHECK(ByteSource{"\1"}.get_word(colour, Colour::green));
    CHECK(colour == Colour::green);
    std::string text;
    ByteSink longer;
    longer.put(std::uint64_t{5});
    CHECK_FALSE(ByteSource{longer.bytes()}.get_text(text));
}

TEST_CASE("a part has its name and version, and its content is a part of the bytes") {
    ByteSink content, out;
    content.put(std::int64_t{3});
    put_part(out, {"days", 1}, content);
    ByteSource in{out.bytes()};
    auto part = get_part(in, {"days", 1});
    REQUIRE(part);
    std::int64_t value = 0;
    CHECK(part->get(value));
    CHECK(value == 3);
    CHECK(part->at_end());
    CHECK(in.at_end());
    CHECK(get_part(in, {"days", 1}).error().code == Errc::truncated);
}

TEST_CASE("a part of another name or version is refused, the version by its number") {
    ByteSink out;
    put_part(out, {"days", 2}, {});
    ByteSource other{out.bytes()};
    CHECK(get_part(other, {"bars", 2}).error().message ==
          "the state does not hold the bars that its heading says");
    ByteSource newer{out.bytes()};
    CHECK(
        get_part(newer, {"days", 1}).error().message ==
        "the state's days are of version 2, and this release reads 1: use the release that wrote it, or move "
        "it away to start anew");
}
