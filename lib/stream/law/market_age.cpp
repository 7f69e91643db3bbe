#include "stream/law/market_age.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "stream/law/line_law.hpp"

namespace tidemark::stream {
namespace {

/// 45s, 12m, 3h12m, 2d5h: two units are enough.
std::string length_of(std::int64_t ms) {
    if (ms < ms_per_minute) return fmt::format("{}s", ms / 1000);
    if (ms < ms_per_hour) return fmt::format("{}m", ms / ms_per_minute);
    if (ms < ms_per_day) return fmt::format("{}h{}m", ms / ms_per_hour, ms % ms_per_hour / ms_per_minute);
    return fmt::format("{}d{}h", ms / ms_per_day, ms % ms_per_day / ms_per_hour);
}

std::optional<Timestamp> time_of(const json::Line& line) {
    const std::uint32_t at = line.find(json::Line::root, "ts");
    if (at == 0) return std::nullopt;
    const json::Token& token = line.at(at);
    if (token.kind == json::Kind::number && std::fabs(token.number) < 1e15)
        return Timestamp{static_cast<std::int64_t>(token.number)};
    if (token.kind != json::Kind::string) return std::nullopt;
    std::string scratch;
    const auto parsed = parse_rfc3339(line.string(token, scratch));
    return parsed ? std::optional{*parsed} : std::nullopt;
}

}  // namespace

MarketAge::MarketAge(const Settings& settings)
    : now_{settings.now},
      limit_{settings.max_age       ? settings.max_age
             : settings.at_terminal ? std::optional{ms_per_hour}
                                    : std::nullopt},
      refuses_{settings.max_age.has_value()} {}

void MarketAge::see(const json::Line& line, std::string_view type) {
    const auto time = time_of(line);
    if (!time || *time <= newest_) return;
    newest_ = *time;
    const std::string key = key_of(line);
    name_ = fmt::format("{}{}{}", type, key.empty() ? "" : " ", key);
}

std::string MarketAge::told() const {
    return fmt::format("{} {} the clock; newest record: {} of {}", length_of(std::abs(age_ms())),
                       age_ms() < 0 ? "ahead of" : "behind", name_, to_rfc3339(newest_));
}

std::string MarketAge::refusal() const {
    if (!refuses_) return {};
    if (name_.empty()) return "--max-age: want market records with a time, got none";
    if (std::abs(age_ms()) <= *limit_) return {};
    return fmt::format("--max-age: want a market of at most {}, got one {}", length_of(*limit_), told());
}

std::string MarketAge::advice() const {
    if (refuses_ || !limit_ || name_.empty() || std::abs(age_ms()) <= *limit_) return {};
    return fmt::format("the market is {} (--max-age refuses such)", told());
}

}  // namespace tidemark::stream
