// One option of a tool, declared once: the parser, --help, the man page and the completions all read this.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"

namespace tidemark::cli {

/// Where a value goes; it holds the default until then. A list takes the option again and again.
using Target = std::variant<bool*, std::string*, double*, std::int64_t*, std::optional<std::int64_t>*,
                            std::optional<Timestamp>*, std::vector<std::string>*>;

struct Option {
    std::string names;  // "-f,--format"
    std::string value;  // "NAME"; empty for a switch
    std::string help;   // one line, lower case, no full stop
    Target to;
    std::vector<std::string> choices;  // allowed words, where they are few
    double low = 0.0, high = 0.0;      // of a number
    bool duration = false;             // an int64 that is written 90s or 2d
    bool files = false;                // completes to file names
    std::string initial = {};          // the default as text; set before the command line is read

    [[nodiscard]] std::string long_name() const { return names.substr(names.find("--")); }
    [[nodiscard]] std::string short_name() const { return names[1] == '-' ? "" : names.substr(0, 2); }
};

Option toggle(std::string names, bool& to, std::string help);
Option text(std::string names, std::string& to, std::string value, std::string help);
Option choice(std::string names, std::string& to, std::vector<std::string> choices, std::string help);
Option number(std::string names, double& to, double low, double high, std::string help);
Option count(std::string names, std::int64_t& to, double low, double high, std::string help);
Option duration(std::string names, std::optional<std::int64_t>& to_ms, std::string help);
Option time(std::string names, std::optional<Timestamp>& to, std::string help);
Option file(std::string names, std::string& to, std::string help);
Option texts(std::string names, std::vector<std::string>& to, std::string value, std::string help);
Option choices(std::string names, std::vector<std::string>& to, std::vector<std::string> choices,
               std::string help);
Option files(std::string names, std::vector<std::string>& to, std::string help);

/// The value that the target holds now, as text; empty where it holds none.
std::string value_text(const Option& option);

/// Puts the word into the option's target. Own strict readers: a number is JSON's, within its bounds, and a
/// NaN, a blank, 0x10 or 1e400 is none. Fails with usage, in words that name the option.
Status assign(const Option& option, std::string_view word);

}  // namespace tidemark::cli
