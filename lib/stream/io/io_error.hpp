// What the system refused.
#pragma once

#include <string_view>

#include "core/result.hpp"

namespace tidemark::stream {

/// "cannot {doing} {what}: " and why, which errno still has from the call that failed. Of code io.
Error io_error(std::string_view doing, std::string_view what);

}  // namespace tidemark::stream
