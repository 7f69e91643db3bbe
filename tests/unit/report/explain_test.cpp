#include "report/explain.hpp"

#include <cmath>
#include <sstream>

#include "unit/desk/lines.hpp"

using namespace tidemark;
using namespace tidemark::desk;
using namespace tidemark::report;

namespace {

std::string explained(Lines& lines, std::string_view members) {
    desk::AccountMargin account_margin = lines.account_margin();
    const record::Account account = lines.account(members);
    const record::Margin& margin = account_margin.assess(account);
    std::string page;
    report::append_explanation(page, account, margin, account_margin.judged());
    return page;
}

bool says(const std::string& page, std::string_view words) {
    return page.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("the page names what is held, what it is worth and why that much is needed") {
    Lines lines;
    add_two_coins(lines);
    const std::string page = explained(
        lines, R"("collateral":[{"asset":"BTC","qty":0.5},{"asset":"USDC","qty":-100}],"positions":[)"
               R"({"symbol":"BTC_USDC-PERPETUAL","qty":1,"entry_price":90000}])");
    for (const char* words :
         {"account a under dynamic@1", "equity", "BTC_USDC-PERPETUAL", "(measured, above haircuts.BTC 0.02)",
          "base", "maintenance margin", "worst scenario", "health"}) {
        INFO(words << " in\n" << page);
        CHECK(says(page, words));
    }
}

TEST_CASE("the page of an account without figures says why") {
    Lines lines;
    add_two_coins(lines);
    const std::string page =
        explained(lines, R"("positions":[{"symbol":"XRP-PERPETUAL","qty":1,"entry_price":1}])");
    CHECK(says(page, "indeterminate: missing_market"));
    CHECK_FALSE(says(page, "equity"));
}

TEST_CASE("nothing that an account says of itself reaches a terminal raw") {
    Lines lines;
    add_two_coins(lines);
    const std::string page =
        explained(lines, R"("positions":[{"symbol":"X\u202e-PERPETUAL","qty":1,"entry_price":1}])");
    CHECK(page.find("\u202e") == std::string::npos);
}

namespace {

double amount_of(const std::string& line) {
    std::string digits;
    for (const char c : line.substr(30, 18)) {
        if (c != ',' && c != ' ') digits += c;
    }
    return std::round(100.0 * std::stod(digits));
}

/// Checks that each heading with rows under it is their sum, in cents; gives the number of such headings.
int checked_sums(const std::string& page) {
    std::istringstream in{page};
    int checked = 0, rows = 0;
    double heading = 0.0, sum = 0.0;
    std::string title;
    const auto close = [&] {
        if (rows == 0) return;
        INFO(title << " in\n" << page);
        CHECK(sum == heading);
        ++checked;
        rows = 0;
    };
    for (std::string line; std::getline(in, line);) {
        const bool row = line.starts_with("    ");
        if (!row) close();
        if (line.size() < 48 || !line.starts_with("  ") || line.substr(44, 1) == " " || line[45] != '.')
            continue;
        if (row) {
            sum += amount_of(line);
            ++rows;
        } else {
            title = line;
            heading = amount_of(line);
            sum = 0.0;
        }
    }
    close();
    return checked;
}

constexpr const char* perps_of_two =
    R"("collateral":[{"asset":"BTC","qty":0.3333},{"asset":"USDC","qty":12345.678},{"asset":"ETH","qty":-1.1}],)"
    R"("positions":[{"symbol":"BTC_USDC-PERPETUAL","qty":1.2345,"entry_price":90000.1},)"
    R"({"symbol":"ETH_USDC-PERPETUAL","qty":-7.77,"entry_price":4100.3}])";

}  // namespace

TEST_CASE("what is under a heading sums to it to the cent, under every rulebook") {
    const std::string preset = GENERATE("dynamic", "static", "derive-pm2", "derive-pm1", "deribit-spm",
                                        "deribit-pm-2019", "paradex-pm", "span16", "vega", "derive-srm",
                                        "deribit-sm", "hyperliquid", "binance-usdm", "drift", "mango-v4");
    Lines lines{preset};
    add_two_coins(lines);
    const std::string page = explained(lines, perps_of_two);
    INFO(preset);
    CHECK(checked_sums(page) >= 3);
    CHECK(says(page, "initial margin one by one"));
    CHECK(says(page, "mark 100000"));
    CHECK(says(page, "0 s old"));
    CHECK(says(page, "; "));  // parameters behind the parts
}

TEST_CASE("debt is shown at the price that the equity has it at") {
    Lines lines;
    add_two_coins(lines);
    lines.with("price", R"("asset":"BTC","price":100000,"confidence":1000)", "1767225601000");
    CHECK(checked_sums(explained(
              lines, R"("collateral":[{"asset":"USDC","qty":500000},{"asset":"BTC","qty":-2}])")) >= 2);
}
