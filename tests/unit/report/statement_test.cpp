#include "report/statement.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "margin/model/model.hpp"
#include "report/part_parameters.hpp"

using namespace tidemark;
using namespace tidemark::report;

namespace {

std::vector<report::StatementRow> rows_of(const std::vector<double>& amounts) {
    std::vector<report::StatementRow> rows;
    for (const double amount : amounts) rows.push_back({"x", amount, ""});
    return rows;
}

}  // namespace

TEST_CASE("cents sum to the cents of the total, none moved by more than one") {
    const auto amounts = GENERATE(values<std::vector<double>>({
        {1.0 / 3, 1.0 / 3, 1.0 / 3},
        {0.005, 0.005, 0.005, 0.005},
        {-1234.567, 88.333, 1e9 / 7, -0.004},
        {2.0 / 3, -2.0 / 3, 100.0 / 3},
    }));
    const double total = std::accumulate(amounts.begin(), amounts.end(), 0.0);
    const auto cents = report::cents_that_sum(total, rows_of(amounts));
    CHECK(std::accumulate(cents.begin(), cents.end(), 0.0) == std::round(100.0 * total));
    for (std::size_t i = 0; i < cents.size(); ++i) CHECK(std::fabs(cents[i] - 100.0 * amounts[i]) <= 1.0);
}

TEST_CASE("rows beyond 1e13 are shown as they are") {
    std::string out;
    report::append_section(out, {"total", 3e14, ""}, rows_of({1e14, 2e14}));
    CHECK(out.find("100,000,000,000,000.00") != std::string::npos);
}

TEST_CASE("every parameter named behind a part is one of that model, and every model has some") {
    for (const report::PartParameters& ground : report::part_parameters()) {
        for (std::string_view left = ground.parameters; !left.empty();) {
            const std::size_t end = std::min(left.find(' '), left.size());
            const std::string name{left.substr(0, end)};
            left.remove_prefix(std::min(end + 1, left.size()));
            INFO(ground.model << " " << name);
            const policy::ModelText* const model = margin::policies().model(ground.model);
            REQUIRE(model != nullptr);
            const auto parameters = model->schema.parameters();
            CHECK(std::any_of(parameters.begin(), parameters.end(),
                              [&](const policy::ParamText& p) { return p.name == name; }));
        }
    }
    for (const policy::Preset& preset : policy::presets()) {
        INFO(preset.name);
        CHECK_FALSE(report::part_parameters_text(policy::preset(preset.name).value(), "base", "").empty());
        CHECK_FALSE(
            report::part_parameters_text(policy::preset(preset.name).value(), "maintenance margin", "")
                .empty());
    }
}
