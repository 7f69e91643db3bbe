// How old the market is by the clock, for runs that nobody watches.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/time.hpp"
#include "json/line.hpp"
#include "stream/law/settings.hpp"

namespace tidemark::stream {

class MarketAge {
public:
    explicit MarketAge(const Settings& settings);

    /// Whether anybody asks for the age: lines need not be looked at otherwise.
    [[nodiscard]] bool watched() const { return limit_.has_value(); }
    /// A market record that was taken in.
    void see(const json::Line& line, std::string_view type);

    /// Why the market is too old for --max-age, or too far ahead of the clock, by the newest record; empty
    /// where it is neither.
    [[nodiscard]] std::string refusal() const;
    /// What a person at a terminal is told where no --max-age was given; empty where nothing is.
    [[nodiscard]] std::string advice() const;

private:
    [[nodiscard]] std::string told() const;
    [[nodiscard]] std::int64_t age_ms() const { return now_.ms - newest_.ms; }

    Timestamp now_, newest_;
    std::optional<std::int64_t> limit_;
    bool refuses_;
    std::string name_;  // of the newest record: its type, and of what
};

}  // namespace tidemark::stream
