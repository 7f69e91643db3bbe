#include "core/near_miss.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace tidemark;

namespace {
const std::vector<std::string_view> known{"ts",    "qty",         "price",           "mark_price",
                                          "asset", "entry_price", "maintenance_rate"};
}  // namespace

TEST_CASE("a name that was probably meant to be another") {
    struct Case {
        std::string name;
        std::string meant;
    };
    const auto c = GENERATE(values<Case>({{"Qty", "qty"},
                                          {"TS", "ts"},
                                          {"markPrice", "mark_price"},
                                          {"mark-price", "mark_price"},
                                          {"mark.price", "mark_price"},
                                          {"mark price", "mark_price"},
                                          {"pirce", "price"},
                                          {"prices", "price"},
                                          {"prce", "price"},
                                          {"assets", "asset"},
                                          {"makr_pirce", "mark_price"},
                                          {"entry_prize", "entry_price"},
                                          {"maintenence_rate", "maintenance_rate"},
                                          {"maintnance_rates", "maintenance_rate"}}));
    INFO(c.name);
    CHECK(near_miss(c.name, known) == c.meant);
}

TEST_CASE("names of their own are no misspellings") {
    const auto name = GENERATE(values<std::string>({"", "note", "t", "tz", "qy", "id", "prize_money", "value",
                                                    "maintenance", "high_price", "client_tag"}));
    INFO(name);
    CHECK(near_miss(name, known).empty());
}
