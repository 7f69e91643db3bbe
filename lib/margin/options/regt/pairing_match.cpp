#include "margin/options/regt/pairing_match.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace tidemark::margin {
namespace {

constexpr double smallest_amount = 1e-12;  // below it an amount is rounding noise

class Network {
public:
    explicit Network(const MatchTable& table)
        : table_{table}, left_{table.left}, right_{table.right}, matched_(table.saving.size(), 0.0) {}

    /// Sends as much as it can along the best augmenting path; what that saves, 0 where none does.
    double augment() {
        relax();
        std::size_t end = right_.size();
        for (std::size_t j = 0; j < right_.size(); ++j)
            if (right_[j] > smallest_amount && (end == right_.size() || best_right_[j] > best_right_[end]))
                end = j;
        if (end == right_.size() || !(best_right_[end] > gain_tolerance())) return 0.0;
        const double amount = send(end);
        return amount * best_right_[end];
    }

private:
    [[nodiscard]] std::size_t at(std::size_t i, std::size_t j) const { return i * right_.size() + j; }

    /// A cycle of rounding errors must not look like a gain.
    [[nodiscard]] double gain_tolerance() const {
        const auto largest = std::max_element(table_.saving.begin(), table_.saving.end());
        return largest == table_.saving.end() ? 0.0 : 1e-12 * std::max(0.0, *largest);
    }

    /// Bellman and Ford: best saving of a path from any left node with units to spare.
    void relax() {
        constexpr double none = -std::numeric_limits<double>::infinity();
        best_left_.assign(left_.size(), none);
        best_right_.assign(right_.size(), none);
        from_left_.assign(right_.size(), left_.size());
        from_right_.assign(left_.size(), right_.size());
        for (std::size_t i = 0; i < left_.size(); ++i)
            if (left_[i] > smallest_amount) best_left_[i] = 0.0;
        for (std::size_t round = 0; round < left_.size() + right_.size(); ++round)
            if (!relax_once()) return;
    }

    bool relax_once() {
        bool changed = false;
        for (std::size_t i = 0; i < left_.size(); ++i) {
            for (std::size_t j = 0; j < right_.size(); ++j) {
                const double saving = table_.saving[at(i, j)];
                if (saving > 0.0 && best_left_[i] + saving > best_right_[j] + gain_tolerance()) {
                    best_right_[j] = best_left_[i] + saving;
                    from_left_[j] = i;
                    changed = true;
                }
                if (matched_[at(i, j)] > smallest_amount &&
                    best_right_[j] - saving > best_left_[i] + gain_tolerance()) {
                    best_left_[i] = best_right_[j] - saving;
                    from_right_[i] = j;
                    changed = true;
                }
            }
        }
        return changed;
    }

    /// The path runs back from `end`: right, left, right, ..., to a left node that starts it.
    template <class Visit>
    std::size_t walk(std::size_t end, Visit&& visit) const {
        for (std::size_t j = end;;) {
            const std::size_t i = from_left_[j];
            visit(i, j, true);
            if (from_right_[i] == right_.size()) return i;
            j = from_right_[i];
            visit(i, j, false);
        }
    }

    double send(std::size_t end) {
        double amount = right_[end];
        const std::size_t start = walk(end, [&](std::size_t i, std::size_t j, bool forward) {
            if (!forward) amount = std::min(amount, matched_[at(i, j)]);
        });
        amount = std::min(amount, left_[start]);
        walk(end, [&](std::size_t i, std::size_t j, bool forward) {
            matched_[at(i, j)] += forward ? amount : -amount;
        });
        left_[start] -= amount;
        right_[end] -= amount;
        return amount;
    }

    const MatchTable& table_;
    std::vector<double> left_, right_, matched_;
    std::vector<double> best_left_, best_right_;
    std::vector<std::size_t> from_left_, from_right_;
};

}  // namespace

double largest_saving(const MatchTable& table) {
    Network network{table};
    double total = 0.0;
    for (double gained = network.augment(); gained > 0.0; gained = network.augment()) total += gained;
    return total;
}

}  // namespace tidemark::margin
