#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "core/errors.hpp"
#include "stats/optimise/minimise.hpp"

namespace tidemark::stats {
namespace {

struct Corner {
    std::vector<double> at;
    double value = 0.0;
};

class Simplex {
public:
    Simplex(const Objective& f, int max_evaluations) : f_{f}, left_{max_evaluations} {}

    void build(const std::vector<double>& start, const std::vector<double>& step) {
        corners_.assign(1, evaluated(start));
        for (std::size_t i = 0; i < start.size(); ++i) {
            std::vector<double> at = start;
            at[i] += step[i];
            corners_.push_back(evaluated(std::move(at)));
        }
        sort();
    }

    /// True when the simplex has closed in, false when the evaluations ran out.
    bool descend(const std::vector<double>& step, double tolerance) {
        while (!closed_in(step, tolerance)) {
            if (left_ <= 0) return false;
            move();
            sort();
        }
        return true;
    }

    [[nodiscard]] const Corner& best() const { return corners_.front(); }
    [[nodiscard]] int used() const { return used_; }

private:
    Corner evaluated(std::vector<double> at) {
        const double value = f_(at);
        --left_;
        ++used_;
        return {std::move(at), std::isnan(value) ? std::numeric_limits<double>::infinity() : value};
    }

    void sort() {
        std::stable_sort(corners_.begin(), corners_.end(),
                         [](const Corner& a, const Corner& b) { return a.value < b.value; });
    }

    /// Centre of all corners but the worst, and the point `reach` times as far from it as the worst is.
    Corner along(double reach) {
        const Corner& worst = corners_.back();
        const auto others = static_cast<double>(corners_.size() - 1);
        std::vector<double> at(worst.at.size());
        for (std::size_t i = 0; i < at.size(); ++i) {
            double centre = 0.0;
            for (std::size_t c = 0; c + 1 < corners_.size(); ++c) centre += corners_[c].at[i];
            centre /= others;
            at[i] = centre + reach * (worst.at[i] - centre);
        }
        return evaluated(std::move(at));
    }

    void move() {
        Corner& worst = corners_.back();
        Corner reflected = along(-1.0);
        if (reflected.value < best().value) {
            Corner expanded = along(-2.0);
            worst = expanded.value < reflected.value ? std::move(expanded) : std::move(reflected);
        } else if (reflected.value < corners_[corners_.size() - 2].value) {
            worst = std::move(reflected);
        } else {
            Corner contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
            if (contracted.value < std::min(reflected.value, worst.value)) {
                worst = std::move(contracted);
            } else {
                shrink();
            }
        }
    }

    void shrink() {
        for (std::size_t c = 1; c < corners_.size(); ++c) {
            std::vector<double> at = corners_[c].at;
            for (std::size_t i = 0; i < at.size(); ++i) at[i] = 0.5 * (at[i] + best().at[i]);
            corners_[c] = evaluated(std::move(at));
        }
    }

    [[nodiscard]] bool closed_in(const std::vector<double>& step, double tolerance) const {
        const double spread = corners_.back().value - best().value;
        if (!(spread <= tolerance * (1.0 + std::abs(best().value)))) return false;
        const double width = std::sqrt(tolerance);
        for (const Corner& corner : corners_) {
            for (std::size_t i = 0; i < step.size(); ++i) {
                const double scale = std::min(std::abs(step[i]), std::abs(best().at[i])) + std::abs(step[i]);
                if (std::abs(corner.at[i] - best().at[i]) > width * scale) return false;
            }
        }
        return true;
    }

    const Objective& f_;
    int left_;
    int used_ = 0;
    std::vector<Corner> corners_;
};

}  // namespace

Result<Minimum> nelder_mead(const Objective& f, const std::vector<double>& start,
                            const std::vector<double>& step, double tolerance, int max_evaluations) {
    const auto zero = [](double s) { return !(std::abs(s) > 0.0); };
    if (start.empty() || start.size() != step.size() || std::any_of(step.begin(), step.end(), zero)) {
        return out_of_domain(
            fmt::format("simplex wants a step other than 0 for each of {} "
                        "parameters",
                        start.size()));
    }
    Simplex simplex{f, max_evaluations};
    simplex.build(start, step);
    if (!std::isfinite(simplex.best().value)) {
        return out_of_domain("simplex wants a start where the function has a value");
    }
    bool converged = simplex.descend(step, tolerance);
    if (converged) {
        const std::vector<double> found = simplex.best().at;
        simplex.build(found, step);
        converged = simplex.descend(step, tolerance);
    }
    return Minimum{simplex.best().at, simplex.best().value, simplex.used(), converged};
}

}  // namespace tidemark::stats
