// Two files in, why margins changed out: what margin-diff does with its lines.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <string>

#include "desk/diff/book_day.hpp"
#include "desk/diff/diff_table.hpp"
#include "desk/diff/margin_diff.hpp"
#include "stream/law/filter.hpp"

namespace tidemark::desk {

struct DiffOptions {
    std::optional<Timestamp> old_as_of, as_of;
    bool accept_suspect = false;                             // of both days
    double limit = std::numeric_limits<double>::infinity();  // of an increase that is not to be found
    bool all = false;                                        // also accounts that did not change
};

/// What is written: accounts with the member margin_diff, or the rows of a table, with those of all accounts
/// together behind them where a person reads them.
enum class DiffForm { lines, rows, rows_and_totals };

/// Takes both days in, and says what changed behind the last line.
class DiffFilter final : public stream::Filter {
public:
    DiffFilter(policy::Document old_policy, policy::Document policy, const DiffOptions& options,
               DiffForm form);

    /// To be called once before the first line. Fails with policy.
    Status open();

    [[nodiscard]] Use use(std::string_view type) const override;
    Status learn(const json::Line& line, std::string_view type) override {
        return days_[day_].learn(line, type);
    }
    void begin_file(std::size_t index) override { day_ = index; }
    void refused(std::string_view key) override { days_[day_].refuse(key); }
    Status conclude(stream::Conclusion& out) override;

private:
    static void find(const MarginDiff::Entry& entry, stream::Conclusion& out);
    void add(const MarginDiff::Entry& entry, stream::Conclusion& out);

    std::array<policy::Document, 2> policies_;  // of the old day and of the new one, as the days
    DiffOptions options_;
    DiffForm form_;
    std::array<BookDay, 2> days_;
    std::size_t day_ = 0;
    DiffTable table_;
    json::Line line_{json::Limits{.line_bytes = std::size_t{1} << 30}};
};

}  // namespace tidemark::desk
