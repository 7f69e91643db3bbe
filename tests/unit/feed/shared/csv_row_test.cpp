#include "feed/shared/csv_row.hpp"

#include <catch2/catch.hpp>

#include "unit/json/padded.hpp"

using namespace tidemark;
using namespace tidemark::feed;

namespace {

std::vector<std::string> cells(std::string_view text) {
    const json::Padded padded{text};
    CsvRow row;
    REQUIRE(row.split(padded.text()));
    std::vector<std::string> all;
    for (std::size_t i = 0; i < row.size(); ++i) all.emplace_back(row[i]);
    return all;
}

using Cells = std::vector<std::string>;

}  // namespace

TEST_CASE("a row is split at its commas, but for quoted ones") {
    CHECK(cells("a,b,c") == Cells{"a", "b", "c"});
    CHECK(cells("") == Cells{""});
    CHECK(cells(",") == Cells{"", ""});
    CHECK(cells("a,,c,") == Cells{"a", "", "c", ""});
    CHECK(cells(" a , b ") == Cells{" a ", " b "});
    CHECK(cells(R"("a","b,c")") == Cells{"a", "b,c"});
    CHECK(cells(R"("say ""hi""",2)") == Cells{"say \"hi\"", "2"});
    CHECK(cells(R"("","")") == Cells{"", ""});
    CHECK(cells(R"(1,"2","",4)") == Cells{"1", "2", "", "4"});
    CHECK(cells("\"a\nb\",c") == Cells{"a\nb", "c"});
    CHECK(cells(R"("""",x)") == Cells{"\"", "x"});
}

TEST_CASE("a cell knows where it stands, and is found by its text") {
    const json::Padded padded{R"(ab,"c",d)"};
    CsvRow row;
    REQUIRE(row.split(padded.text()));
    CHECK(row.offset(0) == 0);
    CHECK(row.offset(1) == 4);
    CHECK(row.offset(2) == 7);
    CHECK(row.find("d") == 2);
    CHECK(row.find("e") == row.size());
}

TEST_CASE("a quote where none may be is refused, and an open one may be closed by more lines") {
    struct Case {
        std::string text;
        Errc code;
        std::size_t offset;
    };
    const auto c = GENERATE(values<Case>({
        {R"(a"b,c)", Errc::wrong_type, 1},
        {R"("a"b,c)", Errc::wrong_type, 3},
        {R"("a" ,c)", Errc::wrong_type, 3},
        {R"(a,"b)", Errc::truncated, 2},
        {R"("a"")", Errc::truncated, 0},
        {R"(")", Errc::truncated, 0},
    }));
    INFO(c.text);
    const json::Padded padded{c.text};
    CsvRow row;
    const Status split = row.split(padded.text());
    REQUIRE_FALSE(split);
    CHECK(split.error().code == c.code);
    CHECK(split.error().offset == c.offset);
}
