// Runs a source over text, line by line, as feed-import does.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "feed/feed.hpp"
#include "json/number.hpp"

namespace tidemark::feed {

struct Imported {
    std::string lines;
    std::vector<Error> errors;

    /// The one error that there is.
    [[nodiscard]] const Error& error() const {
        REQUIRE(errors.size() == 1);
        return errors[0];
    }
    [[nodiscard]] std::string code() const { return std::string{errc_name(error().code)}; }
};

inline Imported imported(std::string_view source, std::string_view text, const Options& options = {}) {
    const auto importer = make(source, options);
    if (!importer) FAIL(importer.error().field << ": " << importer.error().message);
    Output out;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        std::string padded{line};
        padded.append(json::padding, '7');
        (*importer)->line(std::string_view{padded}.substr(0, line.size()), out);
    }
    (*importer)->finish(out);
    return {out.lines, out.errors};
}

/// The same where nothing may be refused.
inline std::string records(std::string_view source, std::string_view text, const Options& options = {}) {
    const Imported all = imported(source, text, options);
    for (const Error& e : all.errors) FAIL_CHECK(e.field << ": " << e.message);
    return all.lines;
}

inline Options with_symbol(std::string symbol) {
    Options options;
    options.symbol = std::move(symbol);
    return options;
}

}  // namespace tidemark::feed
