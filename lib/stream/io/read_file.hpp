// A small file as a whole: a policy, a scenario list.
#pragma once

#include <string>

#include "core/result.hpp"

namespace tidemark::stream {

/// The text of the file, unpacked where it is gzip. Fails with io.
Result<std::string> read_file(const std::string& path);

}  // namespace tidemark::stream
