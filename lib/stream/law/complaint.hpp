// The one mouth: what a person is told, on standard error, always behind the name of the tool.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace tidemark::stream {

/// The line `tool: what`, what came from outside made safe for a terminal.
std::string complaint(std::string_view tool, std::string_view what);

/// Says finished lines. Fails with io.
Status say(std::string_view complaints);

/// Says one line. Whether standard error takes it changes nothing: the exit status says the same.
void complain(std::string_view tool, std::string_view what);

/// In a handler: what was thrown, as the error that ends the run.
Error thrown();

}  // namespace tidemark::stream
