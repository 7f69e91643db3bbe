// What a run came to: every line accounted for, what a person was told, and the exit status that says so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "stream/law/line_law.hpp"
#include "stream/law/repeated_ids.hpp"

namespace tidemark::stream {

/// The raw bytes of refused lines, in a file of their own that did not exist before. Does nothing where no
/// file is named.
class Quarantine {
public:
    Quarantine() = default;
    Quarantine(const Quarantine&) = delete;
    Quarantine& operator=(const Quarantine&) = delete;
    ~Quarantine();

    /// Fails with io, also where the file is already there.
    Status open(const std::string& path);
    /// Lines, on a line of their own.
    Status keep(std::string_view lines);
    /// Ends the line before where it came without a newline.
    Status begin_line();
    /// Bytes behind those before.
    Status keep_more(std::string_view piece);
    /// On the disk, or io.
    Status close();

private:
    int fd_ = -1;
    bool at_line_ = true;
};

class RunOutcome {
public:
    explicit RunOutcome(std::string tool) : tool_{std::move(tool)} {}

    /// Takes what lines came to; they have none of it after.
    void add(Written& out);
    /// The market has changed since: accounts may come again.
    void begin_market() { ids_.begin_market(); }
    [[nodiscard]] bool repeated() const { return ids_.any(); }
    [[nodiscard]] const Counts& total() const { return total_; }

    /// Ends the run before its input does, for this reason; empty where it has been given already.
    void stop(std::string_view why);
    [[nodiscard]] bool stopped() const { return stopped_; }

    /// The status of a run that came this far. Says what no line has said yet.
    int exit_status(const Status& run, bool any_input, bool allow_empty) const;

private:
    std::string tool_;
    Counts total_;
    Offenders offenders_;
    RepeatedIds ids_;
    bool stopped_ = false;
};

}  // namespace tidemark::stream
