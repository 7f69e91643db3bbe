#include "market/market.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace tidemark::market {
namespace {

Error conflict(std::string_view what, std::string_view key, Timestamp ts) {
    return {
        Errc::conflict,
        fmt::format("want one {} for {} at one time, got two that differ at {}", what, key, to_rfc3339(ts)),
        "", 0};
}

/// Whether `next` replaces `now`; an error where they differ at one time.
template <class State>
Result<bool> replaces(const std::optional<State>& now, const State& next, std::string_view what,
                      std::string_view key) {
    if (!now || now->ts < next.ts) return true;
    if (now->ts == next.ts && !(*now == next)) return conflict(what, key, next.ts);
    return false;
}

/// Ranks of names 0..n-1 in their own order.
std::vector<std::uint32_t> ranks_of(const NameTable& names) {
    std::vector<std::uint32_t> order(names.size()), ranks(names.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return names.name(a) < names.name(b); });
    for (std::uint32_t rank = 0; rank < order.size(); ++rank) ranks[order[rank]] = rank;
    return ranks;
}

bool prices_lead(const AssetPrice& now, const AssetPrice& next) {
    if (now.ts != next.ts) return now.ts < next.ts;
    // At one time a price record leads, and else the first symbol by name: the order of lines must not
    // matter.
    return next.source < now.source;
}

}  // namespace

Result<InstrumentId> Market::intern(std::string_view symbol) {
    const InstrumentId id = symbols_.intern(symbol);
    if (id == instruments_.size()) {
        if (id == max_names)
            return Error{Errc::too_many, fmt::format("want at most {} symbols", max_names), "symbol", 0};
        instruments_.emplace_back();
        terms_ts_.emplace_back();
        has_terms_.push_back(false);
    }
    return id;
}

Result<AssetId> Market::intern_asset(std::string_view name) {
    const AssetId id = names_.intern(name);
    if (id == assets_.size()) {
        if (id == max_names)
            return Error{Errc::too_many, fmt::format("want at most {} assets", max_names), "asset", 0};
        assets_.emplace_back();
    }
    return id;
}

Status Market::set_terms(InstrumentId id, const Terms& terms) {
    const auto underlying = intern_asset(terms.underlying);
    const auto quote = intern_asset(terms.quote_asset);
    const auto settle = intern_asset(terms.settle_asset);
    for (const auto* asset : {&underlying, &quote, &settle}) {
        if (!*asset) return asset->error();
    }
    Instrument& instrument = instruments_[id];
    instrument.terms = terms;
    instrument.underlying = *underlying;
    instrument.quote_asset = *quote;
    instrument.settle_asset = *settle;
    has_terms_[id] = true;
    terms_changed_ = true;
    touch(instrument.version);
    return Ok{};
}

Status Market::put_terms(std::string_view symbol, const Terms& terms, std::optional<Timestamp> ts) {
    const auto id = intern(symbol);
    if (!id) return id.error();
    const bool stated = has_terms_[*id] && terms_ts_[*id].has_value();
    const Timestamp when = ts.value_or(Timestamp{});
    if (stated && *terms_ts_[*id] > when) return Ok{};
    if (stated && *terms_ts_[*id] == when) {
        if (instruments_[*id].terms == terms) return Ok{};
        return conflict("instrument", symbol, when);
    }
    terms_ts_[*id] = when;
    return set_terms(*id, terms);
}

Status Market::put_quote(std::string_view symbol, const Quote& quote) {
    const auto known = symbols_.find(symbol);
    // A symbol that cannot be read is not numbered: nothing may hold it.
    const auto terms = known ? Result<Terms>{instruments_[*known].terms} : parse_symbol(symbol);
    if (!terms) return terms.error();
    const auto id = intern(symbol);
    if (!id) return id.error();
    if (!has_terms_[*id]) {
        if (Status set = set_terms(*id, *terms); !set) return set;
    }
    Instrument& instrument = instruments_[*id];
    const auto newer = replaces(instrument.quote, quote, "ticker", symbol);
    if (!newer) return newer.error();
    if (!*newer) return Ok{};
    instrument.quote = quote;
    touch(instrument.version);
    newest_ = std::max(newest_, quote.ts);
    if (quote.index_price) offer_index(*id, quote);
    return Ok{};
}

void Market::offer_index(InstrumentId id, const Quote& quote) {
    Asset& asset = assets_[instruments_[id].underlying];
    AssetPrice offered{quote.ts, *quote.index_price, 0.0, symbols_.name(id)};
    if (asset.price && !prices_lead(*asset.price, offered)) return;
    asset.price = std::move(offered);
    touch(asset.version);
}

Status Market::put_price(std::string_view asset_name, AssetPrice price) {
    const auto id = intern_asset(asset_name);
    if (!id) return id.error();
    Asset& asset = assets_[*id];
    if (asset.price && asset.price->source.empty() && asset.price->ts == price.ts && !(*asset.price == price))
        return conflict("price", asset_name, price.ts);
    newest_ = std::max(newest_, price.ts);
    if (asset.price && !prices_lead(*asset.price, price)) return Ok{};
    asset.price = std::move(price);
    touch(asset.version);
    return Ok{};
}

Status Market::put_asset(std::string_view name, const Asset& state) {
    const auto id = intern_asset(name);
    if (!id) return id.error();
    Asset& asset = assets_[*id];
    asset = state;
    touch(asset.version);
    asset.vol_version = asset.version;
    if (state.price) newest_ = std::max(newest_, state.price->ts);
    if (state.vol) newest_ = std::max(newest_, state.vol->ts);
    if (state.liquidity) newest_ = std::max(newest_, state.liquidity->ts);
    return Ok{};
}

Status Market::put_vol(std::string_view underlying, VolState vol) {
    const auto id = intern_asset(underlying);
    if (!id) return id.error();
    Asset& asset = assets_[*id];
    const auto newer = replaces(asset.vol, vol, "vol", underlying);
    if (!newer) return newer.error();
    if (!*newer) return Ok{};
    newest_ = std::max(newest_, vol.ts);
    asset.vol = std::move(vol);
    touch(asset.version);
    asset.vol_version = asset.version;
    return Ok{};
}

Status Market::put_liquidity(std::string_view underlying, LiquidityState liquidity) {
    const auto id = intern_asset(underlying);
    if (!id) return id.error();
    Asset& asset = assets_[*id];
    const auto newer = replaces(asset.liquidity, liquidity, "liquidity", underlying);
    if (!newer) return newer.error();
    if (!*newer) return Ok{};
    newest_ = std::max(newest_, liquidity.ts);
    asset.liquidity = std::move(liquidity);
    touch(asset.version);
    return Ok{};
}

Status Market::put_correlation(Timestamp ts, std::span<const std::string_view> assets,
                               std::span<const std::vector<double>> matrix) {
    const std::size_t n = assets.size();
    std::vector<AssetId> ids;
    for (const std::string_view name : assets) {
        const auto id = intern_asset(name);
        if (!id) return id.error();
        if (std::find(ids.begin(), ids.end(), *id) != ids.end())
            return Error{Errc::duplicate_key, fmt::format("want each asset once, got {} twice", name),
                         "assets", 0};
        ids.push_back(*id);
    }
    std::vector<double> values;
    for (const auto& row : matrix) values.insert(values.end(), row.begin(), row.end());
    bool square = matrix.size() == n && values.size() == n * n;
    for (std::size_t i = 0; square && i < n; ++i) {
        square = matrix[i].size() == n && matrix[i][i] == 1.0;
        for (std::size_t j = 0; square && j < i; ++j) square = matrix[i][j] == matrix[j][i];
    }
    if (!square)
        return Error{Errc::out_of_range,
                     fmt::format("want a symmetric {0} x {0} matrix with ones on its diagonal", n), "matrix",
                     0};
    if (ts < correlation_ts_) return Ok{};
    if (ts == correlation_ts_ && (ids != correlated_ || values != correlations_))
        return conflict("correlation", "the market", ts);
    correlation_ts_ = ts;
    correlated_ = std::move(ids);
    correlations_ = std::move(values);
    newest_ = std::max(newest_, ts);
    ++version_;
    return Ok{};
}

void Market::prepare() {
    if (asset_ranks_.size() != names_.size()) asset_ranks_ = ranks_of(names_);
    if (sorted_.size() == symbols_.size() && !terms_changed_) return;
    const bool renamed = sorted_.size() != symbols_.size();
    const std::vector<std::uint32_t> ranks = renamed ? ranks_of(symbols_) : std::vector<std::uint32_t>{};
    sorted_.resize(symbols_.size());
    for (InstrumentId id = 0; id < sorted_.size(); ++id)
        sorted_[id] = {renamed ? ranks[id] : sorted_[id].rank, instruments_[id].terms.kind};
    terms_changed_ = false;
}

std::optional<double> Market::correlation(AssetId a, AssetId b) const {
    const auto find = [this](AssetId id) {
        return static_cast<std::size_t>(std::find(correlated_.begin(), correlated_.end(), id) -
                                        correlated_.begin());
    };
    const std::size_t i = find(a), j = find(b), n = correlated_.size();
    if (i == n || j == n) return std::nullopt;
    return correlations_[i * n + j];
}

}  // namespace tidemark::market
