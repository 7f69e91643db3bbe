// The options of one underlying as its volatility is read from them: expiry by expiry, with a forward, and
// every option with the volatilities that its quotes give.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "core/measure.hpp"
#include "core/time.hpp"
#include "market/freshness.hpp"
#include "market/market.hpp"
#include "pricing/option_type.hpp"

namespace tidemark::vol {

/// Empty is what is not quoted, or was too long ago. Prices in the quote asset.
struct ChainOption {
    double strike = 0.0;
    pricing::OptionType type = pricing::OptionType::call;
    std::optional<double> bid_price, ask_price;
    std::optional<double> vol;               // of the mark, else of the mid
    std::optional<double> bid_vol, ask_vol;  // the venue's, or else inverted from the price
};

/// How many prices came to what: ok, a status of pricing::ImpliedVolStatus, ill_conditioned, or out_of_range.
using InversionCounts = std::map<std::string_view, std::int64_t>;

struct Inversions {
    InversionCounts mark, mid, bid, ask;
    [[nodiscard]] bool any() const { return !(mark.empty() && mid.empty() && bid.empty() && ask.empty()); }
};

struct ChainExpiry {
    Timestamp expiry, newest, oldest;  // of the tickers used
    YearFraction years;
    Price forward;
    bool forward_by_parity = false;
    double rate_per_year = 0.0;  // that prices are discounted with; 0 for premiums in coin
    std::vector<ChainOption> options;
    Inversions inverted;  // of prices that came without a volatility
};

struct ChainRules {
    market::Freshness ticker;    // against the newest ticker of the underlying's options
    double rate_per_year = 0.0;  // that prices in money are discounted with
};

/// The expiries that lie after the newest ticker, nearest first. A ticker counts where it is fresh; its
/// option stays listed, without quotes, where it is not.
///
/// The forward is the median of the tickers' own; where none has one, that of put-call parity over marks, or
/// mids where there are no marks (vol::median_forward, and median_forward_coin for premiums in coin). An
/// expiry that has neither is left out. A volatility that no ticker gives is inverted from the price at that
/// forward; what came of that is counted by status. One whose price says next to nothing of it, as of an
/// option deep in the money, is ill_conditioned and left out; so is one above largest_annual_vol, as
/// out_of_range.
std::vector<ChainExpiry> option_chain(const market::Market& market, market::AssetId underlying,
                                      const ChainRules& rules);

}  // namespace tidemark::vol
