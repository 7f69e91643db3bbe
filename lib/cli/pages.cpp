#include "cli/pages.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tidemark::cli {
namespace {

constexpr std::string_view exit_text =
    "Exit status: 0 all lines read, understood, answered; 1 --fail-on found; 2 usage\n"
    "or policy; 3 stopped or no input; 4 lines refused; 5 figures indeterminate;\n"
    "6 read or write failed; 7 internal error; 8 lock held by another run.\n";

std::string joined(const std::vector<std::string>& words) {
    return words.empty() ? "none" : fmt::format("{}", fmt::join(words, ", "));
}

/// Words of `text` in lines that end before column 80, from `indent` on; the first line begins at `column`.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t column) {
    std::string out(indent > column ? indent - column : 0, ' ');
    std::size_t at = std::max(indent, column);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (at + end > 79 && at > indent) {
            out += '\n' + std::string(indent, ' ');
            at = indent;
        }
        if (at > indent) {
            out += ' ';
            ++at;
        }
        out += text.substr(0, end);
        at += end;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out + '\n';
}

std::string usage_of(const Option& option) {
    const std::string dash = option.short_name();
    return (dash.empty() ? "    " : dash + ", ") + option.long_name() +
           (option.value.empty() ? "" : " " + option.value);
}

std::string explained(const Option& option) {
    std::string text = option.help;
    if (!option.choices.empty()) text += fmt::format(": {}", fmt::join(option.choices, ", "));
    return option.initial.empty() ? text : fmt::format("{} (default {})", text, option.initial);
}

/// Text made safe for mdoc: no macro at the start of a line, no escapes.
std::string mdoc(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c == '\\' ? std::string{"\\e"} : c == '-' ? std::string{"\\-"} : std::string{c};
    return out;
}

std::string shell_words(const std::vector<std::string>& words) {
    return fmt::format("{}", fmt::join(words, " "));
}

std::string bash_completion(const Tool& tool, std::span<const Option> options) {
    std::string cases, all;
    for (const Option& option : options) {
        all += option.long_name() + " ";
        if (!option.choices.empty())
            cases += fmt::format("        {}) COMPREPLY=($(compgen -W '{}' -- \"$cur\")); return ;;\n",
                                 option.long_name(), shell_words(option.choices));
        else if (option.files)
            cases += fmt::format("        {}) COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n",
                                 option.long_name());
        else if (!option.value.empty())
            cases += fmt::format("        {}) return ;;\n", option.long_name());
    }
    const std::string function = "_" + tool.name;
    return fmt::format(
        "{0}() {{\n    local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}}\n    case "
        "$prev in\n{1}    esac\n"
        "    if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W '{2}' -- \"$cur\")); else "
        "COMPREPLY=($(compgen -f -- \"$cur\")); fi\n}}\n"
        "complete -o filenames -F {0} {3}\n",
        function, cases, all, tool.name);
}

std::string quoted_for_zsh(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c == '\''                          ? "'\\''"
               : c == '[' || c == ']' || c == ':' ? std::string{"\\"} + c
                                                  : std::string{c};
    return out;
}

std::string zsh_completion(const Tool& tool, std::span<const Option> options) {
    std::string out = fmt::format("#compdef {}\n_arguments -s \\\n", tool.name);
    for (const Option& option : options) {
        std::string action;
        if (!option.choices.empty())
            action = fmt::format(":value:({})", shell_words(option.choices));
        else if (option.files)
            action = ":file:_files";
        else if (!option.value.empty())
            action = fmt::format(":{}:", option.value);
        const std::string repeat = std::holds_alternative<std::vector<std::string>*>(option.to) ? "*" : "";
        out += fmt::format("    '{}{}[{}]{}' \\\n", repeat, option.long_name(), quoted_for_zsh(option.help),
                           action);
    }
    return out + "    '*:file:_files'\n";
}

std::string fish_completion(const Tool& tool, std::span<const Option> options) {
    std::string out;
    for (const Option& option : options) {
        out += fmt::format("complete -c {} -l {}", tool.name, option.long_name().substr(2));
        if (!option.short_name().empty()) out += fmt::format(" -s {}", option.short_name().substr(1));
        if (!option.choices.empty())
            out += fmt::format(" -x -a '{}'", shell_words(option.choices));
        else if (option.files)
            out += " -r -F";
        else if (!option.value.empty())
            out += " -x";
        std::string help = option.help;
        for (std::size_t at = help.find('\''); at != std::string::npos; at = help.find('\'', at + 2))
            help.insert(at, "\\");
        out += fmt::format(" -d '{}'\n", help);
    }
    return out;
}

}  // namespace

std::string help_page(const Tool& tool, std::span<const Option> options) {
    const std::string assignments = tool.assignment.empty() ? "" : fmt::format(" {}...", tool.assignment);
    std::string out = fmt::format("Usage: {} [OPTION]...{} {}\n", tool.name, assignments,
                                  tool.pair ? "OLD [NEW]" : "[FILE]...");
    out += wrapped(std::string{static_cast<char>(tool.summary[0] - 'a' + 'A')} + tool.summary.substr(1) + ".",
                   0, 0);
    out += "\nExamples:\n";
    for (const Example& example : tool.examples)
        out += fmt::format("  {}\n", example.command) + wrapped(example.says, 6, 0);
    out += fmt::format("\nReads: {}\n", joined(tool.reads));
    if (!tool.digests.empty())
        out += fmt::format("Digests (does not pass on without --keep): {}\n", joined(tool.digests));
    if (!tool.adds.empty()) out += fmt::format("Adds: member {} of each account\n", tool.adds);
    if (!tool.adds_records.empty()) out += fmt::format("Writes: {}\n", tool.adds_records);
    out += "\nOptions:\n";
    for (const Option& option : options) {
        const std::string usage = "  " + usage_of(option);
        out += usage;
        if (usage.size() > 28) out += '\n';
        out += wrapped(explained(option), 30, usage.size() > 28 ? 0 : usage.size());
    }
    out += fmt::format("\nWith no {0}, or where {0} is -, reads standard input; .gz files are unpacked.\n{1}",
                       tool.pair ? "NEW" : "FILE", exit_text);
    return out + fmt::format("Manual: man {}, tidemark(7), tidemark-records(5)\n", tool.name);
}

std::string man_options(std::span<const Option> options) {
    std::string out = ".Bl -tag -width Ds\n";
    for (const Option& option : options) {
        out += ".It ";
        if (!option.short_name().empty()) out += fmt::format("Fl {} , ", option.short_name().substr(1));
        out += fmt::format("Fl Fl {}", option.long_name().substr(2));
        if (!option.value.empty()) out += fmt::format(" Ar {}", option.value);
        std::string text = explained(option);
        text[0] = text[0] >= 'a' && text[0] <= 'z' ? static_cast<char>(text[0] - 'a' + 'A') : text[0];
        out += "\n" + mdoc(text) + ".\n";
    }
    return out + ".El\n";
}

std::string completion(const Tool& tool, std::span<const Option> options, std::string_view shell) {
    if (shell == "bash") return bash_completion(tool, options);
    return shell == "zsh" ? zsh_completion(tool, options) : fish_completion(tool, options);
}

}  // namespace tidemark::cli
