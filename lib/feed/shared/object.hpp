// The members of one object of a venue's document, by name.
#pragma once

#include <algorithm>
#include <cmath>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"
#include "feed/shared/importer.hpp"
#include "json/line.hpp"
#include "json/writer.hpp"

namespace tidemark::feed {

/// Where a value stands in a document.
struct Place {
    const json::Line* line;
    std::uint32_t at;
    std::string path;  // such as result[3]

    [[nodiscard]] const json::Token& token() const { return line->at(at); }
    [[nodiscard]] bool is(json::Kind kind) const { return token().kind == kind; }
};

/// Reads members; the first that cannot be read is kept as the error. null and "" are absent, as venues write
/// them; a number may be a decimal string. Views last as long as this and the document.
class Object {
public:
    explicit Object(Place place) : place_{std::move(place)} {}

    [[nodiscard]] bool has(std::string_view name) const { return find(name) != 0; }
    [[nodiscard]] bool holds(std::string_view name, json::Kind kind) const {
        const std::uint32_t at = find(name);
        return at != 0 && place_.line->at(at).kind == kind;
    }

    std::optional<double> number(std::string_view name);
    double required(std::string_view name);
    /// Absent where it is 0 as well: how venues write that there is no bid or no volatility.
    std::optional<double> unless_zero(std::string_view name);
    /// A percentage as a fraction: the decimal point moves, so 115.62 is 1.1562 and not its neighbour. Absent
    /// where it is 0.
    std::optional<double> percent(std::string_view name);
    std::optional<std::string_view> text(std::string_view name);
    std::string_view required_text(std::string_view name);
    /// A whole number of the unit, or RFC 3339 text.
    std::optional<Timestamp> time(std::string_view name, TimeUnit unit);
    /// Absent where it is null or no object or array.
    [[nodiscard]] std::optional<Place> member(std::string_view name) const;

    void refuse(Errc code, std::string_view name, std::string message);
    [[nodiscard]] bool good() const { return !error_; }
    [[nodiscard]] const Place& place() const { return place_; }
    [[nodiscard]] Error& error() { return *error_; }

private:
    [[nodiscard]] std::uint32_t find(std::string_view name) const {
        return place_.is(json::Kind::object) ? place_.line->find(place_.at, name) : 0;
    }

    Place place_;
    std::optional<Error> error_;
    std::deque<std::string> unescaped_;
};

/// Calls use with every element of the array.
template <class Use>
void each(const Place& array, Use use) {
    std::size_t index = 0;
    for (std::uint32_t i = array.at + 1; i < array.token().next; i = array.line->at(i).next)
        use(Place{array.line, i, array.path + '[' + std::to_string(index++) + ']'});
}

/// Whether every number of the record is finite: a quotient of two may not be.
template <class Record>
bool finite(const Record& record) {
    const auto number = [](const auto& value) {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, double>)
            return std::isfinite(value);
        else if constexpr (std::is_same_v<T, std::optional<double>>)
            return !value || std::isfinite(*value);
        else if constexpr (std::is_same_v<T, std::vector<json::Level>>)
            return std::ranges::all_of(
                value, [](const json::Level& l) { return std::isfinite(l[0]) && std::isfinite(l[1]); });
        else
            return true;
    };
    return std::apply([&](const auto&... f) { return (number(record.*f.member) && ...); }, Record::fields());
}

/// Writes records, and takes each back through our own reader: what a tool of ours would refuse is refused
/// here, where the venue's own names are known.
class Checked {
public:
    template <class Record>
    void put(const Record& record, const Object& from, Output& out) {
        if (!finite(record))
            return refuse({Errc::out_of_range, "want numbers whose quotients and products fit", "", 0}, from,
                          out);
        const std::size_t before = out.lines.size();
        json::append_line(out.lines, record);
        const std::size_t size = out.lines.size() - before - 1;
        out.lines.append(json::padding, '\0');
        Record again;
        Status taken = line_.parse(std::string_view{out.lines}.substr(before, size));
        if (taken) taken = reader_.read(line_, again);
        out.lines.resize(taken ? before + size + 1 : before);
        if (!taken) refuse(std::move(taken.error()), from, out);
    }

private:
    static void refuse(Error error, const Object& from, Output& out);

    json::Line line_;
    json::Reader reader_;
};

}  // namespace tidemark::feed
