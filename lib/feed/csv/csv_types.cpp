#include "feed/csv/csv_types.hpp"

#include <array>
#include <optional>

#include "json/writer.hpp"
#include "record/candle.hpp"
#include "record/instrument.hpp"
#include "record/liquidity.hpp"
#include "record/price.hpp"
#include "record/ticker.hpp"
#include "record/trade.hpp"

namespace tidemark::feed {
namespace {

template <class T>
constexpr std::optional<Cell> cell_of(const T*) {
    if constexpr (requires {
                      typename T::value_type;
                      requires(std::is_same_v<T, std::optional<typename T::value_type>>);
                  })
        return cell_of(static_cast<const typename T::value_type*>(nullptr));
    else if constexpr (std::is_same_v<T, Timestamp>)
        return Cell::time;
    else if constexpr (std::is_enum_v<T>)
        return Cell::word;
    else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string_view>)
        return Cell::text;
    else
        return std::nullopt;
}

/// The members of a record that one cell can hold.
template <class Record>
std::vector<Member> members_of() {
    std::vector<Member> all;
    const auto add = [&](const auto& f) {
        using Value = typename std::decay_t<decltype(f)>::Value;
        const std::optional<Cell> cell = cell_of(static_cast<const Value*>(nullptr));
        if (cell) all.push_back({f.name, *cell});
    };
    std::apply([&](const auto&... f) { (add(f), ...); }, Record::fields());
    return all;
}

/// Reads the line as this record and writes it as we write it.
template <class Record>
Status rewrite(const json::Line& line, json::Reader& reader, std::string& lines) {
    Record record;
    Status read = reader.read(line, record);
    if (read) json::append_line(lines, record);
    return read;
}

template <class Record>
constexpr CsvType type_of() {
    return {Record::type, members_of<Record>, rewrite<Record>};
}

}  // namespace

std::span<const CsvType> csv_types() {
    static constexpr std::array<CsvType, 6> all{type_of<record::Candle>(),     type_of<record::Trade>(),
                                                type_of<record::Ticker>(),     type_of<record::Price>(),
                                                type_of<record::Instrument>(), type_of<record::Liquidity>()};
    return all;
}

}  // namespace tidemark::feed
