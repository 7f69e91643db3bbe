// Two files in, why margins changed out: what margin-diff does with its lines.
#pragma once

#include <limits>
#include <optional>
#include <string>

#include "desk/diff/book_day.hpp"
#include "desk/diff/diff_table.hpp"
#include "desk/diff/margin_diff.hpp"
#include "stream/io/result_writer.hpp"
#include "stream/law/file_reader.hpp"

namespace tidemark::desk {

struct DiffOptions {
    std::optional<Timestamp> old_as_of, as_of;
    double limit = std::numeric_limits<double>::infinity();  // of an increase that is not to be found
    bool all = false;                                        // also accounts that did not change
};

class DiffRun {
public:
    /// All must outlive it.
    DiffRun(const cli::Tool& tool, const cli::Settings& settings, const DiffOptions& options);

    /// To be called with each policy before run(). Fails with policy.
    Status know(const policy::Document& policy);

    /// Reads both files and writes what changed. Gives the exit status.
    int run(const policy::Document& old_policy, const policy::Document& policy);

private:
    [[nodiscard]] bool stopped() { return file_reader_.outcome().stopped(); }
    Status read();
    Status read_day(const std::string& path, BookDay& day);
    Status compare(DiffSide before, DiffSide after);
    void add(const MarginDiff::Entry& entry);
    Status write();

    const cli::Settings& settings_;
    const DiffOptions& options_;
    stream::Format format_;
    std::string out_;
    stream::FileReader file_reader_;
    BookDay before_, after_;
    DiffTable table_;
    json::Line line_{json::Limits{.line_bytes = std::size_t{1} << 30}};
    bool any_rows_ = false;
};

}  // namespace tidemark::desk
