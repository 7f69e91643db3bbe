// The command line to option values.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/option.hpp"

namespace tidemark::cli {

/// Assigns every option given; what is left are files. Fails with usage, naming the nearest option to one
/// that is not known.
Status parse_arguments(std::span<const Option> options, std::vector<std::string>& files, int argc,
                       const char* const* argv);

}  // namespace tidemark::cli
