#include "margin/model/scenario_table.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::sample;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

const std::vector<std::string> presets{"derive-pm2",      "derive-pm1", "deribit-spm",
                                       "deribit-pm-2019", "paradex-pm", "span16"};

const std::vector<Cash> cash{{"USD", 1e6}, {"BTC", 1.5}};
const std::vector<Held> book{{"BTC_USDC-PERPETUAL", 2, 90'000},  {"BTC-PERPETUAL", -1, 95'000},
                             {"ETH_USDC-PERPETUAL", -40, 4'100}, {"BTC_USDC-30JAN26-90000-P", -3},
                             {"BTC_USDC-30JAN26-120000-C", -2},  {"BTC-30JAN26-100000-C", 1},
                             {"BTC_USDC-30JAN26-80000-P", 1}};

margin::ScenarioTable table_of(margin::Model& model, const market::Portfolio& account) {
    margin::ScenarioTable out;
    const Status found = model.scenarios(account, out);
    if (!found) FAIL(found.error().message);
    return out;
}

double greatest(const margin::ScenarioMatrix& matrix) {
    double loss = 0.0;
    for (const auto& [name, floor] : matrix.floors) loss = std::max(loss, floor);
    for (const margin::ScenarioRow& row : matrix.rows) loss = std::max(loss, row.loss);
    return loss;
}

}  // namespace

TEST_CASE("the legs of every scenario sum to its loss, and the greatest is the worst scenario's") {
    const SampleMarket desk = three_coins();
    auto names = presets;
    names.emplace_back("dynamic");
    const std::string name = GENERATE_COPY(from_range(names));
    INFO(name);
    const auto rulebook = model(name, desk.market);
    const auto account = portfolio(desk.market, cash, book);
    const auto needs = required(*rulebook, account);
    const auto table = table_of(*rulebook, account);
    double worst = 0.0;
    REQUIRE_FALSE(table.matrices.empty());
    for (const margin::ScenarioMatrix& matrix : table.matrices) {
        for (const margin::ScenarioRow& row : matrix.rows) {
            REQUIRE(row.losses.size() == matrix.legs.size());
            const double sum = std::accumulate(row.losses.begin(), row.losses.end(), row.relief);
            CHECK_THAT(sum, WithinAbs(row.loss, 1e-9));
        }
        CHECK_THAT(matrix.loss, WithinRel(greatest(matrix), 1e-12));
        if (matrix.worst) CHECK(matrix.rows[*matrix.worst].loss == greatest(matrix));
        worst += matrix.loss;
    }
    CHECK_THAT(worst, WithinRel(needs.worst.loss, 1e-12));
}

TEST_CASE("losses times their factors and the charges are the two margins") {
    const SampleMarket desk = three_coins();
    const std::string name = GENERATE(from_range(presets));
    INFO(name);
    const auto rulebook = model(name, desk.market);
    const auto account = portfolio(desk.market, cash, book);
    const auto needs = required(*rulebook, account);
    const auto table = table_of(*rulebook, account);
    double initial = 0.0, maintenance = 0.0;
    const auto charge = [&](const std::vector<margin::ScenarioCharge>& charges) {
        for (const margin::ScenarioCharge& one : charges) {
            initial += one.initial;
            maintenance += one.maintenance;
        }
    };
    charge(table.charges);
    for (const margin::ScenarioMatrix& matrix : table.matrices) {
        charge(matrix.charges);
        initial += *matrix.initial_factor * matrix.loss;
        maintenance += *matrix.maintenance_factor * matrix.loss;
    }
    CHECK_THAT(initial, WithinRel(needs.initial_margin, 1e-12));
    CHECK_THAT(std::min(initial, maintenance), WithinRel(needs.maintenance_margin, 1e-12));
}

TEST_CASE("SPAN's damped extremes and Deribit's dampener are in the table") {
    const SampleMarket desk = three_coins();
    const auto account = portfolio(desk.market, {{"USD", 1e6}}, {{"BTC_USDC-PERPETUAL", 2, 100'000}});
    const auto span = table_of(*model("span16", desk.market), account);
    REQUIRE(span.matrices.front().rows.size() == 16);
    const margin::ScenarioRow& extreme = span.matrices.front().rows[14];
    CHECK_THAT(extreme.moves.front().second, WithinRel(-0.30, 1e-12));
    CHECK(extreme.weight == 0.35);
    CHECK_THAT(extreme.losses.front(), WithinRel(0.35 * 0.30 * 2e5, 1e-12));
    const auto deribit = table_of(*model("deribit-spm", desk.market), account);
    const auto& rows = deribit.matrices.front().rows;
    CHECK(std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.relief < 0.0; }));
}

TEST_CASE("a model without scenarios says so") {
    const SampleMarket desk = three_coins();
    const std::string name = GENERATE("static", "vega", "derive-srm", "dydx-v4", "aave-v3", "cboe-regt");
    margin::ScenarioTable out;
    const Status found = model(name, desk.market)->scenarios({}, out);
    REQUIRE_FALSE(found);
    CHECK(found.error().code == Errc::policy);
}
