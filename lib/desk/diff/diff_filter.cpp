#include "desk/diff/diff_filter.hpp"

#include <fmt/format.h>

#include "desk/account_margin.hpp"
#include "json/writer.hpp"
#include "record/error.hpp"

namespace tidemark::desk {

DiffFilter::DiffFilter(policy::Document old_policy, policy::Document policy, const DiffOptions& options,
                       DiffForm form)
    : policies_{std::move(old_policy), std::move(policy)},
      options_{options},
      form_{form},
      days_{BookDay{{options.old_as_of, options.accept_suspect}},
            BookDay{{options.as_of, options.accept_suspect}}} {}

Status DiffFilter::open() {
    for (const policy::Document& policy : policies_) {
        for (BookDay& day : days_) {
            if (Status known = know_par_assets(policy, day.market()); !known) return known;
        }
    }
    return Ok{};
}

stream::Filter::Use DiffFilter::use(std::string_view type) const {
    return type == record::Error::type ? Use::none : Use::digest;
}

Status DiffFilter::conclude(stream::Conclusion& out) {
    const auto diff = MarginDiff::make({days_.data(), policies_.data()}, {&days_[1], &policies_[1]});
    if (!diff) return diff.error();
    if (Status ran = (*diff)->run(); !ran) return ran;
    (*diff)->each([&](const MarginDiff::Entry& entry) { add(entry, out); });
    if (form_ == DiffForm::rows_and_totals) table_.add_all(out.lines);
    return Ok{};
}

void DiffFilter::find(const MarginDiff::Entry& entry, stream::Conclusion& out) {
    const double rise = entry.diff.change->initial_margin;
    ++out.found;
    out.offenders.add(
        {0, rise, std::string{entry.account_id}, fmt::format("initial margin rose by {:.2f}", rise)});
}

void DiffFilter::add(const MarginDiff::Entry& entry, stream::Conclusion& out) {
    const bool still = entry.same || entry.diff.status == record::DiffStatus::unchanged;
    if (still && !options_.all) return;
    out.indeterminate += entry.diff.status == record::DiffStatus::indeterminate ? 1 : 0;
    if (entry.diff.change && entry.diff.change->initial_margin > options_.limit) find(entry, out);
    if (form_ != DiffForm::lines) return table_.add(out.lines, entry.account_id, entry.diff);
    std::string value;
    static_cast<void>(line_.parse(entry.line));  // it was, when it was taken in
    json::append_value(value, entry.diff);
    json::splice(out.lines, line_, "margin_diff", value);
    out.lines += '\n';
}

}  // namespace tidemark::desk
