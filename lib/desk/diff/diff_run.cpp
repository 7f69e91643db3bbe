#include "desk/diff/diff_run.hpp"

#include <algorithm>

#include "desk/account_margin.hpp"
#include "json/writer.hpp"
#include "record/error.hpp"

namespace tidemark::desk {
namespace {

stream::Format format_of(const cli::Settings& settings) {
    return settings.format == "table" ? stream::Format::table
           : settings.format == "csv" ? stream::Format::csv
                                      : stream::Format::json;
}

}  // namespace

DiffRun::DiffRun(const cli::Tool& tool, const cli::Settings& settings, const DiffOptions& options)
    : settings_{settings},
      options_{options},
      format_{format_of(settings)},
      file_reader_{tool, settings, out_},
      before_{options.old_as_of},
      after_{options.as_of} {}

Status DiffRun::know(const policy::Document& policy) {
    if (Status known = know_par_assets(policy, before_.market()); !known) return known;
    return know_par_assets(policy, after_.market());
}

int DiffRun::run(const policy::Document& old_policy, const policy::Document& policy) {
    Status status = read();
    if (status && !stopped() && (file_reader_.any_input() || settings_.allow_empty))
        status = compare({&before_, &old_policy}, {&after_, &policy});
    const Status written = write();
    if (status) status = written;
    return file_reader_.outcome().exit_status(status, file_reader_.any_input(), settings_.allow_empty);
}

Status DiffRun::read() {
    Status status = read_day(settings_.files[0], before_);
    if (status && !stopped()) status = read_day(settings_.files[1], after_);
    const Status closed = file_reader_.close();
    return status ? closed : status;
}

Status DiffRun::read_day(const std::string& path, BookDay& day) {
    const auto take = [&](const json::Line& line, std::string_view type) { return day.learn(line, type); };
    return file_reader_.read(path, {take, [&](std::string_view key) { day.refuse(key); }});
}

Status DiffRun::compare(DiffSide before, DiffSide after) {
    const auto diff = MarginDiff::make(before, after);
    if (!diff) return diff.error();
    if (Status ran = (*diff)->run(); !ran) return ran;
    (*diff)->each([this](const MarginDiff::Entry& entry) { add(entry); });
    if (format_ == stream::Format::table) table_.add_all(out_);
    return Ok{};
}

void DiffRun::add(const MarginDiff::Entry& entry) {
    const bool still = entry.same || entry.diff.status == record::DiffStatus::unchanged;
    if (still && !options_.all) return;
    any_rows_ = true;
    stream::Counts counts;
    counts.indeterminate = entry.diff.status == record::DiffStatus::indeterminate ? 1 : 0;
    counts.found = entry.diff.change && entry.diff.change->initial_margin > options_.limit ? 1 : 0;
    file_reader_.outcome().add(counts);
    if (format_ != stream::Format::json) return table_.add(out_, entry.account_id, entry.diff);
    std::string value;
    static_cast<void>(line_.parse(entry.line));  // it was, when it was taken in
    json::append_value(value, entry.diff);
    json::splice(out_, line_, "margin_diff", value);
    out_ += '\n';
}

Status DiffRun::write() {
    // A table without rows has no head either: where nothing changed nothing is written.
    if (!any_rows_ && format_ != stream::Format::json) return Ok{};
    if (settings_.eos)
        json::append_line(out_, record::Eos{std::count(out_.begin(), out_.end(), '\n'),
                                            !stopped() && file_reader_.outcome().total().rejected == 0});
    stream::ResultWriter sink{format_, diff_columns(), std::string{diff_row_type}};
    if (Status put = sink.put(out_); !put) return put;
    return sink.close();
}

}  // namespace tidemark::desk
