// The causes that a difference to a venue's figure is tried by: each recomputes the figures in its own way.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "desk/account_margin.hpp"

namespace tidemark::desk {

/// One figure that the venue reports.
struct Asked {
    std::string_view figure, symbol;  // a symbol for a liquidation price only
    double theirs = 0.0;
};

std::vector<Asked> asked_of(const record::Reported& reported);

/// Ours, in the order of `asked`; absent where it cannot be computed.
using Figures = std::vector<std::optional<double>>;

/// Of the account that was assessed last. Liquidation prices cost hundreds of requirements each.
Figures figures_of(const AccountMargin& account_margin, const record::Margin& margin,
                   const std::vector<Asked>& asked);

/// Why ours is not theirs.
struct Explanation {
    std::string_view name;
    std::string detail;
    double remains = 0.0;  // |difference| under it
};

/// Keeps, for each figure, the cause that leaves least of its difference.
class Search {
public:
    Search(const std::vector<Asked>& asked, const Figures& ours)
        : asked_{asked}, ours_{ours}, found_(asked.size()) {}

    /// A cause counts where it leaves at most 1e-4 of the venue's figure, and a tenth of what there was.
    void offer(std::size_t i, double figure, std::string_view name, const std::string& detail);
    void offer_all(const Figures& figures, std::string_view name, const std::string& detail);
    [[nodiscard]] bool settled() const;  // nothing is left to explain
    [[nodiscard]] const std::optional<Explanation>& cause(std::size_t i) const { return found_[i]; }

private:
    const std::vector<Asked>& asked_;
    const Figures& ours_;
    std::vector<std::optional<Explanation>> found_;
};

/// Causes that change the figure alone: rounding, the sign, coin in place of quote currency.
void try_figures(Search& search, const std::vector<Asked>& asked, const Figures& ours,
                 const AccountMargin& account_margin);

/// Recomputations under another market or policy, made once and kept.
struct Trial {
    std::string_view cause;
    std::string detail;
    AccountMargin account_margin;
};

/// Another tier, collateral without haircut; marks at the index, prices one tick behind.
std::vector<Trial> trials_of(const policy::Document& policy, const market::Market& now,
                             const market::Market& at_index, const market::Market& previous);

/// Quantities times powers of ten: of all positions, then of each symbol alone.
void try_multipliers(Search& search, AccountMargin& account_margin, const record::Account& account,
                     const std::vector<Asked>& asked);

}  // namespace tidemark::desk
