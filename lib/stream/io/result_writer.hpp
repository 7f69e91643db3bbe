// Where finished lines go: to standard output as they are, or as rows of a table.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stream/io/output.hpp"
#include "stream/io/table.hpp"

namespace tidemark::stream {

enum class Format { json, table, csv };

class ResultWriter {
public:
    /// Rows are made of the lines that have this member, or of this type: one a line, or one for each element
    /// where the member is a list, that element then standing in its place.
    ResultWriter(Format format, std::vector<Column> columns, std::string member);

    /// Takes whole lines. Fails with io.
    Status put(std::string_view lines);
    Status flush();
    /// The end of the run: the table is written now.
    Status close();

private:
    void add_rows(std::string_view lines);
    void add_elements(std::uint32_t list);
    void add_row(const json::Line& line);
    [[nodiscard]] bool is_row() const;

    Output output_{1};
    Format format_;
    std::vector<Column> columns_;
    std::string member_;
    Table table_;
    json::Line line_, element_;
    std::string padded_, spliced_;
    bool header_written_ = false;
};

}  // namespace tidemark::stream
