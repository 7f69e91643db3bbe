#include "report/statement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "json/escape.hpp"
#include "stream/io/table.hpp"

namespace tidemark::report {
namespace {

constexpr double most = 1e13;

bool fits(const StatementRow& row) {
    return std::fabs(row.amount) < most;
}

void append_row(std::string& out, std::size_t indent, const StatementRow& row, double amount) {
    out += fmt::format("{:{}}{:<{}}{:>18}  {}\n", "", indent, json::printable(row.name), 30 - indent,
                       stream::grouped(amount, 2), json::printable(row.why));
}

}  // namespace

std::vector<double> cents_that_sum(double total, const std::vector<StatementRow>& rows) {
    std::vector<double> cents;
    cents.reserve(rows.size());
    for (const StatementRow& row : rows) cents.push_back(std::round(100.0 * row.amount));
    double left = std::round(100.0 * total) - std::accumulate(cents.begin(), cents.end(), 0.0);
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const double step = left < 0.0 ? -1.0 : 1.0;
    const auto owed = [&](std::size_t i) { return step * (100.0 * rows[i].amount - cents[i]); };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return owed(a) > owed(b); });
    const auto moved = static_cast<std::size_t>(std::min(std::fabs(left), static_cast<double>(rows.size())));
    for (std::size_t n = 0; n < moved; ++n) cents[order[n]] += step;
    left -= step * static_cast<double>(moved);
    if (left != 0.0 && !cents.empty()) {
        const auto greater = [](double a, double b) { return std::fabs(a) < std::fabs(b); };
        *std::max_element(cents.begin(), cents.end(), greater) += left;
    }
    return cents;
}

void append_section(std::string& out, const StatementRow& heading, const std::vector<StatementRow>& rows) {
    append_row(out, 2, heading, heading.amount);
    const bool exact = fits(heading) && std::all_of(rows.begin(), rows.end(), fits);
    const std::vector<double> cents =
        exact ? cents_that_sum(heading.amount, rows) : std::vector<double>(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        append_row(out, 4, rows[i], exact ? cents[i] / 100.0 : rows[i].amount);
}

}  // namespace tidemark::report
