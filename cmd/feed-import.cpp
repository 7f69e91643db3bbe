// feed-import: venue files to native records.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>

#include "cli/tool.hpp"
#include "feed/feed.hpp"
#include "json/escape.hpp"
#include "json/writer.hpp"
#include "record/error.hpp"
#include "stream/io/input.hpp"
#include "stream/io/output.hpp"
#include "stream/law/stream.hpp"

using namespace tidemark;

namespace {

struct Options {
    std::string from, time_unit = "auto";
    feed::Options feed;
    double contract_size = 0.0;
    bool list_sources = false;

    std::vector<cli::Option> all() {
        return {
            cli::choice("--from", from, feed::names(), "what the input is (see --list-sources)"),
            cli::text("--symbol", feed.symbol, "SYMBOL", "instrument of rows that do not name theirs"),
            cli::duration("--interval", feed.interval_ms, "length of a candle, such as 1h"),
            cli::text("--map", feed.map, "MEMBER=COLUMN,...", "where csv finds each member of the record"),
            cli::text("--account-id", feed.account_id, "ID", "name of an account that does not name itself"),
            cli::time("--as-of", feed.as_of, "when answers were fetched that do not say so themselves"),
            cli::number("--contract-size", contract_size, 0.0, 1e12,
                        "base units of one contract (quote units if inverse); 0 is as the input says"),
            cli::choice("--time-unit", time_unit, {"auto", "s", "ms", "us", "ns"},
                        "unit of whole-number times; auto tells it by their size"),
            cli::toggle("--list-sources", list_sources, "print what can be read, and end")};
    }

    [[nodiscard]] Result<std::unique_ptr<feed::Importer>> importer() {
        if (from.empty())
            return Error{Errc::usage, "want --from; feed-import --list-sources shows what can be read", "",
                         0};
        constexpr std::string_view units[] = {"auto", "s", "ms", "us", "ns"};
        feed.time_unit = static_cast<feed::TimeUnit>(std::ranges::find(units, time_unit) - units);
        if (contract_size > 0.0) feed.contract_size = contract_size;
        return feed::make(from, feed);
    }

    [[nodiscard]] std::optional<std::string> page() const {
        if (!list_sources) return std::nullopt;
        std::string text;
        for (const feed::Source& source : feed::sources())
            text.append(source.name)
                .append(": ")
                .append(source.summary)
                .append("\n    ")
                .append(source.reads) += '\n';
        return text;
    }
};

/// The stream law for input that is not of lines of ours: every line is taken by the importer or refused.
class Import {
public:
    Import(const cli::Settings& settings, feed::Importer& importer, const std::vector<std::string>& files)
        : settings_{settings},
          importer_{importer},
          input_{files, static_cast<std::size_t>(settings.max_line)} {}

    int run() {
        Status status = open_quarantine();
        if (status) status = read();
        if (status && !stopped_) {
            view_.text = {};  // what is refused now is of the whole input
            importer_.finish(imported_);
            status = take();
        }
        if (status && settings_.eos)
            json::append_line(output_.buffer(), record::Eos{written_, !stopped_ && rejected_ == 0});
        const Status closed = output_.close();
        if (status) status = closed;
        if (status && quarantine_ >= 0 && (::fsync(quarantine_) != 0 || ::close(quarantine_) != 0))
            status = Error{Errc::io, "cannot write " + settings_.quarantine, "", 0};
        return exit_status(status);
    }

private:
    Status open_quarantine() {
        if (settings_.quarantine.empty()) return Ok{};
        quarantine_ =
            ::open(settings_.quarantine.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (quarantine_ >= 0) return Ok{};
        return Error{Errc::io, "cannot create " + settings_.quarantine, "", 0};
    }

    Status read() {
        while (!stopped_) {
            if (input_.would_block()) {
                if (Status flushed = output_.flush(); !flushed) return flushed;
            }
            const auto got = input_.next(view_);
            if (!got) return got.error();
            if (*got == stream::LineInput::Got::end) return Ok{};
            ++lines_;
            if (*got == stream::LineInput::Got::line)
                importer_.line(view_.text, imported_);
            else
                imported_.errors.push_back(input_.refusal());
            if (Status taken = take(); !taken) return taken;
        }
        return Ok{};
    }

    /// Passes on what the importer gave.
    Status take() {
        stream::Written refused;
        for (const Error& error : imported_.errors) {
            if (stopped_) break;
            refused.refused.clear();  // the line's bytes are kept once
            stream::refuse(style_, view_, error, "", refused);
            stopped_ = settings_.on_error == "stop";
        }
        rejected_ += refused.counts.rejected;
        imported_.errors.clear();
        imported_.lines += refused.lines;
        if (settings_.eos) written_ += std::ranges::count(imported_.lines, '\n');
        if (output_.buffer().empty())
            output_.buffer().swap(imported_.lines);
        else
            output_.buffer() += imported_.lines;
        imported_.lines.clear();
        if (Status told = stream::write_all(STDERR_FILENO, refused.complaints); !told) return told;
        if (quarantine_ >= 0) {
            if (Status kept = stream::write_all(quarantine_, refused.refused); !kept) return kept;
        }
        return settings_.line_buffered ? output_.flush() : output_.spill();
    }

    [[nodiscard]] int exit_status(const Status& status) const {
        const bool empty = status && lines_ == 0 && !settings_.allow_empty;
        const std::string why = !status ? json::printable(status.error().message)
                                : empty ? "want at least one line, got none (--allow-empty accepts that)"
                                        : "";
        // Nothing is left to do where stderr does not take it.
        if (!why.empty())
            static_cast<void>(stream::write_all(STDERR_FILENO, style_.tool + ": " + why + "\n"));
        if (!status && status.error().code != Errc::not_jsonl) return cli::exit_io;
        if (!status || empty || stopped_) return cli::exit_stopped;
        return rejected_ > 0 ? cli::exit_rejected : cli::exit_ok;
    }

    const cli::Settings& settings_;
    feed::Importer& importer_;
    stream::LineInput input_;
    const stream::Style style_{"feed-import", "", false, false};
    stream::Output output_{STDOUT_FILENO};
    feed::Output imported_;
    stream::LineView view_{{}, "<input>", 0, 0, true};
    std::int64_t lines_ = 0, written_ = 0, rejected_ = 0;
    int quarantine_ = -1;
    bool stopped_ = false;
};

}  // namespace

int main(int argc, char** argv) {
    cli::Settings settings;
    settings.max_line = std::int64_t{64} << 20;  // an answer with every option of a venue is one line
    Options options;
    cli::Tool tool{
        .name = "feed-import",
        .summary = "turn what venues write into native records",
        .examples = {{"feed-import --from deribit-chain chain.csv.gz",
                      "a chain's tickers, and prices before them"},
                     {"feed-import --from binance-kline --symbol BTCUSDT BTCUSDT-1h-*.csv", "candles"},
                     {"feed-import --from deribit summaries.json positions.json",
                      "one account out of two answers"},
                     {"feed-import --from csv --map type=price,ts=day,price=usd,asset=\"'BTC'\" btc.csv",
                      "any table"}},
        .options = options.all(),
        .reads = feed::names(),
        .digests = {},
        .adds = "",
        .adds_records = "instrument, ticker, price, candle, trade, book, account",
        .columns = {},
        .make = {},
        .instead =
            [&](const std::vector<std::string>& files) {
                auto importer = options.importer();
                if (importer && settings.require_eos)
                    importer = Error{Errc::usage, "venues send no end-of-stream record", "--require-eos", 0};
                if (importer) return Import{settings, **importer, files}.run();
                const Error& error = importer.error();
                const std::string field = error.field.empty() ? "" : error.field + ": ";
                static_cast<void>(stream::write_all(
                    STDERR_FILENO, "feed-import: " + field + json::printable(error.message) + "\n"));
                return int{cli::exit_usage};
            },
        .print = [&]() -> Result<std::optional<std::string>> { return options.page(); }};
    return cli::run(tool, settings, argc, argv);
}
