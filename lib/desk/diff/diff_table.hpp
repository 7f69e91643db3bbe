// What margin-diff says, for people and spreadsheets: a row a cause.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "record/margin_diff.hpp"
#include "stream/io/table.hpp"

namespace tidemark::desk {

/// The type of the lines that the columns read.
inline constexpr std::string_view diff_row_type = "margin_diff_row";

std::vector<stream::Column> diff_columns();

/// Lines of rows: of each account its total and its causes, the greatest first; then, where there were
/// several accounts, the same of them all.
class DiffTable {
public:
    void add(std::string& out, std::string_view account_id, const record::MarginDiff& diff);
    void add_all(std::string& out) const;

private:
    std::map<std::string, record::DiffFigures, std::less<>> by_cause_;
    record::DiffFigures from_, to_;
    int accounts_ = 0;
};

}  // namespace tidemark::desk
