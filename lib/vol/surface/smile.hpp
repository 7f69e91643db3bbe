// The smile that one expiry's quotes give, as quoted: nothing fitted, nothing beyond the last strike.
#pragma once

#include <span>
#include <vector>

#include "core/measure.hpp"
#include "core/result.hpp"
#include "pricing/option_type.hpp"
#include "vol/surface/skew.hpp"

namespace tidemark::vol {

/// One option's implied volatility: from the mark, or inverted from a bid, ask or mid.
struct SmileQuote {
    double strike = 0.0;
    pricing::OptionType type = pricing::OptionType::call;
    double vol = 0.0;
};

struct SmileNode {
    double log_moneyness = 0.0;
    double total_variance = 0.0;
};

/// One vol a strike, ascending, interpolated linearly in total variance over log-moneyness.
class QuotedSmile {
public:
    /// Takes rows in any order; leaves out those whose strike or vol is not positive and finite (an option
    /// without a quote). At each strike the out-of-the-money side counts where it is quoted, both at the
    /// forward itself; rows of one side at one strike (a bid and an ask) are averaged.
    /// Fails with out_of_domain unless forward and years are > 0, not_enough_data when no row is left.
    static Result<QuotedSmile> make(std::span<const SmileQuote> quotes, Price forward, YearFraction years);

    [[nodiscard]] std::span<const SmileNode> nodes() const { return nodes_; }
    [[nodiscard]] Price forward() const { return forward_; }
    [[nodiscard]] YearFraction years() const { return years_; }

    /// Fails with out_of_domain outside the quoted strikes.
    [[nodiscard]] Result<AnnualVol> vol_at(Price strike) const;

    /// For skew_summary and delta_point; owns what it needs.
    [[nodiscard]] SmileCurve curve() const;

private:
    QuotedSmile(std::vector<SmileNode> nodes, Price forward, YearFraction years)
        : nodes_{std::move(nodes)}, forward_{forward}, years_{years} {}

    std::vector<SmileNode> nodes_;
    Price forward_;
    YearFraction years_;
};

/// The headline figures of one expiry's quotes: skew_summary of QuotedSmile::make, which says what fails.
/// A figure that the strikes do not reach is empty and named by status, never extrapolated.
Result<SmileSummary> smile_summary(std::span<const SmileQuote> quotes, Price forward, YearFraction years,
                                   pricing::DeltaConvention convention = pricing::DeltaConvention::forward);

}  // namespace tidemark::vol
