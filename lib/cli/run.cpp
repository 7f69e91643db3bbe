#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <optional>

#include "cli/arguments.hpp"
#include "cli/clock.hpp"
#include "cli/pages.hpp"
#include "stream/io/output.hpp"
#include "stream/law/complaint.hpp"
#include "stream/law/stream.hpp"

namespace tidemark::cli {
namespace {

using stream::Settings;

int complain(const Tool& tool, std::string_view what, stream::Exit status) {
    stream::complain(tool.name, what);
    return status;
}

int print_page(const Tool& tool, std::string_view page) {
    const Status written = stream::write_all(STDOUT_FILENO, page);
    return written ? stream::exit_ok : complain(tool, written.error().message, stream::exit_io);
}

struct Closed {
    bool input = false, output = false;
};

/// A descriptor that is closed at the start would be given to the first file opened, so it is taken up here.
Closed take_up_closed_descriptors() {
    Closed closed;
    for (int fd = 0; fd <= 2; ++fd) {
        if (::fcntl(fd, F_GETFD) != -1 || ::open("/dev/null", O_RDWR) != fd) continue;
        closed.input |= fd == STDIN_FILENO;
        closed.output |= fd == STDOUT_FILENO;
    }
    return closed;
}

int usage(const Tool& tool, const Error& error) {
    const std::string field = error.field.empty() ? "" : error.field + ": ";
    return complain(tool, field + error.message, stream::exit_usage);
}

/// The command line is wrong, or a state that it names is not as it was left.
int cannot_make(const Tool& tool, const Error& error) {
    const bool state = error.code == Errc::truncated || error.code == Errc::conflict;
    return state ? complain(tool, error.message, stream::exit_stopped) : usage(tool, error);
}

bool keeps_state(const Tool& tool) {
    return tool.state && !tool.state->path->empty();
}

Status load_state(const State& state) {
    const auto kept = stream::read_state(*state.path, state.kind);
    if (!kept) return kept.error();
    if (!*kept) return Ok{};
    ByteSource in{**kept};
    Status loaded = state.load(in);
    if (!loaded) loaded.error().message = *state.path + ": " + loaded.error().message;
    return loaded;
}

/// Takes the lock and what the last run kept; where that fails, the exit status.
std::optional<int> take_state(const Tool& tool) {
    if (!keeps_state(tool)) return std::nullopt;
    if (const Status locked = stream::lock_state(*tool.state->path); !locked) {
        const bool held = locked.error().code == Errc::conflict;
        return complain(tool, locked.error().message, held ? stream::exit_lock_held : stream::exit_io);
    }
    const Status loaded = load_state(*tool.state);
    return loaded ? std::nullopt : std::optional{cannot_make(tool, loaded.error())};
}

/// After the run: what was written stands, so the state may follow it, also where it is still too little for
/// a figure. A run that stopped keeps the old one.
int keep_state(const Tool& tool, int status) {
    const bool whole =
        status == stream::exit_ok || status == stream::exit_rejected || status == stream::exit_indeterminate;
    if (!keeps_state(tool) || !whole) return status;
    ByteSink state;
    tool.state->save(state);
    const Status saved = stream::write_state(*tool.state->path, tool.state->kind, state.bytes());
    return saved ? status : complain(tool, saved.error().message, stream::exit_io);
}

/// Operands that are assignments go where the tool wants them.
void take_assignments(const Tool& tool, std::vector<std::string>& operands) {
    if (tool.assignments == nullptr) return;
    const auto files = std::stable_partition(operands.begin(), operands.end(), [](const std::string& word) {
        return word.find('=') == std::string::npos || word.find('/') != std::string::npos;
    });
    tool.assignments->assign(files, operands.end());
    operands.erase(files, operands.end());
}

/// The page that was asked for in place of a run.
std::optional<int> print_asked(const Tool& tool, const PageRequest& asked,
                               const std::vector<Option>& options) {
    if (asked.help) return print_page(tool, help_page(tool, options));
    if (asked.version)
        return print_page(tool, fmt::format("{} (tidemark) {}\n", tool.name, TIDEMARK_VERSION));
    if (asked.generate == "man") return print_page(tool, man_options(options));
    if (!asked.generate.empty()) return print_page(tool, completion(tool, options, asked.generate));
    if (!tool.print) return std::nullopt;
    const auto page = tool.print();
    if (!page) return usage(tool, page.error());
    return *page ? std::optional{print_page(tool, **page)} : std::nullopt;
}

/// Where lines come from, and where it cannot be told, the exit status.
std::optional<int> find_files(const Tool& tool, std::vector<std::string>& files, bool input_closed) {
    if (tool.pair) {
        if (files.size() == 1) files.emplace_back("-");
        if (files.size() != 2 || (files[0] == "-" && files[1] == "-"))
            return complain(tool, "want OLD and NEW, one of which may be -", stream::exit_usage);
    }
    if (files.empty()) {
        if (::isatty(STDIN_FILENO) == 1)
            return complain(
                tool,
                fmt::format("want a FILE or lines on standard input; {} --help shows examples", tool.name),
                stream::exit_usage);
        files = {"-"};
    }
    if (input_closed && std::find(files.begin(), files.end(), "-") != files.end())
        return complain(tool, "cannot read input: standard input is closed", stream::exit_io);
    return std::nullopt;
}

/// Whether lines of this type are read.
bool reads(const Tool& tool, std::string_view type) {
    return std::find(tool.reads.begin(), tool.reads.end(), type) != tool.reads.end();
}

/// What the stream has to know of the tool, once make() has said what it adds.
stream::Description description_of(const Tool& tool) {
    return {tool.name,    tool.adds, tool.adds.empty() ? tool.adds_records : tool.adds,
            tool.columns, tool.pair, reads(tool, "account")};
}

int dispatch(Tool& tool, Settings& settings, const PageRequest& asked, const std::vector<Option>& options,
             Closed closed, int argc, char** argv) {
    if (const Status clock = check_clock(); !clock) return usage(tool, clock.error());
    if (const Status parsed = parse_arguments(options, settings.files, argc, argv); !parsed)
        return usage(tool, parsed.error());
    take_assignments(tool, settings.files);
    if (const auto printed = print_asked(tool, asked, options)) return *printed;
    if (const auto none = find_files(tool, settings.files, closed.input)) return *none;
    if (settings.format == "auto")
        settings.format = ::isatty(STDOUT_FILENO) == 1 && !tool.columns.empty() ? "table" : "json";
    settings.now = now();
    settings.at_terminal = ::isatty(STDERR_FILENO) == 1;
    auto filter = tool.make();
    if (!filter) return cannot_make(tool, filter.error());
    if (const auto failed = take_state(tool)) return *failed;
    return keep_state(tool, stream::run_stream(description_of(tool), **filter, settings));
}

}  // namespace

std::vector<Option> common_options(const Tool& tool, Settings& s, PageRequest& page) {
    std::vector<Option> options;
    if (!tool.columns.empty())
        options.push_back(choice("-f,--format", s.format, {"auto", "json", "table", "csv"},
                                 "how results are written; auto is table on a terminal, else json"));
    if (!tool.adds.empty()) {
        options.push_back(files("-m,--market", s.market_files,
                                "market records to read first, not passed on; may be repeated"));
        options.push_back(toggle("--bare", s.bare, "write only the ids and the result of each account"));
    }
    if (reads(tool, "ticker"))
        options.push_back(duration("--max-age", s.max_age,
                                   "oldest newest market record by the clock; an older market ends the run"));
    if (tool.explains)
        options.push_back(toggle("--explain", s.explain, "write a page for a person instead of lines"));
    if (!tool.adds.empty())
        options.push_back(
            count("-j,--jobs", s.jobs, 1, 64, "threads that answer accounts; the output is the same"));
    if (tool.waits)
        options.push_back(count("--max-held", s.max_held, 1024, 1e15,
                                "most memory for answers that wait for the end of the book, bytes"));
    if (!tool.digests.empty())
        options.push_back(toggle("--keep", s.keep, "pass on the records that are digested"));
    options.push_back(
        choice("--on-error", s.on_error, {"report", "stop"},
               "what a refused line does: an error record in its place, or the end of the run"));
    options.push_back(file("--quarantine", s.quarantine, "keep the bytes of refused lines in this new file"));
    options.push_back(toggle("--line-buffered", s.line_buffered, "write every line at once"));
    options.push_back(toggle("--allow-empty", s.allow_empty, "take an input without lines for a success"));
    options.push_back(count("--max-line", s.max_line, 1024, 1 << 30, "longest line accepted, bytes"));
    options.push_back(toggle("--eos", s.eos, "end the output with an end-of-stream record"));
    options.push_back(toggle("--require-eos", s.require_eos,
                             "fail where the input does not end with an end-of-stream record"));
    options.push_back(choice("--generate", page.generate, {"man", "bash", "zsh", "fish"},
                             "print the manual's options or a shell completion"));
    options.push_back(toggle("-h,--help", page.help, "print this page"));
    options.push_back(toggle("-V,--version", page.version, "print the version"));
    return options;
}

int run(Tool& tool, Settings& settings, int argc, char** argv) {
    std::signal(SIGPIPE, SIG_DFL);
    std::signal(SIGXFSZ, SIG_IGN);
    const Closed closed = take_up_closed_descriptors();
    if (closed.output)
        return complain(tool, "cannot write output: standard output is closed", stream::exit_io);
    try {
        PageRequest asked;
        std::vector<Option> options = tool.options;
        for (Option& option : common_options(tool, settings, asked)) options.push_back(std::move(option));
        for (Option& option : options) option.initial = value_text(option);
        return dispatch(tool, settings, asked, options, closed, argc, argv);
    } catch (...) {
        return complain(tool, stream::thrown().message, stream::exit_internal);
    }
}

}  // namespace tidemark::cli
