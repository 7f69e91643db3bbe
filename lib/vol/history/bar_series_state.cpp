// What a series of bars keeps between runs.
#include "vol/history/bar_series.hpp"

namespace tidemark::vol {
namespace {

Error damaged() {
    return {Errc::truncated, "the state does not hold the bars that its heading says", "", 0};
}

}  // namespace

std::size_t BarSeries::state_layout() {
    return sizeof(RunningVol) + sizeof(RangeScreen);
}

void BarSeries::save(ByteSink& out) const {
    out.put(interval_ms_);
    out.put(static_cast<std::uint64_t>(recent_.capacity()));
    out.put(empty_);
    out.put(all_);
    out.put(screened_.has_value());
    if (screened_) out.put(*screened_);
    out.put(ranges_);
    for (const std::int64_t count : {samples_, gaps_, halts_, untraded_, suspects_}) out.put(count);
    out.put(last_open_);
    out.put(last_close_price_);
    out.put(last_suspect_);
    out.put(static_cast<std::uint64_t>(recent_.size()));
    auto reader = recent_.reader();
    while (const WindowBar* const r = reader.next()) {
        out.put(r->open);
        for (const double price : {r->bar.open(), r->bar.high(), r->bar.low(), r->bar.close()})
            out.put(price);
        out.put(r->suspect);
    }
}

Result<BarSeries> BarSeries::load(ByteSource& in) {
    std::int64_t interval_ms = 0;
    std::uint64_t window_bars = 0, recent = 0;
    RunningVol empty;
    if (!in.get(interval_ms, window_bars, empty) || interval_ms <= 0 || window_bars < 3) return damaged();
    BarSeries out{interval_ms, static_cast<std::size_t>(window_bars), empty};
    bool screened = false;
    if (!in.get(out.all_, screened) || (screened && !in.get(out.screened_.emplace()))) return damaged();
    if (!in.get(out.ranges_, out.samples_, out.gaps_, out.halts_, out.untraded_, out.suspects_,
                out.last_open_, out.last_close_price_, out.last_suspect_, recent) ||
        recent > window_bars)
        return damaged();
    Timestamp before;
    for (std::uint64_t i = 0; i < recent; ++i) {
        Timestamp open;
        double o = 0.0, h = 0.0, l = 0.0, c = 0.0;
        bool suspect = false;
        if (!in.get(open, o, h, l, c, suspect)) return damaged();
        const auto bar = OhlcBar::make(Price{o}, Price{h}, Price{l}, Price{c});
        const std::int64_t since = open.ms - before.ms;
        const bool in_order = i == 0 || (since > 0 && since % interval_ms == 0);
        if (!bar || !in_order) return damaged();
        before = open;
        out.recent_.push({open, *bar, suspect});
    }
    return out;
}

}  // namespace tidemark::vol
