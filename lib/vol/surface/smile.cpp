#include "vol/surface/smile.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/log_ratio.hpp"
#include "core/positive.hpp"
#include "pricing/black76.hpp"
#include "vol/surface/term_structure.hpp"

namespace tidemark::vol {
namespace {

bool has_strike_and_vol(const SmileQuote& quote) {
    return is_positive(quote.strike) && is_positive(quote.vol);
}

bool is_out_of_the_money(const SmileQuote& quote, double forward) {
    return quote.type == pricing::OptionType::call ? quote.strike >= forward : quote.strike <= forward;
}

double mean_vol(std::span<const SmileQuote> quotes) {
    double sum = 0.0;
    for (const SmileQuote& quote : quotes) sum += quote.vol;
    return sum / static_cast<double>(quotes.size());
}

/// In an order that does not depend on the order of the input: the mean's last bit must not either.
std::vector<SmileQuote> quoted_rows(std::span<const SmileQuote> quotes, double forward) {
    std::vector<SmileQuote> rows;
    std::ranges::copy_if(quotes, std::back_inserter(rows), has_strike_and_vol);
    std::ranges::sort(rows, [forward](const SmileQuote& x, const SmileQuote& y) {
        if (x.strike != y.strike) return x.strike < y.strike;
        const bool x_out = is_out_of_the_money(x, forward);
        const bool y_out = is_out_of_the_money(y, forward);
        if (x_out != y_out) return x_out;
        return x.vol < y.vol;
    });
    return rows;
}

/// The rows of one strike, out of the money first, to one vol.
double strike_vol(std::span<const SmileQuote> rows, double forward) {
    const auto in_the_money = std::ranges::find_if_not(
        rows, [forward](const SmileQuote& quote) { return is_out_of_the_money(quote, forward); });
    const auto out_count = static_cast<std::size_t>(in_the_money - rows.begin());
    return mean_vol(out_count > 0 ? rows.first(out_count) : rows);
}

std::vector<SmileNode> smile_nodes(std::span<const SmileQuote> rows, Price forward, YearFraction years) {
    std::vector<SmileNode> nodes;
    while (!rows.empty()) {
        const double strike = rows.front().strike;
        const auto next =
            std::ranges::find_if(rows, [strike](const SmileQuote& quote) { return quote.strike != strike; });
        const auto count = static_cast<std::size_t>(next - rows.begin());
        const AnnualVol vol{strike_vol(rows.first(count), forward.value())};
        nodes.push_back({log_ratio(strike, forward.value()), total_variance(vol, years)});
        rows = rows.subspan(count);
    }
    return nodes;
}

/// k within the ends of the nodes.
double interpolate(std::span<const SmileNode> nodes, double k) {
    const auto above = std::ranges::lower_bound(nodes, k, {}, &SmileNode::log_moneyness);
    if (above == nodes.begin()) return above->total_variance;
    const auto below = above - 1;
    if (above == nodes.end()) return below->total_variance;
    const double share = (k - below->log_moneyness) / (above->log_moneyness - below->log_moneyness);
    return std::lerp(below->total_variance, above->total_variance, share);
}

}  // namespace

Result<QuotedSmile> QuotedSmile::make(std::span<const SmileQuote> quotes, Price forward, YearFraction years) {
    if (!is_positive(forward.value()) || !is_positive(years.value())) {
        return Error{
            Errc::out_of_domain,
            fmt::format("a smile wants forward and years > 0, got {} and {}", forward.value(), years.value()),
            "", 0};
    }
    std::vector<SmileNode> nodes = smile_nodes(quoted_rows(quotes, forward.value()), forward, years);
    if (nodes.empty()) {
        return Error{Errc::not_enough_data,
                     fmt::format("a smile wants a strike with a vol, got none in {} rows", quotes.size()), "",
                     0};
    }
    return QuotedSmile{std::move(nodes), forward, years};
}

Result<AnnualVol> QuotedSmile::vol_at(Price strike) const {
    const double k = log_ratio(strike.value(), forward_.value());
    if (!(k >= nodes_.front().log_moneyness && k <= nodes_.back().log_moneyness)) {
        return Error{Errc::out_of_domain,
                     fmt::format("want a strike within {} to {}, got {}",
                                 forward_.value() * std::exp(nodes_.front().log_moneyness),
                                 forward_.value() * std::exp(nodes_.back().log_moneyness), strike.value()),
                     "", 0};
    }
    return vol_of_total_variance(interpolate(nodes_, k), years_);
}

SmileCurve QuotedSmile::curve() const {
    SmileCurve curve;
    for (const SmileNode& node : nodes_) curve.knots.push_back(node.log_moneyness);
    curve.total_variance = [nodes = nodes_](double k) { return interpolate(nodes, k); };
    return curve;
}

Result<SmileSummary> smile_summary(std::span<const SmileQuote> quotes, Price forward, YearFraction years,
                                   pricing::DeltaConvention convention) {
    return QuotedSmile::make(quotes, forward, years).and_then([&](const QuotedSmile& smile) {
        return Result<SmileSummary>{skew_summary(smile.curve(), forward, years, convention)};
    });
}

}  // namespace tidemark::vol
