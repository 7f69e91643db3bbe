#include "market/snapshot.hpp"

#include <algorithm>

namespace tidemark::market {
namespace {

CorrelationSnapshot correlation_of(const Market& market) {
    std::map<std::string, AssetId> covered;  // in the order of names
    for (AssetId id = 0; id < market.assets(); ++id) {
        if (market.correlation(id, id)) covered.emplace(market.asset_name(id), id);
    }
    CorrelationSnapshot out;
    for (const auto& [name, row] : covered) {
        out.assets.push_back(name);
        std::vector<double>& values = out.matrix.emplace_back();
        for (const auto& [other, column] : covered) values.push_back(*market.correlation(row, column));
    }
    return out;
}

Status put_listing(const std::string& symbol, const Listing& listing, Market& market) {
    if (Status put = market.put_terms(symbol, listing.terms, std::nullopt); !put) return put;
    return listing.quote ? market.put_quote(symbol, *listing.quote) : Status{Ok{}};
}

Status put_correlation(const Snapshot& snapshot, Market& market) {
    const CorrelationSnapshot& correlation = snapshot.correlation;
    if (correlation.assets.empty()) return Ok{};
    const std::vector<std::string_view> names(correlation.assets.begin(), correlation.assets.end());
    // A market without a time has one: a correlation of time 0 would be no newer than none.
    return market.put_correlation(std::max(snapshot.as_of, Timestamp{1}), names, correlation.matrix);
}

}  // namespace

Snapshot snapshot_of(const Market& market) {
    Snapshot out;
    out.as_of = market.as_of();
    for (InstrumentId id = 0; id < market.instruments(); ++id) {
        const Instrument& instrument = market.instrument(id);
        Listing& listing =
            out.listings.emplace(market.symbol(id), Listing{instrument.terms, instrument.quote})
                .first->second;
        if (listing.quote) listing.quote->index_price.reset();
    }
    for (AssetId id = 0; id < market.assets(); ++id) {
        Asset& asset = out.assets.emplace(market.asset_name(id), market.asset(id)).first->second;
        if (asset.price) asset.price->source.clear();
    }
    out.correlation = correlation_of(market);
    return out;
}

Result<Market> market_of(const Snapshot& snapshot, std::optional<Timestamp> fixed_as_of) {
    Market market;
    market.accept_suspect();  // these records passed the door, and a shock may take them anywhere
    for (const auto& [name, asset] : snapshot.assets) {
        if (const Status put = market.put_asset(name, asset); !put) return put.error();
    }
    for (const auto& [symbol, listing] : snapshot.listings) {
        if (const Status put = put_listing(symbol, listing, market); !put) return put.error();
    }
    if (const Status put = put_correlation(snapshot, market); !put) return put.error();
    if (fixed_as_of) market.set_as_of(*fixed_as_of);
    market.prepare();
    return market;
}

}  // namespace tidemark::market
