#include "market/market.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "market/newest.hpp"

namespace tidemark::market {
namespace {

/// Ranks of names 0..n-1 in their own order.
std::vector<std::uint32_t> ranks_of(const NameTable& names) {
    std::vector<std::uint32_t> order(names.size()), ranks(names.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return names.name(a) < names.name(b); });
    for (std::uint32_t rank = 0; rank < order.size(); ++rank) ranks[order[rank]] = rank;
    return ranks;
}

/// Puts the step into its place in time, the greater of two at one time. Gives whether that changed anything.
bool add_step(std::vector<VolStep>& steps, VolStep step) {
    const auto at = std::lower_bound(steps.begin(), steps.end(), step.ts,
                                     [](const VolStep& s, Timestamp ts) { return s.ts < ts; });
    if (at != steps.end() && at->ts == step.ts) {
        const bool more = at->annual_vol < step.annual_vol;
        if (more) at->annual_vol = step.annual_vol;
        return more;
    }
    const bool full = steps.size() == Market::max_vol_steps;
    if (full && at == steps.begin()) return false;
    steps.insert(at, step);
    if (full) steps.erase(steps.begin());
    return true;
}

}  // namespace

Result<InstrumentId> Market::intern(std::string_view symbol) {
    const auto id = symbols_.intern(symbol, max_names);
    if (!id) return Error{Errc::too_many, fmt::format("want at most {} symbols", max_names), "symbol", 0};
    if (*id == instruments_.size()) {
        instruments_.emplace_back();
        terms_ts_.emplace_back();
        has_terms_.push_back(false);
    }
    return *id;
}

Result<AssetId> Market::intern_asset(std::string_view name) {
    const auto id = names_.intern(name, max_names);
    if (!id) return Error{Errc::too_many, fmt::format("want at most {} assets", max_names), "asset", 0};
    if (*id == assets_.size()) {
        assets_.emplace_back();
        written_on_.emplace_back();
    }
    return *id;
}

Status Market::put_price(std::string_view asset_name, AssetPrice price) {
    const auto id = intern_asset(asset_name);
    if (!id) return id.error();
    if (Status screened = screen_price(*id, price); !screened) return screened;
    Asset& asset = assets_[*id];
    const auto newer = replaces(asset.stated, price, "price", asset_name);
    if (!newer) return newer.error();
    if (!*newer) return Ok{};
    newest_ = std::max(newest_, price.ts);
    changed(*id);
    asset.stated = std::move(price);
    if (asset.price && !asset.price->source.empty()) {  // an index that came before it is as unsure as this
        asset.price->confidence = asset.stated->confidence;
        touch(asset.version);
    }
    offer(asset, *asset.stated);
    return Ok{};
}

Status Market::put_asset(std::string_view name, const Asset& state) {
    const auto id = intern_asset(name);
    if (!id) return id.error();
    Asset& asset = assets_[*id];
    asset = state;
    touch(asset.version);
    changed(*id);
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
    if (!add_step(asset.vol_steps, {vol.ts, vol.annual_vol}) && !*newer) return Ok{};
    newest_ = std::max(newest_, vol.ts);
    if (*newer) asset.vol = std::move(vol);
    changed(*id);
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
    Correlations& now = correlations_;
    if (ts < now.ts) return Ok{};
    if (ts == now.ts && (ids != now.assets || values != now.matrix))
        return conflict("correlation", "the market", ts);
    now = {ts, std::move(ids), std::move(values), ++version_};
    newest_ = std::max(newest_, ts);
    return Ok{};
}

void Market::prepare() {
    compare_records();
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
    const auto& assets = correlations_.assets;
    const auto find = [&](AssetId id) {
        return static_cast<std::size_t>(std::find(assets.begin(), assets.end(), id) - assets.begin());
    };
    const std::size_t i = find(a), j = find(b), n = assets.size();
    if (i == n || j == n) return std::nullopt;
    return correlations_.matrix[i * n + j];
}

}  // namespace tidemark::market
