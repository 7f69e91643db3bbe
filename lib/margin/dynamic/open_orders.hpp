// What an account needs where its open orders fill in the worst way.
#pragma once

#include <functional>
#include <vector>

#include "margin/model/account_valuation.hpp"

namespace tidemark::margin {

/// For each underlying with open orders, four fills are looked at: none, all that gain when it rises, all
/// that gain when it falls, and all; a linear book needs most at one of the first three. Up to `max_joint`
/// underlyings every combination is. With more, each is looked at by itself, and what each needs in its worst
/// fill is added up without offset between them.
class OpenOrders {
public:
    static constexpr std::size_t max_joint = 4;
    /// What is required of a portfolio.
    using Need = std::function<Result<double>(const market::Portfolio&)>;

    /// Keeps the orders of the portfolio; its instruments have to be priced by the book.
    void take(const market::Portfolio& portfolio, const AccountValuation& prices);

    [[nodiscard]] bool empty() const { return fills_.empty(); }

    /// The greatest need of the account after a fill, with what the fill loses against the mark.
    Result<double> worst(const market::Portfolio& portfolio, const AccountValuation& prices,
                         const Need& need);

private:
    enum class Side { none, rising, falling, all };
    struct Fill {
        market::Holding holding;
        std::size_t underlying;  // which of underlyings_
        Side side;
        double loss;  // at least 0
    };

    Result<double> filled(const market::Portfolio& portfolio, const Need& need);
    Result<double> joint(const market::Portfolio& portfolio, const Need& need);
    Result<double> apart(const market::Portfolio& portfolio, const AccountValuation& prices,
                         const Need& need);
    bool next_sides();

    std::vector<Fill> fills_;
    std::vector<market::AssetId> underlyings_;
    std::vector<Side> sides_;  // by underlying
    market::Portfolio after_, part_;
};

}  // namespace tidemark::margin
