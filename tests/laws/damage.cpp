#include "damage.hpp"

#include <array>
#include <nlohmann/json.hpp>

namespace tidemark::laws {
namespace {

using Record = nlohmann::ordered_json;
using Damaged = std::optional<std::string>;

constexpr std::int64_t hour = 3'600'000;

constexpr std::array<std::string_view, 6> prices{"price",         "mark_price", "index_price",
                                                 "forward_price", "bid_price",  "ask_price"};
constexpr std::array<std::string_view, 6> vols{"annual_vol", "base_annual_vol", "atm_vol",
                                               "mark_vol",   "bid_vol",         "ask_vol"};

template <std::int64_t by>
Damaged moved(const std::string& line) {
    Record record = Record::parse(line);
    if (!record.contains("ts")) return std::nullopt;
    record["ts"] = record["ts"].get<std::int64_t>() + by;
    return record.dump();
}

/// Multiplies every number of one of those names, at any depth; gives whether there was one.
bool scale(Record& value, std::span<const std::string_view> names, double factor) {
    bool any = false;
    if (value.is_array()) {
        for (Record& element : value) any = scale(element, names, factor) || any;
    } else if (value.is_object()) {
        for (auto& [name, member] : value.items()) {
            const bool named = std::find(names.begin(), names.end(), name) != names.end();
            if (named && member.is_number()) {
                member = member.get<double>() * factor;
                any = true;
            } else {
                any = scale(member, names, factor) || any;
            }
        }
    }
    return any;
}

template <const auto& names, int times, int divided_by>
Damaged scaled(const std::string& line) {
    Record record = Record::parse(line);
    if (!scale(record, names, static_cast<double>(times) / divided_by)) return std::nullopt;
    return record.dump();
}

constexpr std::array<std::string_view, 1> mark{"mark_price"}, index{"index_price"}, forward{"forward_price"},
    headline{"annual_vol"};

Damaged gone(const std::string&) {
    return std::string{};
}

Damaged without_bid(const std::string& line) {
    Record record = Record::parse(line);
    if (record.erase("bid_price") + record.erase("half_spread_rate") == 0) return std::nullopt;
    record.erase("bid_vol");
    return record.dump();
}

Damaged crossed(const std::string& line) {
    Record record = Record::parse(line);
    if (!record.contains("bid_price") || !record.contains("ask_price")) return std::nullopt;
    std::swap(record["bid_price"], record["ask_price"]);
    return record.dump();
}

constexpr std::array<Damage, 18> all{{{"deleted", gone},
                                      {"one hour older", moved<-hour>},
                                      {"one day older", moved<-24 * hour>},
                                      {"one hour ahead", moved<hour>},
                                      {"price x10", scaled<prices, 10, 1>},
                                      {"price /10", scaled<prices, 1, 10>},
                                      {"volatility x10", scaled<vols, 10, 1>},
                                      {"volatility /10", scaled<vols, 1, 10>},
                                      {"no bid", without_bid},
                                      {"crossed", crossed},
                                      {"mark x10", scaled<mark, 10, 1>},
                                      {"mark /10", scaled<mark, 1, 10>},
                                      {"index x10", scaled<index, 10, 1>},
                                      {"index /10", scaled<index, 1, 10>},
                                      {"forward x10", scaled<forward, 10, 1>},
                                      {"forward /10", scaled<forward, 1, 10>},
                                      {"headline x10", scaled<headline, 10, 1>},
                                      {"headline /10", scaled<headline, 1, 10>}}};

}  // namespace

std::span<const Damage> damages() {
    return all;
}

}  // namespace tidemark::laws
