// Venue files to native records: every source by name. --from, its help, the man page and the tests all read
// this one list.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feed/shared/importer.hpp"

namespace tidemark::feed {

struct Source {
    std::string_view name;
    std::string_view summary;
    std::string_view reads;
    Result<std::unique_ptr<Importer>> (*make)(const Options& options);
};

std::span<const Source> sources();
std::vector<std::string> names();

/// Fails with usage where no source has that name, or the options do not suffice for it.
Result<std::unique_ptr<Importer>> make(std::string_view source, const Options& options);

}  // namespace tidemark::feed
