// What holds for every pair of days.
#include <cmath>
#include <random>

#include "unit/desk/diff/days.hpp"

using namespace tidemark;
using namespace tidemark::desk;

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
