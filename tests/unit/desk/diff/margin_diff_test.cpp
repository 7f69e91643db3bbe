#include "desk/diff/margin_diff.hpp"

#include "unit/desk/diff/days.hpp"

using namespace tidemark;
using namespace tidemark::desk;

TEST_CASE("where one thing changed there is that row and no other") {
    struct Case {
        std::string name, what, by, row;
    };
    const auto c = GENERATE(values<Case>({
        {"btc", R"("price":100000)", R"("price":90000)", "price BTC"},
        {"btc-perp", "100010", "90010", "price BTC"},
        {"near", "100100", "100050", "price BTC"},
        {"eth-perp", "4001", "4100", "price ETH"},
        {"btc", R"("confidence":20)", R"("confidence":90)", "confidence BTC"},
        {"near", R"("mark_vol":0.6)", R"("mark_vol":0.9)", "volatility BTC 7-30d"},
        {"far", R"("mark_vol":0.55)", R"("mark_vol":0.5)", "volatility BTC 90d+"},
        {"btc-vol", R"("annual_vol":0.7)", R"("annual_vol":0.9)", "vol_in_use BTC"},
        {"eth-vol", R"("base_annual_vol":0.8)", R"("base_annual_vol":0.2)", "vol_anchor ETH"},
        {"btc-vol", R"("rr25":-0.05)", R"("rr25":0.2)", "skew BTC"},
        {"correlation", "[[1,0.8],[0.8,1]]", "[[1,0.5],[0.5,1]]", "correlation BTC ETH"},
        {"near", R"("mark_price":0.0687)", R"("mark_price":0.0700)", "mark BTC"},
        {"account", R"("qty":-1.3)", R"("qty":-1.4)", "position BTC-30JAN26-100000-C"},
        {"account", "90000,", "90000.5,", "collateral USDC"},
        {"account", R"("entry_price":90000)", R"("entry_price":91000)", "entry BTC_USDC-PERPETUAL"},
        {"account", R"("qty":2.1}])", R"("qty":2.1}],"score":{"status":"ok","multiplier":1.2})",
         "score multiplier"},
    }));
    INFO(c.row << " by " << c.by);
    DayLines before = a_day(), after = before;
    if (c.row == "collateral USDC") before["account"] = replaced(before["account"], "90000.5", "90000");
    if (c.row != "collateral USDC") after[c.name] = replaced(after[c.name], c.what, c.by);
    const Compared compared{before, after};
    CHECK(causes(compared.of()) == c.row);
    CHECK(compared.of().status == record::DiffStatus::changed);
    check_sums(compared.of());
}

TEST_CASE("a policy's parameter is named, and a haircut by its asset") {
    const DayLines day = a_day();
    CHECK(causes(Compared{day, day, {}, {"horizon_days=3"}}.of()) == "policy horizon_days");
    const std::vector<std::string> table{"measured_haircut_weight=0"};
    const Compared haircut{day, day, table, {table[0], "haircuts.BTC=0.3"}};
    REQUIRE(causes(haircut.of()) == "haircut BTC");
    CHECK(haircut.of().rows[0].from == 0.02);
    CHECK(haircut.of().rows[0].to == 0.3);
    CHECK(haircut.of().change->initial_margin == 0.0);
    CHECK(haircut.of().change->equity < -8'000.0);
    CHECK(causes(Compared{day, day, {"haircuts.SOL=0.4"}, {}}.of()).empty());
}

TEST_CASE("time alone is a row of its own, and makes nothing stale on the way") {
    DayLines before = a_day(), after = before;
    for (auto& [name, text] : after) {
        for (std::size_t at = text.find(now); at != std::string::npos; at = text.find(now, at + 1))
            text.replace(at, now.size(), "1768435200000");  // two weeks later
    }
    const Compared compared{before, after};
    CHECK(causes(compared.of()) == "time");
    check_sums(compared.of());
}

TEST_CASE("days that are the same are the same, whether they can be computed or not") {
    DayLines day = a_day();
    day["unknown"] = line("account", R"("account_id":"b","positions":[{"symbol":"SOL-PERPETUAL","qty":1,)"
                                     R"("entry_price":1}])");
    const Compared compared{day, day};
    CHECK(compared.same.at("a"));
    CHECK(compared.same.at("b"));
    CHECK(compared.of("a").status == record::DiffStatus::unchanged);
    CHECK(compared.of("a").rows.empty());
    CHECK(compared.of("b").status == record::DiffStatus::indeterminate);
}

TEST_CASE("an option that expired is closed on the old market, before the clock moves") {
    DayLines before = a_day(), after = before;
    before["account"] =
        line("account", R"("account_id":"a","positions":[{"symbol":"BTC-2JAN26-100000-C","qty":1},)"
                        R"({"symbol":"BTC-26JUN26-90000-P","qty":2.1}])");
    before["short"] =
        line("ticker", R"("symbol":"BTC-2JAN26-100000-C","forward_price":100000,"mark_vol":0.6,)"
                       R"("mark_price":0.02,"price_unit":"coin")");
    after["account"] =
        line("account", R"("account_id":"a","positions":[{"symbol":"BTC-26JUN26-90000-P","qty":2.1}])",
             "1767484800000");  // 2026-01-04
    for (const char* name : {"btc", "far", "btc-vol"})
        after[name] = replaced(after[name], now, "1767484800000");
    const std::vector<std::string> sure{"confidence_multiple=0"};
    const Compared compared{before, after, sure, sure};
    REQUIRE(causes(compared.of()) == "expired BTC-2JAN26-100000-C, time");
    CHECK(compared.of().rows[0].from == 1.0);
    CHECK(compared.of().rows[0].to == 0.0);
    CHECK(compared.of().rows[0].equity == Approx(-2'000.0).epsilon(1e-9));
    CHECK_FALSE(compared.of().rows[0].note);
    check_sums(compared.of());
}

TEST_CASE("what nobody quotes any more is closed first, and says why") {
    DayLines before = a_day(), after = before;
    after.erase("far");
    after["account"] = replaced(after["account"], R"(,{"symbol":"BTC-26JUN26-90000-P","qty":2.1})", "");
    after["btc"] = replaced(after["btc"], "100000", "101000");
    const Compared compared{before, after};
    REQUIRE(causes(compared.of()) == "position BTC-26JUN26-90000-P, price BTC");
    CHECK(compared.of().rows[0].note->find("closed first: missing_market: no ticker") == 0);
    check_sums(compared.of());
}

TEST_CASE("an instrument that the old day does not know comes with its position") {
    DayLines before = a_day(), after = before;
    before.erase("near");
    before["account"] = replaced(before["account"], R"({"symbol":"BTC-30JAN26-100000-C","qty":-1.3},)", "");
    const Compared compared{before, after};
    REQUIRE(causes(compared.of()) == "position BTC-30JAN26-100000-C");
    CHECK(compared.of().rows[0].note == "not quoted on the old day");
    CHECK(compared.of().rows[0].from == 0.0);
}

TEST_CASE("a state in between that cannot be computed goes with the next one, and says why") {
    const DayLines day = a_day();
    const Compared compared{day,
                            day,
                            {"correlation_low=0.6", "correlation_high=0.9"},
                            {"correlation_low=0.1", "correlation_high=0.2"}};
    REQUIRE(causes(compared.of()) == "policy correlation_high");
    REQUIRE(compared.of().rows[0].with.size() == 1);
    CHECK(compared.of().rows[0].with[0] == "policy correlation_low");
    CHECK(compared.of().rows[0].note->find("not above correlation_high") != std::string_view::npos);
    check_sums(compared.of());
}

TEST_CASE("an account of one day alone is opened or closed; without figures on one day it is indeterminate") {
    DayLines before = a_day(), after = before;
    before["b"] = line("account", R"("account_id":"b","collateral":[{"asset":"USDC","qty":1}])");
    after["c"] = line("account", R"("account_id":"c","collateral":[{"asset":"USDC","qty":2}])");
    after.erase("far");
    const Compared compared{before, after};
    CHECK(compared.of("b").status == record::DiffStatus::closed);
    CHECK(compared.of("b").before->equity == 0.995);
    CHECK_FALSE(compared.of("b").after);
    CHECK(compared.of("c").status == record::DiffStatus::opened);
    CHECK(compared.of("c").after->equity == 1.99);
    CHECK(compared.of("a").status == record::DiffStatus::indeterminate);
    CHECK(compared.of("a").reason->find("new: missing_market: no ticker of BTC-26JUN26-90000-P") == 0);
    CHECK_FALSE(compared.of("a").change);
}

TEST_CASE("of several lines of an account the newest counts, in any order") {
    const std::string later = line("account", R"("account_id":"a")", "1767225600001");
    for (const bool first : {false, true}) {
        const auto day = day_of({{first ? "0" : "z", later}, {"account", line("account", held)}});
        CHECK(day->accounts().at("a")->text() == later);
    }
    desk::BookDay day{desk::MarketReading{}};
    const Held one{line("account", held)}, other{line("account", R"("account_id":"a")")};
    REQUIRE(day.learn(one.line, "account"));
    REQUIRE(day.learn(one.line, "account"));
    const Status refused = day.learn(other.line, "account");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::conflict);
}

TEST_CASE("an account whose line was refused is indeterminate, not closed") {
    DayLines before = a_day(), after = before;
    after.erase("account");
    const auto old_day = day_of(before), new_day = day_of(after);
    new_day->refuse("a");
    const auto policy = policy::preset("dynamic").value();
    const auto diff = desk::MarginDiff::make({old_day.get(), &policy}, {new_day.get(), &policy}).value();
    REQUIRE(diff->run());
    diff->each([](const desk::MarginDiff::Entry& entry) {
        CHECK(entry.diff.status == record::DiffStatus::indeterminate);
        CHECK(entry.diff.reason == "new: its line was refused");
    });
}
