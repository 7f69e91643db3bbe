#include "vol/history/daily_history.hpp"

#include "core/log_ratio.hpp"
#include "core/state_part.hpp"

namespace tidemark::vol {
namespace {

constexpr StatePart days_part{"days", 1};

}  // namespace

DailyHistory::DailyHistory(std::int64_t interval_ms)
    : interval_ms_{interval_ms},
      bars_a_day_{ms_per_day % interval_ms == 0 ? static_cast<std::int32_t>(ms_per_day / interval_ms) : 0} {}

DaySum& DailyHistory::day_of(Timestamp open) {
    const auto day = static_cast<std::int32_t>(open.ms / ms_per_day);
    if (days_.empty() || days_.back().day != day) days_.push_back({0.0, 0.0, day, 0});
    return days_.back();
}

void DailyHistory::fill_gap(Timestamp open, double price) {
    const std::int64_t gap_ms = open.ms - last_close_.ms;
    if (gap_ms > longest_outage_ms) return;
    const auto missing = static_cast<double>(gap_ms / interval_ms_);
    const double across = log_ratio(price, last_close_price_);
    for (Timestamp at = last_close_; at < open; at.ms += interval_ms_) {
        DaySum& sum = day_of(at);
        sum.log_return += across / missing;
        sum.variance += across * across / missing;
        ++sum.bars;
    }
}

const DaySum& DailyHistory::add(Timestamp open, const OhlcBar& bar) {
    const bool linked = !days_.empty() && last_close_ == open;
    if (!linked && !days_.empty()) fill_gap(open, bar.open());
    const double r = log_ratio(bar.close(), linked ? last_close_price_ : bar.open());
    DaySum& sum = day_of(open);
    sum.log_return += r;
    sum.variance += r * r;
    ++sum.bars;
    last_close_ = Timestamp{open.ms + interval_ms_};
    last_close_price_ = bar.close();
    return sum;
}

std::optional<DaySum> DailyHistory::running() const {
    if (days_.empty() || days_.back().bars >= bars_a_day_) return std::nullopt;
    return days_.back();
}

std::vector<double> DailyHistory::whole_returns() const {
    std::vector<double> returns;
    for (const DaySum& day : days_) {
        if (whole(day)) returns.push_back(day.log_return);
    }
    return returns;
}

std::vector<double> DailyHistory::whole_variances() const {
    std::vector<double> variances;
    for (const DaySum& day : days_) {
        if (whole(day)) variances.push_back(day.variance);
    }
    return variances;
}

void DailyHistory::save(ByteSink& out) const {
    ByteSink kept;
    kept.put(interval_ms_);
    kept.put(last_close_);
    kept.put(last_close_price_);
    kept.put(static_cast<std::uint64_t>(days_.size()));
    for (const DaySum& day : days_) kept.put(day);
    put_part(out, days_part, kept);
}

Result<DailyHistory> DailyHistory::load(ByteSource& in) {
    auto kept = get_part(in, days_part);
    if (!kept) return kept.error();
    std::int64_t interval_ms = 0;
    if (!kept->get(interval_ms) || interval_ms <= 0) return damaged_part(days_part);
    DailyHistory out{interval_ms};
    std::uint64_t days = 0;
    if (!kept->get(out.last_close_, out.last_close_price_, days)) return damaged_part(days_part);
    for (std::uint64_t i = 0; i < days; ++i) {
        if (!kept->get(out.days_.emplace_back())) return damaged_part(days_part);
    }
    if (!kept->at_end()) return damaged_part(days_part);
    return out;
}

}  // namespace tidemark::vol
