// The one clock. Calculation takes times as values; only what a person asks of the clock is asked here.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

namespace tidemark::cli {

/// The time now; what TIDEMARK_NOW says (RFC 3339) where that is set, for runs that are to be repeated.
Timestamp now();

/// Fails with usage where TIDEMARK_NOW is set to something else.
Status check_clock();

}  // namespace tidemark::cli
