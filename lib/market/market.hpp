// The newest state of the market: what every calculation prices against.
//
// Records come in any order; for each key the newest time wins, and two different records of one key at one
// time are a conflict. So the state after a set of records does not depend on their order.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "market/name_table.hpp"
#include "market/symbol.hpp"

namespace tidemark::market {

using AssetId = std::uint32_t;
using InstrumentId = std::uint32_t;

/// One instrument's quotes. Prices in the quote asset; marks of coin-quoted options in the coin.
struct Quote {
    Timestamp ts;
    std::optional<double> mark_price, index_price, forward_price, bid_price, ask_price;
    std::optional<double> mark_vol, bid_vol, ask_vol;
    bool in_coin = false;
    std::optional<double> open_interest;  // of the whole market, base units

    friend bool operator==(const Quote&, const Quote&) = default;
};

struct AssetPrice {
    Timestamp ts;
    double price = 0.0;
    double confidence = 0.0;  // half width
    std::string source;       // a symbol where it is that ticker's index, else empty: a price record
    friend bool operator==(const AssetPrice&, const AssetPrice&) = default;
};

/// An index price as an instrument's tickers gave it.
struct IndexPrice {
    Timestamp ts;
    double price = 0.0;
    friend bool operator==(const IndexPrice&, const IndexPrice&) = default;
};

struct VolTerm {
    Timestamp expiry;
    double years = 0.0, forward_price = 0.0;
    std::optional<double> atm_vol, rr25, bf25;
    friend bool operator==(const VolTerm&, const VolTerm&) = default;
};

/// How wild an underlying is. Annual fractions.
struct VolState {
    Timestamp ts;
    double annual_vol = 0.0;                        // in use
    double base_annual_vol = 0.0;                   // long-run anchor
    std::optional<double> implied_vol, rr25, bf25;  // at the margin horizon
    std::optional<double> stress_prob;              // probability of a stressed regime
    std::vector<VolTerm> terms;
    friend bool operator==(const VolState&, const VolState&) = default;
};

/// The volatility that one record of an underlying gave.
struct VolStep {
    Timestamp ts;
    double annual_vol = 0.0;
    friend bool operator==(const VolStep&, const VolStep&) = default;
};

/// How deep an underlying's market is. Values in account currency.
struct LiquidityState {
    Timestamp ts;
    double half_spread_rate = 0.0;
    double adv_value = 0.0;
    std::vector<std::pair<double, double>> depth;  // within so many basis points, value
    double impact_coefficient = 0.0, impact_exponent = 0.5;
    std::optional<int> state = 0;  // 0 calm, 1 watch, 2 stressed, 3 exhausted; empty where not told
    friend bool operator==(const LiquidityState&, const LiquidityState&) = default;
};

struct Instrument {
    Terms terms;
    AssetId underlying = 0, quote_asset = 0, settle_asset = 0;
    std::optional<Quote> quote;
    std::optional<IndexPrice> index;  // the newest of its tickers
    std::uint64_t version = 0;        // grows with every change
};

struct Asset {
    std::optional<AssetPrice> price;   // the newest there is
    std::optional<AssetPrice> stated;  // that of the newest price record
    std::optional<VolState> vol;
    std::vector<VolStep> vol_steps;  // of every vol record, oldest first; the newest max_vol_steps
    std::optional<LiquidityState> liquidity;
    std::optional<double> rival;       // price as fresh that contradicts it, where as many do as agree
    std::optional<double> quoted_vol;  // of its options near the money, as fresh as vol, where there are some
    std::optional<Timestamp> doubted;  // newest price refused as suspect, of what counts at par
    std::uint64_t version = 0;         // grows with every change
    std::uint64_t vol_version = 0;     // with every change of vol and vol_steps alone
};

/// How underlyings move together.
struct Correlations {
    Timestamp ts;
    std::vector<AssetId> assets;
    std::vector<double> matrix;  // row by row over assets
    std::uint64_t version = 0;   // grows with every change; 0 where none was measured
};

class Market {
public:
    static constexpr std::size_t max_names = 100'000;
    static constexpr std::size_t max_vol_steps = 1024;

    /// Each takes what is newer and lets the older go. Fails with conflict for a different record of the same
    /// key and time, with too_many beyond max_names, with unit_suspect for what no market says; see
    /// plausibility.hpp.
    Status put_terms(std::string_view symbol, const Terms& terms, std::optional<Timestamp> ts);
    /// The quote of a symbol whose terms are not known, because it has no grammar and no instrument record
    /// came, waits for them.
    Status put_quote(std::string_view symbol, const Quote& quote);
    Status put_price(std::string_view asset_name, AssetPrice price);
    Status put_vol(std::string_view underlying, VolState vol);
    Status put_liquidity(std::string_view underlying, LiquidityState liquidity);
    Status put_correlation(Timestamp ts, std::span<const std::string_view> assets,
                           std::span<const std::vector<double>> matrix);

    /// Numbers an asset that no record has named.
    Result<AssetId> know_asset(std::string_view name) { return intern_asset(name); }
    /// The same of one that counts at par, as a policy says before records come. Where there are any, an
    /// index in something else (ETH in BTC) is no price of its asset.
    Result<AssetId> know_money(std::string_view name);
    /// Takes the state of an asset of another market whole, in place of what is known.
    Status put_asset(std::string_view name, const Asset& state);

    [[nodiscard]] std::optional<InstrumentId> find_instrument(std::string_view symbol) const {
        return symbols_.find(symbol);
    }
    [[nodiscard]] std::optional<AssetId> find_asset(std::string_view name) const { return names_.find(name); }
    [[nodiscard]] const Instrument& instrument(InstrumentId id) const { return instruments_[id]; }
    [[nodiscard]] const Asset& asset(AssetId id) const { return assets_[id]; }
    [[nodiscard]] const std::string& symbol(InstrumentId id) const { return symbols_.name(id); }
    [[nodiscard]] const std::string& asset_name(AssetId id) const { return names_.name(id); }
    [[nodiscard]] std::size_t instruments() const { return instruments_.size(); }
    [[nodiscard]] std::size_t assets() const { return assets_.size(); }

    /// Correlation of two underlyings; absent where no record covers both.
    [[nodiscard]] std::optional<double> correlation(AssetId a, AssetId b) const;
    [[nodiscard]] const Correlations& correlations() const { return correlations_; }

    /// Symbols whose quotes still wait for their terms, by name.
    [[nodiscard]] std::vector<std::string_view> waiting() const;

    /// Newest time of any record, or what --as-of set.
    [[nodiscard]] Timestamp as_of() const { return fixed_as_of_.value_or(newest_); }
    /// The time by which an account of that time is judged: --as-of where it is set, else the later of the
    /// two.
    [[nodiscard]] Timestamp as_of(Timestamp account) const {
        return fixed_as_of_ ? *fixed_as_of_ : std::max(newest_, account);
    }
    void set_as_of(Timestamp t) { fixed_as_of_ = t; }

    /// A person vouches for what would be suspect. To be called before the first record.
    void accept_suspect() { accepts_suspect_ = true; }
    [[nodiscard]] bool accepts_suspect() const { return accepts_suspect_; }

    /// Places in the order of names, which does not depend on the order in which they came: sums over
    /// positions run in it. Holds after prepare().
    struct Sorted {
        std::uint32_t rank;
        ContractKind kind;  // beside the rank, since both are wanted for every position
    };
    [[nodiscard]] Sorted sorted(InstrumentId id) const { return sorted_[id]; }
    [[nodiscard]] std::uint32_t asset_rank(AssetId id) const { return asset_ranks_[id]; }
    /// To be called after the last change and before calculations. Finds out besides which records of one
    /// underlying contradict one another: Asset::rival and Asset::quoted_vol hold after it.
    void prepare();

    /// Grows whenever anything changes.
    [[nodiscard]] std::uint64_t version() const { return version_; }

private:
    Result<InstrumentId> intern(std::string_view symbol);
    Result<AssetId> intern_asset(std::string_view name);
    Status set_terms(InstrumentId id, const Terms& terms);
    void took(InstrumentId id, bool quote, bool index);
    Status wait_for_terms(std::string_view symbol, const Quote& quote);
    Status take_waiting(InstrumentId id);
    [[nodiscard]] bool counts_at_par(AssetId id) const;
    Status screen_quote(InstrumentId id, const Quote& quote);
    Status screen_price(AssetId id, const AssetPrice& price);
    Status screen_par(AssetId id, double price, Timestamp ts, std::string_view field);
    [[nodiscard]] AssetPrice index_of(InstrumentId id) const;
    void offer_index(InstrumentId id);
    void offer(Asset& asset, AssetPrice price);
    void find_price(AssetId id);
    void touch(std::uint64_t& version) { version = ++version_; }
    /// Notes that prepare() has to look again at what agrees with the price and volatility of that asset.
    void changed(AssetId id) {
        if (!accepts_suspect_ && (changed_.empty() || changed_.back() != id)) changed_.push_back(id);
    }
    [[nodiscard]] bool is_money(AssetId id) const;
    [[nodiscard]] std::optional<IndexPrice> evidence(const Instrument& instrument) const;
    [[nodiscard]] std::optional<double> rival_of(AssetId id) const;
    [[nodiscard]] std::optional<double> quoted_vol_of(AssetId id) const;
    void compare_records();

    NameTable symbols_, names_;
    std::vector<Instrument> instruments_;
    std::vector<std::optional<Timestamp>> terms_ts_;
    std::vector<bool> has_terms_;
    std::map<std::string, Instrument, std::less<>> waiting_;  // their quotes and index prices alone
    std::vector<Asset> assets_;
    Correlations correlations_;
    Timestamp newest_;
    std::optional<Timestamp> fixed_as_of_;
    std::uint64_t version_ = 0;
    std::vector<Sorted> sorted_;
    std::vector<std::uint32_t> asset_ranks_;
    std::vector<AssetId> money_;
    std::vector<std::vector<InstrumentId>> written_on_;  // by asset: what has it for underlying
    std::vector<AssetId> changed_;                       // since compare_records()
    bool accepts_suspect_ = false;
    bool terms_changed_ = false;  // since sorted_ was made
};

}  // namespace tidemark::market
