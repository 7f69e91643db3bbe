#include <cmath>

#include "json/reader.hpp"
#include "record/account.hpp"
#include "unit/feed/imported.hpp"

using namespace tidemark;
using namespace tidemark::feed;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

std::string answer(std::string_view result) {
    return R"({"jsonrpc":"2.0","id":1,"usOut":1770306692535650,"result":)" + std::string{result} + "}\n";
}

/// An account as the venue keeps it: cash moved by settlements, profit since the last one, options at mark.
/// Its equity is margin_balance + options_value, and margin_balance is balance + what the session made.
const std::string summaries = answer(
    R"({"id":10,"username":"desk","creation_timestamp":1687352432143,"summaries":[)"
    R"({"currency":"BTC","balance":2.0,"session_rpl":-0.05,"session_upl":0.01,"maintenance_margin":0.1,)"
    R"("total_equity_usd":125000,"equity":1.98},)"
    R"({"currency":"USDC","balance":5000,"session_rpl":0,"maintenance_margin":0.1,"total_equity_usd":125000,"equity":5000},)"
    R"({"currency":"ETH","balance":0,"session_rpl":0,"maintenance_margin":0,"total_equity_usd":125000,"equity":0}]})");

const std::string perp =
    R"({"instrument_name":"BTC-PERPETUAL","kind":"future","direction":"sell","size":-50000,"size_currency":-0.8,)"
    R"("average_price":60000,"settlement_price":61000,"mark_price":62500,"floating_profit_loss":-0.01967213,)"
    R"("total_profit_loss":-0.03333333,"estimated_liquidation_price":0})";
const std::string option =
    R"({"instrument_name":"BTC-6FEB26-60000-C","kind":"option","direction":"buy","size":0.5,"average_price":0.1,)"
    R"("mark_price":0.04,"settlement_price":0.05,"floating_profit_loss":-0.005})";
const std::string flat =
    R"({"instrument_name":"ETH-PERPETUAL","direction":"zero","size":0,"average_price":0,"mark_price":0})";

struct Account {
    explicit Account(std::string text) : bytes{std::move(text)} {
        const std::size_t size = bytes.size() - 1;
        bytes.append(json::padding, '\0');
        REQUIRE(line.parse(std::string_view{bytes}.substr(0, size)));
        REQUIRE(reader.read(line, record));
    }
    std::string bytes;
    json::Line line;
    json::Reader reader;
    record::Account record;
};

record::Position only_position(const Account& account) {
    REQUIRE(account.record.positions.size() == 1);
    return account.record.positions[0];
}

std::string with(std::string text, std::string_view from, std::string_view to) {
    return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("Deribit trap 13: one account, a row a currency, and the repeated totals are never read") {
    const Account account{
        records("deribit", summaries + answer("[" + perp + "," + option + "," + flat + "]"))};
    CHECK(account.record.account_id == "10");
    CHECK(account.record.ts.ms == 1770306692535);
    REQUIRE(account.record.collateral.size() == 2);
    CHECK(account.record.collateral[0].asset == "BTC");
    CHECK(account.record.collateral[0].qty == 2.0 - 0.05);
    CHECK(account.record.collateral[1].asset == "USDC");
    CHECK(account.record.collateral[1].qty == 5000.0);
    CHECK(account.record.positions.size() == 2);
}

TEST_CASE("Deribit trap 3: an inverse size is USD, an option's is coins, and flat rows are none") {
    const Account account{
        records("deribit", summaries + answer("[" + perp + "," + option + "," + flat + "]"))};
    const record::Position& future = account.record.positions.at(0);
    CHECK(future.symbol == "BTC-PERPETUAL");
    CHECK_THAT(future.qty * future.entry_price.value(), WithinRel(-50000.0, 1e-12));
    CHECK(account.record.positions.at(1).symbol == "BTC-6FEB26-60000-C");
    CHECK(account.record.positions.at(1).qty == 0.5);
    CHECK_FALSE(account.record.positions.at(1).entry_price);
}

TEST_CASE("profit that has been settled into the balance is not counted again") {
    // Worked from the contract: profit in BTC = size (1/entry - 1/mark), from the last settlement at 61,000.
    const Account account{records("deribit", summaries + answer("[" + perp + "]"))};
    CHECK(only_position(account).entry_price == 61000.0);
    CHECK_THAT(-50000.0 * (1.0 / 61000.0 - 1.0 / 62500.0), WithinAbs(-0.01967213, 5e-9));
    const Account fresh{
        records("deribit", summaries + answer("[" + with(perp, "-0.01967213", "-0.03333333") + "]"))};
    CHECK(only_position(fresh).entry_price == 60000.0);
    const Account added{
        records("deribit", summaries + answer("[" + with(perp, "-0.01967213", "-0.025") + "]"))};
    CHECK_THAT(-50000.0 * (1.0 / only_position(added).entry_price.value() - 1.0 / 62500.0),
               WithinAbs(-0.025, 1e-12));
}

TEST_CASE("a linear future's size is base units") {
    const Account account{records(
        "deribit",
        summaries +
            answer(
                R"([{"instrument_name":"SOL_USDC-PERPETUAL","direction":"sell","size":20,"average_price":100,)"
                R"("settlement_price":110,"mark_price":105,"floating_profit_loss":100}])"))};
    CHECK(only_position(account).qty == -20.0);
    CHECK(only_position(account).entry_price == 110.0);
}

TEST_CASE("half an account is none") {
    const std::string positions = answer("[" + perp + "]");
    CHECK(imported("deribit", positions).error().field == "collateral");
    CHECK(imported("deribit", summaries).error().field == "positions");
    CHECK(imported("deribit", summaries).lines.empty());
    const Account idle{records("deribit", summaries + answer("[]"))};
    CHECK(idle.record.positions.empty());
    CHECK(idle.record.collateral.size() == 2);
    const std::string bare = R"([{"currency":"BTC","balance":1,"maintenance_margin":0,"equity":1}])";
    CHECK(imported("deribit", answer(bare)).error().field == "account_id");
    Options named;
    named.account_id = "desk-7";
    CHECK(records("deribit", answer(bare), named).find("\"account_id\":\"desk-7\"") != std::string::npos);
    CHECK(imported("deribit", bare, named).error().field == "ts");
    named.as_of = Timestamp{1770306692000};
    CHECK(records("deribit", bare, named).find("\"ts\":1770306692000") != std::string::npos);
}

TEST_CASE("a position that contradicts itself is refused") {
    CHECK(imported("deribit", summaries + answer("[" + perp + "," + perp + "]")).code() == "conflict");
    CHECK(imported("deribit", summaries + answer("[" + with(perp, "\"sell\"", "\"buy\"") + "]")).code() ==
          "conflict");
    CHECK(
        imported("deribit", summaries + answer("[" + with(perp, "\"sell\"", "\"up\"") + "]")).error().field ==
        "result[0].direction");
    CHECK(imported("deribit", summaries + answer("[" + with(perp, "60000", "0") + "]")).code() ==
          "out_of_range");
    CHECK(imported("deribit", summaries + summaries + answer("[]")).errors.size() == 2);
}
