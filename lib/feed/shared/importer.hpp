// What an importer is: lines of a venue's file in, native records out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "feed/shared/time_text.hpp"

namespace tidemark::feed {

/// What the input itself may not say.
struct Options {
    std::string symbol;                       // of rows that do not name their instrument
    std::string map;                          // of csv: member=column,...
    std::string account_id;                   // of an account that the venue does not name
    std::optional<std::int64_t> interval_ms;  // of candles
    std::optional<Timestamp> as_of;           // when an answer without a time was given
    std::optional<double> contract_size;      // base units of one contract (quote units if inverse)
    TimeUnit time_unit = TimeUnit::by_size;
};

/// What became of some input: native records, one a line, and what was refused, nothing in between.
struct Output {
    std::string lines;
    std::vector<Error> errors;
    std::string refused;  // lines before this one that are refused with it
};

class Importer {
public:
    virtual ~Importer() = default;
    /// One line of the input without its newline, with json::padding readable bytes after it. An error's
    /// offset is a byte of this line.
    virtual void line(std::string_view text, Output& out) = 0;
    /// The end of the input: what could only be said knowing all of it.
    virtual void finish(Output& out) = 0;
};

}  // namespace tidemark::feed
