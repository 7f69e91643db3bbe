// The stream loop, by what it does: stream.cpp reads, stream_take.cpp takes a line in, stream_jobs.cpp gives
// lines to threads, stream_write.cpp sends on what was made of them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "json/reader.hpp"
#include "stream/io/result_writer.hpp"
#include "stream/law/market_age.hpp"
#include "stream/law/run_outcome.hpp"
#include "stream/law/stream.hpp"
#include "stream/law/workers.hpp"

namespace tidemark::stream {

class Stream {
public:
    Stream(const Description& description, Filter& filter, const Settings& settings);
    int run();

private:
    /// The file that lines come from.
    struct File {
        std::size_t index = 0;
        std::int64_t lines = 0, accounts = 0;
        bool saw_eos = false;
    };

    Status run_all();
    Status load_market();
    void refuse_account_in_market(const LineView& view);
    Status learn_only(const LineView& view);
    Status read_all();
    Status read_line(LineView& view);
    Status reach_file(std::size_t index);
    Status end_file();

    Status take(const LineView& view);
    void take_parsed(const LineView& view);
    void edit(const LineView& view, std::string_view type);
    void import_line(const LineView& view);
    void end_import(const LineView& last);
    void put_imported();
    void tell_unmet(const LineView& last);
    void tell(const LineView& last, const Error& error);
    void take_eos(const LineView& view);
    void pass(const LineView& view, std::string_view type, Filter::Use use);
    void count_account();
    void answer(const LineView& view);
    Status check_type(std::string_view type, Filter::Use use);
    void settle();
    void step();
    /// Takes lines that follow from others: `append` adds them to the output, and fails where some could not
    /// be derived.
    template <class Append>
    void derive(const Append& append) {
        const std::size_t before = out_.lines.size();
        if (const Status derived = answer_finite(append); !derived) give_up(derived.error());
        count_derived(before);
    }
    void give_up(const Error& error);
    void count_derived(std::size_t from);
    Status refuse_long_line(const LineView& view, LineInput& input);
    void refuse_line(const LineView& view, const Error& error, std::string_view key);

    [[nodiscard]] std::unique_ptr<AccountAnswerer> new_answerer(std::unique_ptr<Worker> worker) const;
    void start_workers();
    Status give(const LineView& view);
    Status dispatch();
    Status collect(Chunk& chunk);
    Status drain();

    Status write(Written& out);
    Status write_when_large();
    Status send_all();
    Status finish();
    void refuse_old_market();
    void refuse_no_accounts();
    Status conclude();
    Status release_held();
    Status refuse_held(const LineView& view, const json::Line& line, const Error& error);
    void write_eos();

    [[nodiscard]] std::size_t line_bytes() const { return static_cast<std::size_t>(settings_.max_line); }
    [[nodiscard]] bool only_answers() const { return settings_.bare || settings_.explain; }
    [[nodiscard]] bool any_input() const { return description_.every_file ? !empty_file_ : lines_in_ > 0; }

    const Description& description_;
    Filter& filter_;
    const Settings& settings_;
    Style style_;
    LineInput input_;  // what is under way in threads has views into it
    ResultWriter sink_;
    RunOutcome outcome_;
    MarketAge age_;
    Quarantine quarantine_;
    std::unique_ptr<BookPass> book_;
    DeferredAnswers held_;
    json::Line line_;
    json::Reader reader_;
    std::string type_, known_type_;
    Imported imported_;
    std::unique_ptr<AccountAnswerer> answerer_;
    std::optional<Workers> workers_;
    std::unique_ptr<Chunk> chunk_;
    Written out_;
    File file_;
    std::int64_t lines_in_ = 0;  // of the stream, without --market
    std::int64_t accounts_ = 0, accounts_in_market_ = 0;
    bool empty_file_ = false, bare_file_ = false, saw_eos_ = false, unsettled_ = false;
};

}  // namespace tidemark::stream
