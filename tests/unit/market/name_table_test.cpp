#include "market/name_table.hpp"

#include <catch2/catch.hpp>

using tidemark::market::NameTable;

TEST_CASE("names are numbered as they come, and found again") {
    NameTable table;
    CHECK_FALSE(table.find("BTC"));
    CHECK(table.intern("BTC") == 0);
    CHECK(table.intern("ETH") == 1);
    CHECK(table.intern("BTC") == 0);
    CHECK(table.find("ETH").value() == 1);
    CHECK(table.name(1) == "ETH");
    CHECK(table.size() == 2);
}

TEST_CASE("beyond the most, a new name is not taken in, time and again, and a known one is found") {
    NameTable table;
    REQUIRE(table.intern("BTC", 2) == 0U);
    REQUIRE(table.intern("ETH", 2) == 1U);
    for (int i = 0; i < 3; ++i) CHECK_FALSE(table.intern("SOL", 2));
    CHECK_FALSE(table.find("SOL"));
    CHECK(table.intern("ETH", 2) == 1U);
    CHECK(table.size() == 2);
}

TEST_CASE("names that share a beginning, an end or nothing stay apart while the table grows") {
    NameTable table;
    const std::vector<std::string> edges{"",
                                         "B",
                                         "BT",
                                         "BTC",
                                         "BTC-PERP",
                                         "BTC-PERPE",
                                         std::string(8, 'x'),
                                         std::string(9, 'x'),
                                         std::string(128, 'x')};
    std::vector<std::string> names = edges;
    for (int i = 0; i < 20'000; ++i)
        names.push_back("BTC-30JAN26-" + std::to_string(i) + (i % 2 ? "-C" : "-P"));
    for (std::uint32_t id = 0; id < names.size(); ++id) REQUIRE(table.intern(names[id]) == id);
    for (std::uint32_t id = 0; id < names.size(); ++id) {
        REQUIRE(table.find(names[id]) == id);
        REQUIRE(table.name(id) == names[id]);
    }
    CHECK_FALSE(table.find("BTC-30JAN26-20000-P"));
}
