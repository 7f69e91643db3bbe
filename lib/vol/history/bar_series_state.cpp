// What a series of bars keeps between runs.
#include "core/state_part.hpp"
#include "vol/history/bar_series.hpp"

namespace tidemark::vol {
namespace {

constexpr StatePart bars_part{"bars", 1};

void put_bar(ByteSink& out, const WindowBar& bar) {
    out.put(bar.open);
    for (const double price : {bar.bar.open(), bar.bar.high(), bar.bar.low(), bar.bar.close()})
        out.put(price);
    out.put(bar.suspect);
}

std::optional<WindowBar> get_bar(ByteSource& in) {
    Timestamp open;
    double o = 0.0, h = 0.0, l = 0.0, c = 0.0;
    bool suspect = false;
    if (!in.get(open, o, h, l, c, suspect)) return std::nullopt;
    const auto bar = OhlcBar::make(Price{o}, Price{h}, Price{l}, Price{c});
    if (!bar) return std::nullopt;
    return WindowBar{open, *bar, suspect};
}

/// Places that its sums are told to be at and are not among its scales would be read beyond their end.
bool whole(const RunningVol& running) {
    const RiskMetrics2006Sum& sum = running.riskmetrics2006;
    return sum.started >= 0 && sum.started <= sum.scales;
}

}  // namespace

void BarSeries::save(ByteSink& out) const {
    ByteSink kept;
    kept.put(interval_ms_);
    kept.put(static_cast<std::uint64_t>(recent_.capacity()));
    kept.put(empty_.bars_per_year);
    kept.put(all_);
    kept.put(screened_);
    kept.put_fields(*this, counts());
    kept.put(static_cast<std::uint64_t>(recent_.size()));
    auto reader = recent_.reader();
    while (const WindowBar* const bar = reader.next()) put_bar(kept, *bar);
    put_part(out, bars_part, kept);
}

Result<BarSeries> BarSeries::load(ByteSource& in) {
    auto kept = get_part(in, bars_part);
    if (!kept) return kept.error();
    std::int64_t interval_ms = 0;
    std::uint64_t window_bars = 0;
    PerYear bars_per_year;
    if (!kept->get(interval_ms, window_bars, bars_per_year) || interval_ms <= 0 || window_bars < 3)
        return damaged_part(bars_part);
    const auto empty = RunningVol::make(bars_per_year);
    if (!empty) return damaged_part(bars_part);
    BarSeries out{interval_ms, static_cast<std::size_t>(window_bars), *empty};
    if (!out.get_sums(*kept) || !out.get_recent(*kept) || !kept->at_end()) return damaged_part(bars_part);
    return out;
}

bool BarSeries::get_sums(ByteSource& in) {
    bool screened = false;
    if (!in.get(all_, screened) || !whole(all_)) return false;
    if (screened && (!in.get(screened_.emplace(empty_)) || !whole(*screened_))) return false;
    return in.get_fields(*this, counts());
}

bool BarSeries::get_recent(ByteSource& in) {
    std::uint64_t size = 0;
    if (!in.get(size) || size > recent_.capacity()) return false;
    std::optional<Timestamp> before;
    for (std::uint64_t i = 0; i < size; ++i) {
        const auto bar = get_bar(in);
        if (!bar) return false;
        const std::int64_t since = before ? bar->open.ms - before->ms : interval_ms_;
        if (since <= 0 || since % interval_ms_ != 0) return false;
        before = bar->open;
        recent_.push(*bar);
    }
    return true;
}

}  // namespace tidemark::vol
