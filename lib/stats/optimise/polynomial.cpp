#include "stats/optimise/polynomial.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace tidemark::stats {
namespace {

// Beyond this a cell of x is narrower than the rounding of its coefficients.
constexpr int deepest_split = 48;
constexpr double same_root = 1e-12;  // relative

/// A polynomial on one cell of x in Bernstein form.
struct Cell {
    std::vector<double> coefficients;
    double from = 0.0;
    double to = 1.0;
    int depth = 0;
};

int sign_changes(const std::vector<double>& coefficients) {
    int changes = 0;
    double last = 0.0;
    for (const double c : coefficients) {
        if (c == 0.0) continue;
        if (last != 0.0 && (last < 0.0) != (c < 0.0)) ++changes;
        last = c;
    }
    return changes;
}

/// de Casteljau at the middle: the two halves of a cell.
std::pair<Cell, Cell> halves(const Cell& cell) {
    const double middle = 0.5 * (cell.from + cell.to);
    Cell left{.coefficients = {}, .from = cell.from, .to = middle, .depth = cell.depth + 1};
    Cell right{.coefficients = cell.coefficients, .from = middle, .to = cell.to, .depth = cell.depth + 1};
    const std::size_t n = cell.coefficients.size();
    for (std::size_t level = 0; level < n; ++level) {
        left.coefficients.push_back(right.coefficients.front());
        for (std::size_t i = 0; i + level + 1 < n; ++i) {
            right.coefficients[i] = 0.5 * (right.coefficients[i] + right.coefficients[i + 1]);
        }
    }
    return {std::move(left), std::move(right)};
}

/// sum c_i t^i = (1 - x)^-n sum c_i x^i (1 - x)^(n - i): Bernstein coefficients c_i over binomials.
Cell whole_line(std::span<const double> coefficients) {
    Cell cell;
    const auto degree = static_cast<double>(coefficients.size()) - 1.0;
    double binomial = 1.0;
    for (std::size_t i = 0; i < coefficients.size(); ++i) {
        cell.coefficients.push_back(coefficients[i] / binomial);
        const auto next = static_cast<double>(i + 1);
        binomial *= (degree - next + 1.0) / next;
    }
    return cell;
}

double root_at(double x) {
    return x / (1.0 - x);
}

/// A multiple root can leave its mark in the cells either side of it.
std::vector<double> distinct(std::vector<double> roots) {
    std::ranges::sort(roots);
    const auto same = [](double x, double y) { return y - x <= same_root * y; };
    roots.erase(std::unique(roots.begin(), roots.end(), same), roots.end());
    return roots;
}

}  // namespace

std::vector<double> positive_roots(std::span<const double> coefficients) {
    std::vector<double> roots;
    std::vector<Cell> waiting{whole_line(coefficients)};
    while (!waiting.empty()) {
        const Cell cell = std::move(waiting.back());
        waiting.pop_back();
        if (sign_changes(cell.coefficients) == 0) continue;
        const double middle = 0.5 * (cell.from + cell.to);
        if (cell.depth == deepest_split) {
            roots.push_back(root_at(middle));
            continue;
        }
        auto [left, right] = halves(cell);
        if (left.coefficients.back() == 0.0) roots.push_back(root_at(middle));
        waiting.push_back(std::move(right));
        waiting.push_back(std::move(left));
    }
    return distinct(std::move(roots));
}

std::vector<double> real_roots(std::span<const double> coefficients) {
    std::vector<double> mirrored(coefficients.begin(), coefficients.end());
    for (std::size_t i = 1; i < mirrored.size(); i += 2) mirrored[i] = -mirrored[i];
    std::vector<double> roots = positive_roots(mirrored);
    std::ranges::reverse(roots);
    for (double& root : roots) root = -root;
    const bool all_zero = std::ranges::all_of(coefficients, [](double c) { return c == 0.0; });
    if (!coefficients.empty() && coefficients.front() == 0.0 && !all_zero) roots.push_back(0.0);
    const std::vector<double> positive = positive_roots(coefficients);
    roots.insert(roots.end(), positive.begin(), positive.end());
    return roots;
}

}  // namespace tidemark::stats
