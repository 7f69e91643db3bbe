#include "desk/vol/correlation_record.hpp"

#include <algorithm>
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

double decay_of(std::int64_t interval_ms, const VolOptions& options) {
    if (options.correlation == "sample") return 1.0;
    const auto per_year = vol::bars_per_year(interval_ms);
    return per_year ? vol::ewma_decay_per_bar(vol::riskmetrics_daily_decay, *per_year) : 1.0;
}

}  // namespace

std::optional<record::Correlation> correlation_record(const Sources& sources, Timestamp newest,
                                                      const VolOptions& options) {
    const std::int64_t interval_ms = commonest_interval(sources, newest, options);
    record::Correlation out;
    std::vector<vol::NextReturn> series;
    std::size_t bars = 0;
    for (const auto& [underlying, source] : sources) {
        if (!fresh(source, newest, options) || source.bars->interval_ms() != interval_ms) continue;
        out.assets.push_back(underlying);
        out.ts = std::max(out.ts, source.bars->last_close());
        series.push_back(source.bars->next_return());
        bars = std::max(bars, source.bars->window_size());
    }
    if (series.size() < 2) return std::nullopt;
    vol::SynchronousReturns returns = vol::synchronous_returns(std::move(series), bars);
    if (returns.rows() < vol::correlation_believed_returns) return std::nullopt;
    out.samples = static_cast<std::int64_t>(returns.rows());
    out.left_out = returns.left_out;
    const auto found = vol::shrunk_correlation(std::move(returns), decay_of(interval_ms, options));
    if (!found) return std::nullopt;
    const auto n = static_cast<std::ptrdiff_t>(out.assets.size());
    for (std::ptrdiff_t i = 0; i < n; ++i)
        out.matrix.emplace_back(found->matrix.begin() + i * n, found->matrix.begin() + (i + 1) * n);
    out.shrinkage = found->shrinkage;
    return out;
}

}  // namespace tidemark::desk
