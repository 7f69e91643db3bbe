// A page of amounts under headings, printed so that every heading is the sum of the rows under it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tidemark::report {

struct StatementRow {
    std::string name;
    double amount = 0.0;
    std::string why;
};

/// Whole cents of each, summing to the cents of `total`: what rounding leaves over goes to the rows that it
/// moved most, and what the rows do not explain to the greatest of them. Wants |amounts| below 1e13.
std::vector<double> cents_that_sum(double total, const std::vector<StatementRow>& rows);

/// Appends the heading, then its rows; both as they are where an amount is beyond 1e13. Text in them is made
/// safe for a terminal.
void append_section(std::string& out, const StatementRow& heading, const std::vector<StatementRow>& rows);

}  // namespace tidemark::report
