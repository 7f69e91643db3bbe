// The stream loop, by what it does: stream.cpp reads, stream_take.cpp takes a line in, stream_write.cpp sends
// it on.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "json/reader.hpp"
#include "stream/io/result_writer.hpp"
#include "stream/law/deferred_answers.hpp"
#include "stream/law/run_outcome.hpp"
#include "stream/law/stream.hpp"
#include "stream/law/workers.hpp"

namespace tidemark::stream {

class Stream {
public:
    Stream(const cli::Tool& tool, Filter& filter, const cli::Settings& settings);
    int run();

private:
    Status load_market();
    Status learn_only(const LineView& view);
    Status read_all();
    Status take(const LineView& view);
    void take_parsed(const LineView& view);
    void take_account(const LineView& view);
    void edit(const LineView& view, std::string_view type);
    void tell_unmet(const LineView& last);
    void take_eos(const LineView& view);
    void pass(const LineView& view, std::string_view type, Filter::Use use);
    void settle();
    void step();
    void count_derived(std::size_t from);
    void refuse_line(const LineView& view, const Error& error, std::string_view key);
    Result<std::string_view> type_of();

    void start_workers();
    Status give(const LineView& view);
    Status dispatch();
    Status drain();

    Status write(Written& out);
    Status write_when_large();
    Status send_all();
    Status finish();

    [[nodiscard]] std::size_t line_bytes() const { return static_cast<std::size_t>(settings_.max_line); }
    [[nodiscard]] bool only_answers() const { return settings_.bare || settings_.explain; }

    Filter& filter_;
    const cli::Settings& settings_;
    Style style_;
    ResultWriter sink_;
    RunOutcome outcome_;
    Quarantine quarantine_;
    DeferredAnswers held_;
    json::Line line_;
    json::Reader reader_;
    std::string type_;
    std::optional<AccountAnswerer> answerer_;
    std::optional<Workers> workers_;
    std::unique_ptr<Chunk> chunk_;
    Written out_;
    std::int64_t lines_in_ = 0;  // of the stream, without --market
    bool saw_eos_ = false, unsettled_ = false, unmet_ = false;
};

}  // namespace tidemark::stream
