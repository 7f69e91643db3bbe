#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <exception>

#include "cli/arguments.hpp"
#include "cli/pages.hpp"
#include "json/escape.hpp"
#include "stream/io/output.hpp"
#include "stream/law/stream.hpp"

namespace tidemark::cli {
namespace {

/// Words of the command line and of files are in it, so it is made safe for a terminal.
int complain(const Tool& tool, std::string_view what, int status) {
    // Nothing is left to do where stderr does not take it.
    static_cast<void>(
        stream::write_all(STDERR_FILENO, fmt::format("{}: {}\n", tool.name, json::printable(what))));
    return status;
}

int print_page(const Tool& tool, std::string_view page) {
    const Status written = stream::write_all(STDOUT_FILENO, page);
    return written ? exit_ok : complain(tool, written.error().message, exit_io);
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
    return complain(tool, field + error.message, exit_usage);
}

/// The command line is wrong, or a state that it names is not as it was left.
int cannot_make(const Tool& tool, const Error& error) {
    const bool state = error.code == Errc::truncated || error.code == Errc::conflict;
    return state ? complain(tool, error.message, exit_stopped) : usage(tool, error);
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

int dispatch(Tool& tool, Settings& settings, const std::vector<Option>& options, Closed closed, int argc,
             char** argv) {
    if (const Status parsed = parse_arguments(options, settings.files, argc, argv); !parsed)
        return usage(tool, parsed.error());
    take_assignments(tool, settings.files);
    if (settings.help) return print_page(tool, help_page(tool, options));
    if (settings.version)
        return print_page(tool, fmt::format("{} (tidemark) {}\n", tool.name, TIDEMARK_VERSION));
    if (settings.generate == "man") return print_page(tool, man_options(options));
    if (!settings.generate.empty()) return print_page(tool, completion(tool, options, settings.generate));
    if (tool.print) {
        const auto page = tool.print();
        if (!page) return usage(tool, page.error());
        if (*page) return print_page(tool, **page);
    }
    if (tool.pair) {
        if (settings.files.size() == 1) settings.files.emplace_back("-");
        if (settings.files.size() != 2 || (settings.files[0] == "-" && settings.files[1] == "-"))
            return complain(tool, "want OLD and NEW, one of which may be -", exit_usage);
    }
    if (settings.files.empty()) {
        if (::isatty(STDIN_FILENO) == 1)
            return complain(
                tool,
                fmt::format("want a FILE or lines on standard input; {} --help shows examples", tool.name),
                exit_usage);
        settings.files = {"-"};
    }
    const bool reads_input =
        std::find(settings.files.begin(), settings.files.end(), "-") != settings.files.end();
    if (closed.input && reads_input)
        return complain(tool, "cannot read input: standard input is closed", exit_io);
    if (settings.format == "auto")
        settings.format = ::isatty(STDOUT_FILENO) == 1 && !tool.columns.empty() ? "table" : "json";
    if (settings.on_error == "stop") settings.jobs = 1;
    if (tool.instead) return tool.instead(settings.files);
    auto filter = tool.make();
    if (!filter) return cannot_make(tool, filter.error());
    return stream::run_stream(tool, **filter, settings);
}

}  // namespace

std::vector<Option> common_options(const Tool& tool, Settings& s) {
    std::vector<Option> options;
    if (!tool.columns.empty())
        options.push_back(choice("-f,--format", s.format, {"auto", "json", "table", "csv"},
                                 "how results are written; auto is table on a terminal, else json"));
    if (!tool.adds.empty()) {
        options.push_back(files("-m,--market", s.market_files,
                                "market records to read first, not passed on; may be repeated"));
        options.push_back(toggle("--bare", s.bare, "write only the ids and the result of each account"));
    }
    if (tool.explains)
        options.push_back(toggle("--explain", s.explain, "write a page for a person instead of lines"));
    if (!tool.adds.empty() && tool.adds != "score")
        options.push_back(
            count("-j,--jobs", s.jobs, 1, 64, "threads that answer accounts; the output is the same"));
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
    options.push_back(choice("--generate", s.generate, {"man", "bash", "zsh", "fish"},
                             "print the manual's options or a shell completion"));
    options.push_back(toggle("-h,--help", s.help, "print this page"));
    options.push_back(toggle("-V,--version", s.version, "print the version"));
    return options;
}

int run(Tool& tool, Settings& settings, int argc, char** argv) {
    std::signal(SIGPIPE, SIG_DFL);
    std::signal(SIGXFSZ, SIG_IGN);
    const Closed closed = take_up_closed_descriptors();
    if (closed.output) return complain(tool, "cannot write output: standard output is closed", exit_io);
    try {
        std::vector<Option> options = tool.options;
        for (Option& option : common_options(tool, settings)) options.push_back(std::move(option));
        for (Option& option : options) option.initial = value_text(option);
        return dispatch(tool, settings, options, closed, argc, argv);
    } catch (const std::bad_alloc&) {
        return complain(tool, "out of memory", exit_internal);
    } catch (const std::exception& e) {
        return complain(tool, fmt::format("internal error, please report it: {}", e.what()), exit_internal);
    }
}

}  // namespace tidemark::cli
