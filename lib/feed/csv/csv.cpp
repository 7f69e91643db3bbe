#include "feed/csv/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/near_miss.hpp"
#include "feed/csv/csv_map.hpp"
#include "feed/csv/csv_types.hpp"
#include "feed/shared/candle_series.hpp"
#include "json/escape.hpp"
#include "json/writer.hpp"
#include "record/candle.hpp"

namespace tidemark::feed {
namespace {

class Csv : public Importer {
public:
    Csv(const Options& options, const CsvType& type, CsvMap map)
        : options_{options}, type_{type}, map_{std::move(map)}, headed_{!map_.wants_header()} {
        for (const Mapped& m : map_.members) {
            for (const Member& member : type.members()) {
                if (member.name == m.member) cells_.push_back(member.cell);
            }
        }
    }

    void line(std::string_view text, Output& out) override {
        Status taken = Ok{};
        if (pending_.empty()) {
            taken = row_.split(text);
        } else {
            pending_.resize(pending_.size() - json::padding);
            pending_.append("\n").append(text).append(json::padding, '\0');
            taken = row_.split(std::string_view{pending_}.substr(0, pending_.size() - json::padding));
        }
        if (!taken && taken.error().code == Errc::truncated && pending_.size() < largest_row) {
            if (pending_.empty()) pending_.assign(text).append(json::padding, '\0');
            return;
        }
        if (taken) taken = headed_ && !header_again() ? take_row(out.lines) : take_header();
        pending_.clear();
        if (!taken) out.errors.push_back(std::move(taken.error()));
    }

    void finish(Output& out) override {
        if (!pending_.empty())
            out.errors.push_back(
                {Errc::truncated, "want every quote closed, got the end of the input", "", 0});
    }

private:
    static constexpr std::size_t largest_row = std::size_t{1} << 20;

    /// True for the header of a further file.
    [[nodiscard]] bool header_again() const {
        return std::ranges::any_of(map_.members, [this](const Mapped& m) {
            return !m.column.empty() && m.place < row_.size() && row_[m.place] == m.column;
        });
    }

    Status take_header() {
        Status placed = map_.place(row_);
        if (!placed) return placed;
        headed_ = true;
        width_ = row_.size();
        return Ok{};
    }

    /// The row as a line of JSON with every value quoted; our own reader does the rest.
    Status take_row(std::string& lines) {
        if (width_ == 0) width_ = row_.size();
        if (row_.size() != width_)
            return Error{Errc::wrong_type, fmt::format("want {} columns, got {}", width_, row_.size()), "",
                         0};
        draft_ = "{";
        for (std::size_t i = 0; i < map_.members.size(); ++i) {
            if (Status added = add(map_.members[i], cells_[i]); !added) return added;
        }
        fill("symbol", options_.symbol);
        if (options_.interval_ms) fill("interval_ms", std::to_string(*options_.interval_ms));
        draft_ += '}';
        return write(lines);
    }

    Status add(const Mapped& m, Cell cell) {
        if (!m.is_fixed && m.place >= row_.size())
            return Error{Errc::missing_field,
                         fmt::format("want at least {} columns, got {}", m.place + 1, row_.size()), m.member,
                         0};
        const std::string_view text = m.is_fixed ? std::string_view{m.fixed} : row_[m.place];
        if (text.empty()) return Ok{};
        if (cell == Cell::time) {
            const auto time = read_time(text, options_.time_unit);
            if (!time) return located(time.error(), m);
            append(m.member, std::to_string(time->ms));
        } else if (cell == Cell::word) {
            std::string word{text};
            for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            append(m.member, word);
        } else {
            append(m.member, text);
        }
        return Ok{};
    }

    void append(std::string_view member, std::string_view text) {
        if (draft_.size() > 1) draft_ += ',';
        json::append_quoted(draft_, member);
        draft_ += ':';
        json::append_quoted(draft_, text);
    }

    void fill(std::string_view member, std::string_view text) {
        const bool known =
            std::ranges::any_of(type_.members(), [&](const Member& m) { return m.name == member; });
        if (known && !text.empty() && !map_.has(member)) append(member, text);
    }

    Status write(std::string& lines) {
        const std::size_t size = draft_.size();
        draft_.append(json::padding, '\0');
        Status read = line_.parse(std::string_view{draft_}.substr(0, size));
        if (read)
            read =
                type_.name == record::Candle::type ? put_candle(lines) : type_.write(line_, reader_, lines);
        if (read) return read;
        for (const Mapped& m : map_.members) {
            if (m.member == read.error().field) return located(read.error(), m);
        }
        read.error().offset = 0;
        return read;
    }

    /// Candles are a series, each symbol's its own.
    Status put_candle(std::string& lines) {
        record::Candle candle;
        if (Status read = reader_.read(line_, candle); !read) return read;
        auto series = series_.find(candle.symbol);
        if (series == series_.end())
            series = series_.emplace(candle.symbol, CandleSeries{std::nullopt, options_.as_of}).first;
        return series->second.put(candle, lines);
    }

    /// The error with the place of the member's cell in the row.
    [[nodiscard]] Error located(Error error, const Mapped& m) const {
        error.field = m.column.empty() ? m.member : m.column;
        error.offset = m.is_fixed ? 0 : row_.offset(m.place);
        return error;
    }

    const Options options_;
    const CsvType type_;
    CsvMap map_;
    std::vector<Cell> cells_;  // by member of the map
    bool headed_;
    std::size_t width_ = 0;
    CsvRow row_;
    std::string pending_, draft_;
    json::Line line_;
    json::Reader reader_;
    std::map<std::string, CandleSeries, std::less<>> series_;
};

Status known_members(const CsvType& type, const CsvMap& map) {
    std::vector<std::string_view> known;
    for (const Member& member : type.members()) known.push_back(member.name);
    for (const Mapped& m : map.members) {
        if (std::ranges::find(known, m.member) != known.end()) continue;
        const std::string_view meant = near_miss(m.member, known);
        return map_error(fmt::format("want a member of {}, got '{}'{}", type.name, json::printable(m.member),
                                     meant.empty() ? "" : fmt::format(" (nearest: {})", meant)));
    }
    return Ok{};
}

}  // namespace

Result<std::unique_ptr<Importer>> csv(const Options& options) {
    auto map = CsvMap::parse(options.map);
    if (!map) return map.error();
    const auto type = std::ranges::find(csv_types(), map->type, &CsvType::name);
    if (type == csv_types().end())
        return map_error(
            fmt::format("want a type of candle, trade, ticker, price, instrument or liquidity, got '{}'",
                        json::printable(map->type)));
    if (const Status known = known_members(*type, *map); !known) return known.error();
    return std::unique_ptr<Importer>{std::make_unique<Csv>(options, *type, *std::move(map))};
}

}  // namespace tidemark::feed
