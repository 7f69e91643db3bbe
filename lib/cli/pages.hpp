// What a tool says of itself, all out of its one list of options.
#pragma once

#include <span>
#include <string>

#include "cli/tool.hpp"

namespace tidemark::cli {

/// --help: examples first, 80 columns.
std::string help_page(const Tool& tool, std::span<const Option> options);

/// The OPTIONS section of the man page, in mdoc.
std::string man_options(std::span<const Option> options);

/// A completion script for bash, zsh or fish.
std::string completion(const Tool& tool, std::span<const Option> options, std::string_view shell);

}  // namespace tidemark::cli
