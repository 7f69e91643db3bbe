// The `error` record: a line that was refused, in its place in the stream.
#pragma once

#include <optional>

#include "json/field.hpp"
#include "json/reader.hpp"

namespace tidemark::record {

struct Error {
    std::string_view tool, code, file;
    std::int64_t line = 0, offset = 0;
    std::optional<std::string_view> field, key;
    std::string_view message;

    static constexpr std::string_view type = "error";
    static constexpr auto fields() {
        using json::field;
        using T = Error;
        return std::tuple{
            json::field("tool", &T::tool, "who refused it"),
            json::field("code", &T::code, "kind of error, from a closed list"),
            json::field("file", &T::file, "where it was read"),
            json::field("line", &T::line, "line, from 1"),
            json::field("offset", &T::offset, "byte from the start of the file, from 0"),
            json::field("field", &T::field, "member, such as positions[3].qty"),
            json::field("key", &T::key, "account, symbol or asset of the line, where it could be read"),
            json::field("message", &T::message, "what was wanted and what came"),
        };
    }
};

struct Eos {
    std::int64_t records = 0;
    bool complete = false;

    static constexpr std::string_view type = "eos";
    static constexpr auto fields() {
        using T = Eos;
        return std::tuple{
            json::field("records", &T::records, "lines before this one"),
            json::field("complete", &T::complete, "whether the producer answered all it read"),
        };
    }
};

}  // namespace tidemark::record
