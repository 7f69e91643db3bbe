// What several underlyings lose together, each pair moving as its correlation allows at the worse of bounds.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "margin/dynamic/parameters.hpp"
#include "market/freshness.hpp"
#include "market/market.hpp"

namespace tidemark::margin {

/// One underlying of an account.
struct LossRow {
    market::AssetId underlying = 0;
    std::span<const double> change;  // of value in each scenario, weighted; every row has the same scenarios
    double down = 0.0, up = 0.0;     // greatest loss over scenarios up to and above the price now, at least 0
    bool linear = false;             // as far up as down: no option in it

    [[nodiscard]] double worst() const { return std::max(down, up); }
};

struct JointLoss {
    double risk = 0.0;        // never above the sum of the losses alone
    double together = 0.0;    // J: where all make the same part of their ranges at once
    std::size_t worst = 0;    // the scenario of J
    bool correlated = false;  // whether a correlation record was used
};

/// With D and U an underlying's losses on the way down and up, L the greater of them, J the greatest loss
/// over scenarios in which all make the same part of their ranges, and J(a,b) the same of a pair:
///
///     risk^2 = r J^2 + sum over pairs of e(a,b) J(a,b)^2 + sum of (1 - r - sum over b of e(a,b)) L(a)^2
///            + 2 sum over pairs of (high(a,b) - r - e(a,b)) (D(a) D(b) + U(a) U(b))
///
/// at most (sum L)^2. low(a,b) and high(a,b) are the measured correlation less and plus correlation_band,
/// both between correlation_low and correlation_high, or those two where it was not measured or is older than
/// correlation_max_age_seconds; r is the least low of all pairs and e(a,b) = low(a,b) - r what a pair hedges
/// better than that. For linear books this is sqrt(w'Cw), C having high for pairs that lose together and low
/// for pairs that hedge each other (McNeil, Frey and Embrechts, 6.3 for the elliptical case).
///
/// For books with options, e is scaled down as far as keeps every coefficient from going below 0, so that
/// more scenarios and wider bounds never lower the risk. Where the measured matrix is not positive
/// semidefinite, e is 0: no pair hedges better than the least correlation.
class JointLosses {
public:
    JointLosses(const market::Market& market, const DynamicParams& params);

    /// Sums run in the order of `rows`, which has to be one that names decide.
    JointLoss of(std::span<const LossRow> rows, Timestamp now);

private:
    struct Bounds {
        double low, high;
    };

    void refresh(Timestamp now);
    [[nodiscard]] Bounds bounds(const LossRow& a, const LossRow& b) const;
    double loss_of(std::span<const LossRow> rows, std::size_t* worst);
    void find_room(std::span<const LossRow> rows);
    double square_of(std::span<const LossRow> rows, double together);

    const market::Market& market_;
    double low_, high_, band_;
    market::Freshness freshness_;
    bool fresh_ = false;
    std::uint64_t checked_ = 0;  // the version of correlations that consistent_ is of
    bool consistent_ = true;
    double least_ = 0.0;              // r
    std::vector<Bounds> bounds_;      // by pair of rows
    std::vector<double> sum_, room_;  // room_: by row, what its e are scaled by
};

}  // namespace tidemark::margin
