// Venue files to native records: every source by name. --from, its help, the man page and the tests all read
// this one list.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
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

struct Source {
    std::string_view name;
    std::string_view summary;
    std::string_view reads;
    Result<std::unique_ptr<Importer>> (*make)(const Options& options);
};

std::span<const Source> sources();
std::vector<std::string> names();

/// Fails with usage where no source has that name, or the options do not suffice for it.
Result<std::unique_ptr<Importer>> make(std::string_view source, const Options& options);

}  // namespace tidemark::feed
