#include "join/margin_diff.hpp"

#include <algorithm>
#include <numeric>
#include <random>

#include "lines.hpp"

using namespace tidemark;
using namespace tidemark::join;

namespace {

/// Lines of a day by a name that a test can replace or take out; the time stands in each.
using DayLines = std::map<std::string, std::string>;

std::string line(std::string_view type, std::string_view members, std::string_view ts = now) {
    return R"({"type":")" + std::string{type} + R"(","ts":)" + std::string{ts} + "," + std::string{members} +
           "}";
}

std::string vol_line(std::string_view underlying, double annual, double base, double rr25) {
    return line(
        "vol", R"("underlying":")" + std::string{underlying} + R"(","annual_vol":)" + std::to_string(annual) +
                   R"(,"base_annual_vol":)" + std::to_string(base) +
                   R"(,"estimator":"implied","base_estimator":"zero-mean","samples":100,"gaps":0,)"
                   R"("days_per_year":365,"implied":{"annual_vol":0.6,"horizon_years":0.005,"rr25":)" +
                   std::to_string(rr25) + R"(,"bf25":0.01,"as_of_ts":)" + std::string{now} + "}");
}

constexpr std::string_view held =
    R"("account_id":"a","collateral":[{"asset":"USDC","qty":90000.5},{"asset":"BTC","qty":0.3}],"positions":[)"
    R"({"symbol":"BTC_USDC-PERPETUAL","qty":0.7,"entry_price":90000},)"
    R"({"symbol":"ETH_USDC-PERPETUAL","qty":-7,"entry_price":4100},)"
    R"({"symbol":"BTC-30JAN26-100000-C","qty":-1.3},{"symbol":"BTC-26JUN26-90000-P","qty":2.1}])";

/// Two coins, with options in two tenors, and one account that holds some of everything.
DayLines a_day() {
    return {
        {"btc", line("price", R"("asset":"BTC","price":100000,"confidence":20)")},
        {"eth", line("price", R"("asset":"ETH","price":4000)")},
        {"btc-perp", line("ticker", R"("symbol":"BTC_USDC-PERPETUAL","mark_price":100010)")},
        {"eth-perp", line("ticker", R"("symbol":"ETH_USDC-PERPETUAL","mark_price":4001)")},
        {"near", line("ticker", R"("symbol":"BTC-30JAN26-100000-C","forward_price":100100,)"
                                R"("mark_vol":0.6,"mark_price":0.0687,"price_unit":"coin")")},
        {"far", line("ticker", R"("symbol":"BTC-26JUN26-90000-P","forward_price":101000,"mark_vol":0.55)")},
        {"btc-vol", vol_line("BTC", 0.7, 0.6, -0.05)},
        {"eth-vol", vol_line("ETH", 0.9, 0.8, -0.02)},
        {"correlation",
         line("correlation",
              R"("assets":["BTC","ETH"],"matrix":[[1,0.8],[0.8,1]],"samples":9,"shrinkage":0)")},
        {"account", line("account", held)}};
}

/// A day of these lines; what it does not take fails the test.
std::unique_ptr<Day> day_of(const DayLines& lines, std::optional<Timestamp> as_of = std::nullopt) {
    auto day = std::make_unique<Day>(as_of);
    for (const auto& [name, text] : lines) {
        const Held parsed{text};
        std::string scratch;
        const auto type = parsed.line.string(parsed.line.at(parsed.line.find(0, "type")), scratch);
        if (const Status learnt = day->learn(parsed.line, type); !learnt) FAIL(learnt.error().message);
    }
    return day;
}

struct Compared {
    explicit Compared(const DayLines& before, const DayLines& after, std::vector<std::string> old_sets = {},
                      std::vector<std::string> sets = {})
        : old_day{day_of(before)}, new_day{day_of(after)} {
        for (const std::string& set : old_sets) old_policy = old_policy.with(set).value();
        for (const std::string& set : sets) policy = policy.with(set).value();
        diff = MarginDiff::make({old_day.get(), &old_policy}, {new_day.get(), &policy}).value();
        REQUIRE(diff->run());
        diff->each([this](const MarginDiff::Entry& entry) {
            all.emplace(entry.account_id, entry.diff);
            same[std::string{entry.account_id}] = entry.same;
        });
    }
    [[nodiscard]] const record::MarginDiff& of(const std::string& id = "a") const { return all.at(id); }

    policy::Document old_policy = policy::preset("dynamic").value(), policy = old_policy;
    std::unique_ptr<Day> old_day, new_day;
    std::unique_ptr<MarginDiff> diff;
    std::map<std::string, record::MarginDiff, std::less<>> all;
    std::map<std::string, bool> same;
};

std::string causes(const record::MarginDiff& diff) {
    std::string text;
    for (const record::DiffRow& row : diff.rows) {
        text += (text.empty() ? "" : ", ") + std::string{row.cause};
        if (row.item) text += " " + std::string{*row.item};
    }
    return text;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

/// Every figure is the sum of its rows, whichever way they are added.
void check_sums(const record::MarginDiff& diff) {
    using record::DiffRow;
    const auto check = [&](double DiffRow::*row_figure, double record::DiffFigures::*figure) {
        std::vector<double> rows;
        for (const DiffRow& row : diff.rows) rows.push_back(row.*row_figure);
        const double change = (*diff.change).*figure;
        CHECK((*diff.after).*figure - (*diff.before).*figure == change);
        CHECK(std::accumulate(rows.begin(), rows.end(), 0.0) == change);
        std::sort(rows.begin(), rows.end());
        CHECK(std::accumulate(rows.begin(), rows.end(), 0.0) == change);
        CHECK(std::accumulate(rows.rbegin(), rows.rend(), 0.0) == change);
    };
    check(&DiffRow::initial_margin, &record::DiffFigures::initial_margin);
    check(&DiffRow::maintenance_margin, &record::DiffFigures::maintenance_margin);
    check(&DiffRow::equity, &record::DiffFigures::equity);
}

}  // namespace

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
    const Compared haircut{day, day, {}, {"haircuts.BTC=0.3"}};
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

TEST_CASE(
    "rows sum to the change and the way back takes it back, to the last digit, on random pairs of days") {
    std::mt19937_64 random{20260101};
    const auto around = [&](double value, double spread) {
        return std::to_string(value * std::exp(spread * std::normal_distribution<>{}(random)));
    };
    const auto qty = [&] { return around(1.0, 3.0).insert(0, random() % 2 == 0 ? "-" : ""); };
    const auto some_day = [&] {
        const std::string ts =
            std::to_string(1'767'225'600'000 + static_cast<std::int64_t>(random() % 864'000'000));
        const std::string coin = around(100'000.0, 0.2), forward = around(101'000.0, 0.2);
        DayLines day{
            {"1", line("price", R"("asset":"BTC","price":)" + coin, ts)},
            {"2", line("price", R"("asset":"ETH","price":)" + around(4'000.0, 0.2), ts)},
            {"3", line("ticker", R"("symbol":"BTC_USDC-PERPETUAL","mark_price":)" + coin, ts)},
            {"4",
             line("ticker", R"("symbol":"ETH_USDC-PERPETUAL","mark_price":)" + around(4'000.0, 0.2), ts)},
            {"5", line("ticker",
                       R"("symbol":"BTC-30JAN26-100000-C","price_unit":"coin","forward_price":)" + forward +
                           R"(,"mark_vol":)" + around(0.6, 0.3) + R"(,"mark_price":)" + around(0.06, 0.3),
                       ts)},
            {"6", line("ticker",
                       R"("symbol":"BTC-26JUN26-90000-P","forward_price":)" + forward + R"(,"mark_vol":)" +
                           around(0.6, 0.3),
                       ts)}};
        for (const char* name : {"BTC", "ETH"})
            day[name] = replaced(vol_line(name, std::stod(around(0.7, 0.3)), 0.6, -0.1), now, ts);
        std::string positions;
        for (const char* symbol :
             {"BTC_USDC-PERPETUAL", "ETH_USDC-PERPETUAL", "BTC-30JAN26-100000-C", "BTC-26JUN26-90000-P"}) {
            if (random() % 4 == 0) continue;
            positions += std::string{positions.empty() ? "" : ","} + R"({"symbol":")" + symbol +
                         R"(","entry_price":)" + around(100'000.0, 0.2) + R"(,"qty":)" + qty() + "}";
        }
        day["account"] =
            line("account",
                 R"("account_id":"a","collateral":[{"asset":"USDC","qty":)" + qty() +
                     R"(},{"asset":"BTC","qty":)" + qty() + R"(}],"positions":[)" + positions + "]",
                 ts);
        return day;
    };
    for (int round = 0; round < 150; ++round) {
        const DayLines one = some_day(), other = some_day();
        const Compared there{one, other, {}, {"horizon_days=3"}}, back{other, one, {"horizon_days=3"}, {}};
        REQUIRE(there.of().status == record::DiffStatus::changed);
        check_sums(there.of());
        CHECK(there.of().change->initial_margin == -back.of().change->initial_margin);
        CHECK(there.of().change->maintenance_margin == -back.of().change->maintenance_margin);
        CHECK(there.of().change->equity == -back.of().change->equity);
        CHECK(there.of().before->equity == back.of().after->equity);
    }
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
    const Compared compared{before, after};
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
    Day day{std::nullopt};
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
    const auto diff = MarginDiff::make({old_day.get(), &policy}, {new_day.get(), &policy}).value();
    REQUIRE(diff->run());
    diff->each([](const MarginDiff::Entry& entry) {
        CHECK(entry.diff.status == record::DiffStatus::indeterminate);
        CHECK(entry.diff.reason == "new: its line was refused");
    });
}
