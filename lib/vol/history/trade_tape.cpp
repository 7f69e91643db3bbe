#include "vol/history/trade_tape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/log_ratio.hpp"
#include "core/state_part.hpp"

namespace tidemark::vol {
namespace {

constexpr StatePart trades_part{"trades", 1};

}  // namespace

Status TradeTape::add(Timestamp at, Price price, std::vector<TapeBar>& ended) {
    const double p = price.value();
    if (!(p > 0.0 && std::isfinite(p)))
        return Error{Errc::out_of_range, fmt::format("want a price above 0, got {}", p), "price", 0};
    if (trades_ > 0 && at < last_)
        return Error{Errc::bad_series,
                     fmt::format("want trades in the order of their times, got {} after {}", to_rfc3339(at),
                                 to_rfc3339(last_)),
                     "ts", 0};
    if (trades_ > 0 && at.ms >= open_.ms + interval_ms_) end_bar(at, ended);
    if (trades_ == 0 || at.ms >= open_.ms + interval_ms_) {
        open_ = Timestamp{at.ms / interval_ms_ * interval_ms_};
        open_price_ = high_price_ = low_price_ = p;
    }
    high_price_ = std::max(high_price_, p);
    low_price_ = std::min(low_price_, p);
    close_price_ = p;
    take(at, p);
    last_ = at;
    ++trades_;
    return Ok{};
}

void TradeTape::end_bar(Timestamp at, std::vector<TapeBar>& ended) {
    const auto bar = [](double o, double h, double l, double c) {
        return OhlcBar::make(Price{o}, Price{h}, Price{l}, Price{c}).value();
    };
    ended.push_back({open_, bar(open_price_, high_price_, low_price_, close_price_), true});
    const Timestamp now{at.ms / interval_ms_ * interval_ms_};
    if (now.ms - open_.ms > longest_silence_ms) return;
    const double p = close_price_;
    for (std::int64_t open = open_.ms + interval_ms_; open < now.ms; open += interval_ms_)
        ended.push_back({Timestamp{open}, bar(p, p, p, p), false});
}

void TradeTape::take(Timestamp at, double price) {
    const std::int64_t since = at.ms - taken_.ms;
    if (taken_price_ > 0.0 && since < spacing_ms) return;
    if (taken_price_ > 0.0) {
        const double seconds = static_cast<double>(since) / ms_per_second;
        const Status added = decaying_.add(seconds, log_ratio(price, taken_price_));
        if (!added) return;  // finite numbers and time that runs forward: cannot be
        taken_seconds_ += seconds;
        ++returns_;
    }
    taken_ = at;
    taken_price_ = price;
}

Result<AnnualVol> TradeTape::annual_vol() const {
    if (returns_ < min_returns)
        return Error{Errc::not_enough_data,
                     fmt::format("want at least {} trades a minute or more apart, got {}", min_returns + 1,
                                 returns_ + (taken_price_ > 0.0 ? 1 : 0)),
                     "", 0};
    const double weight = -std::expm1(-taken_seconds_ / decay_seconds);
    return AnnualVol{decaying_.annual_vol().value() / std::sqrt(weight)};
}

void TradeTape::save(ByteSink& out) const {
    ByteSink kept;
    kept.put_fields(*this, stored());
    put_part(out, trades_part, kept);
}

Status TradeTape::load(ByteSource& in) {
    auto kept = get_part(in, trades_part);
    if (!kept) return kept.error();
    if (!kept->get_fields(*this, stored()) || !kept->at_end()) return damaged_part(trades_part);
    return Ok{};
}

}  // namespace tidemark::vol
