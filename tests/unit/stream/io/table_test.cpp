#include "stream/io/table.hpp"

#include <catch2/catch.hpp>
#include <deque>

using namespace tidemark;

namespace {

class Rows {
public:
    const json::Line& line(std::string text) {
        const std::size_t size = text.size();
        text.append(json::padding, ' ');
        bytes_.push_back(std::move(text));
        json::Line& line = lines_.emplace_back();
        REQUIRE(line.parse(std::string_view{bytes_.back()}.substr(0, size)));
        return line;
    }

private:
    std::deque<std::string> bytes_;
    std::deque<json::Line> lines_;
};

std::vector<stream::Column> columns() {
    return {stream::text_column("account", "account_id"), stream::number_column("equity", "margin.equity", 1),
            stream::percent_column("touch", "p.24h", 2)};
}

}  // namespace

TEST_CASE("numbers in groups of three") {
    struct Case {
        double value;
        int decimals;
        std::string text;
    };
    const auto c = GENERATE(values<Case>({{0, 0, "0"},
                                          {999, 0, "999"},
                                          {1000, 0, "1,000"},
                                          {-1000, 0, "-1,000"},
                                          {-100, 0, "-100"},
                                          {1234567.891, 2, "1,234,567.89"},
                                          {-1234567.891, 1, "-1,234,567.9"},
                                          {-0.0, 2, "0.00"},
                                          {-0.004, 2, "0.00"},
                                          {999999.9, 0, "1,000,000"},
                                          {1e15, 0, "1,000,000,000,000,000"}}));
    CHECK(stream::grouped(c.value, c.decimals) == c.text);
}

TEST_CASE("a path leads through objects to a value") {
    Rows rows;
    const json::Line& line = rows.line(R"({"a":{"b":{"c":1}},"d":[1],"e":null})");
    CHECK(line.at(stream::find_path(line, "a.b.c")).number == 1);
    CHECK(stream::find_path(line, "a.x") == 0);
    CHECK(stream::find_path(line, "d.b") == 0);
    CHECK(stream::find_path(line, "a.b.c.d") == 0);
    CHECK(stream::find_path(line, "") == 0);
}

TEST_CASE("a cell without a figure is empty, never 0") {
    Rows rows;
    stream::Table table{columns()};
    CHECK(table.empty());
    table.add(rows.line(R"({"account_id":"short","margin":{"equity":-1234.56},"p":{"24h":0.01234}})"));
    table.add(rows.line(R"({"account_id":"a much longer name","margin":{"equity":null}})"));
    table.add(rows.line(R"({"margin":{"equity":"12"}})"));
    CHECK(table.text() ==
          "account               equity  touch\n"
          "------------------  --------  -----\n"
          "short               -1,234.6  1.23%\n"
          "a much longer name                 \n"
          "                                   \n");
}

TEST_CASE("columns stay in line under letters of several bytes") {
    Rows rows;
    stream::Table table{{stream::text_column("name", "n"), stream::number_column("x", "x", 0)}};
    table.add(rows.line(R"({"n":"caf\u00e9","x":1})"));
    table.add(rows.line(R"({"n":"cafe","x":2})"));
    CHECK(table.text() == "name  x\n----  -\ncaf\u00e9  1\ncafe  2\n");
}

TEST_CASE("what came from outside is made safe for a terminal and for a spreadsheet") {
    Rows rows;
    const std::vector<stream::Column> all = columns();
    for (const char* name : {"=1+1", "+1", "-1", "@x"}) {
        const std::string row =
            stream::Table::csv_row(all, rows.line(std::string{R"({"account_id":")"} + name + R"("})"));
        CHECK(row == "'" + std::string{name} + ",,\n");
    }
    CHECK(stream::Table::csv_row(all,
                                 rows.line(R"({"account_id":"a,b \"c\"","margin":{"equity":-1234.56}})")) ==
          "\"a,b \"\"c\"\"\",-1234.6,\n");
    const std::string line = stream::Table::csv_row(all, rows.line(R"({"account_id":"a\nb\u001b[31m"})"));
    CHECK(line.find('\x1b') == std::string::npos);
    CHECK(std::count(line.begin(), line.end(), '\n') == 1);
    CHECK(stream::Table::csv_header(all) == "account,equity,touch\n");
}
