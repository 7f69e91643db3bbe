// Two days as text, and what changed between them.
#pragma once

#include <algorithm>
#include <numeric>

#include "desk/diff/margin_diff.hpp"
#include "unit/desk/lines.hpp"

namespace tidemark::desk {

/// Lines of a day by a name that a test can replace or take out; the time stands in each.
using DayLines = std::map<std::string, std::string>;

inline std::string line(std::string_view type, std::string_view members, std::string_view ts = now) {
    return R"({"type":")" + std::string{type} + R"(","ts":)" + std::string{ts} + "," + std::string{members} +
           "}";
}

inline std::string vol_line(std::string_view underlying, double annual, double base, double rr25) {
    return line(
        "vol", R"("underlying":")" + std::string{underlying} + R"(","annual_vol":)" + std::to_string(annual) +
                   R"(,"base_annual_vol":)" + std::to_string(base) +
                   R"(,"estimator":"implied","base_estimator":"zero-mean","samples":100,"gaps":0,)"
                   R"("days_per_year":365,"implied":{"annual_vol":0.6,"horizon_years":0.005,"rr25":)" +
                   std::to_string(rr25) + R"(,"bf25":0.01,"as_of_ts":)" + std::string{now} + "}");
}

inline constexpr std::string_view held =
    R"("account_id":"a","collateral":[{"asset":"USDC","qty":90000.5},{"asset":"BTC","qty":0.3}],"positions":[)"
    R"({"symbol":"BTC_USDC-PERPETUAL","qty":0.7,"entry_price":90000},)"
    R"({"symbol":"ETH_USDC-PERPETUAL","qty":-7,"entry_price":4100},)"
    R"({"symbol":"BTC-30JAN26-100000-C","qty":-1.3},{"symbol":"BTC-26JUN26-90000-P","qty":2.1}])";

/// Two coins, with options in two tenors, and one account that holds some of everything.
inline DayLines a_day() {
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
inline std::unique_ptr<desk::BookDay> day_of(const DayLines& lines,
                                             std::optional<Timestamp> as_of = std::nullopt) {
    auto day = std::make_unique<desk::BookDay>(desk::MarketReading{.as_of = as_of, .accept_suspect = true});
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
        diff = desk::MarginDiff::make({old_day.get(), &old_policy}, {new_day.get(), &policy}).value();
        REQUIRE(diff->run());
        diff->each([this](const desk::MarginDiff::Entry& entry) {
            all.emplace(entry.account_id, entry.diff);
            same[std::string{entry.account_id}] = entry.same;
        });
    }
    [[nodiscard]] const record::MarginDiff& of(const std::string& id = "a") const { return all.at(id); }

    policy::Document old_policy = policy::preset("dynamic").value(), policy = old_policy;
    std::unique_ptr<desk::BookDay> old_day, new_day;
    std::unique_ptr<desk::MarginDiff> diff;
    std::map<std::string, record::MarginDiff, std::less<>> all;
    std::map<std::string, bool> same;
};

inline std::string causes(const record::MarginDiff& diff) {
    std::string text;
    for (const record::DiffRow& row : diff.rows) {
        text += (text.empty() ? "" : ", ") + std::string{word(row.cause)};
        if (row.item) text += " " + std::string{*row.item};
    }
    return text;
}

inline std::string replaced(std::string text, std::string_view what, std::string_view by) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

/// Every figure is the sum of its rows, whichever way they are added.
inline void check_sums(const record::MarginDiff& diff) {
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

}  // namespace tidemark::desk
