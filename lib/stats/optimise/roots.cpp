#include "stats/optimise/roots.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tidemark::stats {
namespace {

struct Point {
    double x = 0.0, y = 0.0;
};

bool crosses(const Point& a, const Point& b) {
    return (a.y < 0.0) != (b.y < 0.0);
}

/// Between two points of different sign. Regula falsi closes in; every third step halves, since on a convex
/// curve one end would else stay where it is.
Result<double> between(const Curve& curve, Point a, Point b) {
    for (int step = 0; step < 200; ++step) {
        const double middle = 0.5 * (a.x + b.x);
        if (middle <= std::min(a.x, b.x) || middle >= std::max(a.x, b.x)) break;
        double x = step % 3 == 2 ? middle : b.x - b.y * (b.x - a.x) / (b.y - a.y);
        if (!(x > std::min(a.x, b.x) && x < std::max(a.x, b.x))) x = middle;
        const auto y = curve(x);
        if (!y) return y.error();
        const Point p{x, *y};
        if (p.y == 0.0) return x;
        (crosses(a, p) ? b : a) = p;
    }
    return std::fabs(a.y) < std::fabs(b.y) ? a.x : b.x;
}

/// Three points of one sign whose middle is nearest zero: goes down the dip; the first point beyond zero, or
/// the bottom.
Result<Point> bottom(const Curve& curve, Point a, Point m, Point b) {
    constexpr double golden = 2.0 - std::numbers::phi;
    for (int step = 0; step < 60 && std::fabs(b.x - a.x) > 1e-12 * std::fabs(m.x); ++step) {
        const bool right = b.x - m.x > m.x - a.x;
        const double x = right ? m.x + golden * (b.x - m.x) : m.x - golden * (m.x - a.x);
        const auto y = curve(x);
        if (!y) return y.error();
        const Point p{x, *y};
        if (crosses(m, p)) return p;
        if (std::fabs(p.y) < std::fabs(m.y)) {
            (right ? a : b) = m;
            m = p;
        } else {
            (right ? b : a) = p;
        }
    }
    return m;
}

}  // namespace

Result<std::vector<double>> roots(const Curve& curve, std::span<const double> points) {
    std::vector<Point> seen;
    for (const double x : points) {
        const auto y = curve(x);
        if (!y) return y.error();
        seen.push_back({x, *y});
    }
    std::vector<double> found;
    const auto add = [&](const Point& a, const Point& b) -> Status {
        const auto root = between(curve, a, b);
        if (!root) return root.error();
        found.push_back(*root);
        return Ok{};
    };
    for (std::size_t i = 1; i < seen.size(); ++i) {
        const Point &a = seen[i - 1], &b = seen[i];
        if (crosses(a, b)) {
            if (const Status added = add(a, b); !added) return added.error();
            continue;
        }
        if (i + 1 == seen.size() || crosses(b, seen[i + 1])) continue;
        const Point& c = seen[i + 1];
        if (!(std::fabs(b.y) < std::fabs(a.y) && std::fabs(b.y) <= std::fabs(c.y))) continue;
        const auto low = bottom(curve, a, b, c);
        if (!low) return low.error();
        if (!crosses(b, *low)) continue;
        if (const Status added = add(a.x < low->x && low->x < b.x ? a : b, *low); !added)
            return added.error();
        if (const Status added = add(*low, low->x < b.x ? b : c); !added) return added.error();
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace tidemark::stats
