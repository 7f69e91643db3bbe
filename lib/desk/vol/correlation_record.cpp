#include "desk/vol/correlation_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "market/freshness.hpp"
#include "vol/bars/annualise.hpp"
#include "vol/bars/ewma.hpp"
#include "vol/history/correlation.hpp"

namespace tidemark::desk {
namespace {

using Sources = std::map<std::string, VolSource, std::less<>>;

bool fresh(const VolSource& source, Timestamp newest, const VolOptions& options) {
    return source.bars &&
           market::Freshness{options.candle_max_age_ms}.holds(source.bars->last_close(), newest);
}

/// 0 where there is no fresh series.
std::int64_t commonest_interval(const Sources& sources, Timestamp newest, const VolOptions& options) {
    std::map<std::int64_t, int> counts;
    for (const auto& [underlying, source] : sources) {
        if (fresh(source, newest, options)) ++counts[source.bars->interval_ms()];
    }
    const auto most = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
        return a.second < b.second;  // the first of equals is the shortest interval
    });
    return most == counts.end() ? 0 : most->first;
}

/// A record of so many has a million figures of the line that every tool takes; of more, none does.
constexpr std::size_t most_underlyings = 300;
/// Of more than these, figures keep six decimals: whole ones would not fit on that line.
constexpr std::size_t most_in_full = 200;

double decay_of(std::int64_t interval_ms, const VolOptions& options) {
    if (options.correlation == "sample") return 1.0;
    const auto per_year = vol::bars_per_year(interval_ms);
    return per_year ? vol::ewma_decay_per_bar(vol::riskmetrics_daily_decay, *per_year) : 1.0;
}

void keep_six_decimals(std::vector<std::vector<double>>& matrix) {
    for (auto& row : matrix) {
        for (double& value : row) value = std::round(value * 1e6) / 1e6;
    }
}

}  // namespace

Result<std::optional<record::Correlation>> correlation_record(const Sources& sources, Timestamp newest,
                                                              const VolOptions& options) {
    const std::int64_t interval_ms = commonest_interval(sources, newest, options);
    const std::optional<record::Correlation> none;
    record::Correlation out;
    std::vector<vol::NextReturn> series;
    std::size_t bars = 0;
    for (const auto& [underlying, source] : sources) {
        if (!fresh(source, newest, options) || source.bars->interval_ms() != interval_ms) continue;
        if (series.size() == most_underlyings)
            return Error{Errc::too_many,
                         fmt::format("want at most {} underlyings with candles for a correlation record",
                                     most_underlyings),
                         "", 0};
        out.assets.push_back(underlying);
        out.ts = std::max(out.ts, source.bars->last_close());
        series.push_back(source.bars->next_return());
        bars = std::max(bars, source.bars->window_size());
    }
    if (series.size() < 2) return none;
    vol::SynchronousReturns returns = vol::synchronous_returns(std::move(series), bars);
    if (returns.rows() < vol::correlation_believed_returns) return none;
    out.samples = static_cast<std::int64_t>(returns.rows());
    out.left_out = returns.left_out;
    const auto found = vol::shrunk_correlation(std::move(returns), decay_of(interval_ms, options));
    if (!found) return none;
    const auto n = static_cast<std::ptrdiff_t>(out.assets.size());
    for (std::ptrdiff_t i = 0; i < n; ++i)
        out.matrix.emplace_back(found->matrix.begin() + i * n, found->matrix.begin() + (i + 1) * n);
    if (out.assets.size() > most_in_full) keep_six_decimals(out.matrix);
    out.shrinkage = found->shrinkage;
    return std::optional{std::move(out)};
}

}  // namespace tidemark::desk
