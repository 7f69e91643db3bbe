// How a run ended, for the shell: the same numbers for every tool.
#pragma once

namespace tidemark::stream {

/// Where several apply, the first of 7, 6, 3, 1, 4, 5.
enum Exit : int {
    exit_ok = 0,
    exit_found = 1,
    exit_usage = 2,
    exit_stopped = 3,
    exit_rejected = 4,
    exit_indeterminate = 5,
    exit_io = 6,
    exit_internal = 7,
    exit_lock_held = 8,
};

}  // namespace tidemark::stream
