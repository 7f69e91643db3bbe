// The bars of several underlyings to a correlation record.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "desk/vol/vol_record.hpp"
#include "record/correlation.hpp"

namespace tidemark::desk {

/// How the underlyings with candles moved together over the window: those with fresh bars of the length that
/// most have (the shortest of these). Views into `sources`. Empty where there are not two of them, or not
/// correlation_believed_returns that all have. Fails with too_many where the record would be longer than the
/// line that every tool takes.
Result<std::optional<record::Correlation>> correlation_record(
    const std::map<std::string, VolSource, std::less<>>& sources, Timestamp newest,
    const VolOptions& options);

}  // namespace tidemark::desk
