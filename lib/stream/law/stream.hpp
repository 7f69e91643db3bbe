// The stream law: every line is read, understood, and passed on, digested, answered or refused; and counted.
#pragma once

#include "stream/law/filter.hpp"
#include "stream/law/settings.hpp"

namespace tidemark::stream {

/// Runs a filter over its input. Gives the exit status.
int run_stream(const Description& description, Filter& filter, const Settings& settings);

}  // namespace tidemark::stream
