// The one clock. Calculation takes times as values; only what a person asks of the clock is asked here.
#pragma once

#include "core/time.hpp"

namespace tidemark::cli {

/// The time now; what TIDEMARK_NOW says (RFC 3339) where that is set, for runs that are to be repeated.
Timestamp now();

}  // namespace tidemark::cli
