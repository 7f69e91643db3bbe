// A loss matrix as rows: what a table or a spreadsheet shows of it, one loss a row.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "record/scenarios.hpp"
#include "stream/io/table.hpp"

namespace tidemark::report {

/// Appends a JSON list, one element a row of scenario_columns().
void append_scenario_rows(std::string& out, std::span<const record::Scenarios> entries);

std::vector<stream::Column> scenario_columns();

}  // namespace tidemark::report
