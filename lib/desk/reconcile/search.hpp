// Which cause is named for each figure of a venue: the simplest that explains the difference to a tick.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/reconcile_words.hpp"
#include "record/reported.hpp"

namespace tidemark::desk {

/// One figure that the venue reports.
struct Asked {
    std::string_view figure, symbol;  // a symbol for a liquidation price only
    double theirs = 0.0;
};

std::vector<Asked> asked_of(const record::Reported& reported);

/// Ours, in the order of `asked`; absent where it cannot be computed.
using Figures = std::vector<std::optional<double>>;

/// Fewest decimals that give the figure back.
int decimals_of(double value);

/// A unit of the last decimal that a figure is written with.
double unit_of(double value);

/// How far a figure may lie from theirs and still be the same: less than the last unit that theirs is written
/// with, where that has three digits (five of a cause with many variants), or 1e-6 of it.
double tolerance(double theirs, Discrepancy cause);

/// Why ours is not theirs.
struct Explanation {
    Discrepancy cause{};
    std::string detail;
    double remains = 0.0;  // |difference| under it
};

/// Keeps, for each figure, the simplest cause that explains its difference, and of its variants the one that
/// leaves least.
class Search {
public:
    Search(const std::vector<Asked>& asked, const Figures& ours)
        : asked_{asked}, ours_{ours}, found_(asked.size()) {}

    /// A cause counts where it leaves at most the tolerance, and a tenth of what there was.
    void offer(std::size_t i, double figure, Discrepancy cause, const std::string& detail);
    void offer_all(const Figures& figures, Discrepancy cause, const std::string& detail);

    /// Whether there is a figure that this cause might yet explain, and no simpler one does.
    [[nodiscard]] bool wants(Discrepancy cause) const;
    [[nodiscard]] const std::optional<Explanation>& cause(std::size_t i) const { return found_[i]; }
    [[nodiscard]] const std::vector<Asked>& asked() const { return asked_; }
    [[nodiscard]] const Figures& ours() const { return ours_; }

private:
    const std::vector<Asked>& asked_;
    const Figures& ours_;
    std::vector<std::optional<Explanation>> found_;
};

}  // namespace tidemark::desk
