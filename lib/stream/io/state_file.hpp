// What a tool keeps between runs: a file that is whole, or is not replaced.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace tidemark::stream {

/// What a state is of: the tool, and the version of how its parts are put together. The parts have their own.
struct StateKind {
    std::string_view tool;
    std::int64_t version = 0;
};

/// Takes the lock beside the file that PATH leads to, and that file where it is there, from before the state
/// is read until the process ends: of two runs that overlap, one would lose what the other learnt, whatever
/// names they know it by. Fails with conflict where another run has it, else with io.
Status lock_state(const std::string& path);

/// The state that write_state left; none where there is no such file. Fails with truncated where the file
/// cannot be read, is not whole and of this kind, or is of another version, in words that say so.
Result<std::optional<std::string>> read_state(const std::string& path, const StateKind& kind);

/// Replaces the file at once: written to a new file beside it (0600), flushed to the disk, renamed, and the
/// folder flushed. The old one stands until the new one is whole; a link to it stays. To be called by who has
/// the lock. Fails with io.
Status write_state(const std::string& path, const StateKind& kind, std::string_view state);

}  // namespace tidemark::stream
