#include "desk/vol/vol_filter.hpp"

#include <algorithm>

#include "desk/vol/correlation_record.hpp"
#include "desk/vol/evaluation_record.hpp"
#include "json/writer.hpp"

namespace tidemark::desk {

Status VolFilter::learn(const json::Line& line, std::string_view type) {
    const bool trade = type == record::Trade::type;
    if (!trade && type != record::Candle::type) return feed_.learn(line, type, market_);
    const auto underlying = trade ? sources_.learn_trade(line, market_) : sources_.learn(line, market_);
    if (!underlying) return underlying.error();
    latest_ = *underlying;
    return Ok{};
}

Timestamp VolFilter::newest() const {
    return std::max({sources_.newest(), market_.as_of(), newest_before_});
}

Status VolFilter::append_records(std::string& out) {
    for (market::AssetId id = 0; id < market_.assets(); ++id) {
        if (has_options(id)) sources_.add(market_.asset_name(id));
    }
    Status all = Ok{};
    for (const auto& [underlying, source] : sources_.all()) {
        const auto record = vol_record(market_, underlying, &source, fits_[underlying], newest(), options_);
        if (record) {
            json::append_line(out, *record);
        } else if (all) {
            all = record.error();
        }
    }
    const auto moves = correlation_record(sources_.all(), newest(), options_);
    if (!moves) return all ? Status{moves.error()} : all;
    if (*moves) json::append_line(out, **moves);
    return all;
}

void VolFilter::append_latest(std::string& out) {
    const auto at = sources_.all().find(latest_);
    if (at == sources_.all().end()) return;
    latest_ = {};
    const auto record = vol_record(market_, at->first, &at->second, fits_[at->first], newest(), options_);
    if (record) json::append_line(out, *record);
}

Status VolFilter::append_evaluations(std::string& out) const {
    for (const auto& [underlying, source] : sources_.all()) {
        if (!source.days) continue;
        Status appended = append_evaluation(underlying, *source.days, out);
        if (!appended) return appended;
    }
    return Ok{};
}

bool VolFilter::has_options(market::AssetId id) const {
    for (market::InstrumentId i = 0; i < market_.instruments(); ++i) {
        const market::Instrument& instrument = market_.instrument(i);
        if (instrument.underlying == id && instrument.terms.kind == market::ContractKind::option) return true;
    }
    return false;
}

}  // namespace tidemark::desk
