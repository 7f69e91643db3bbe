// The market as a policy looks at it: what a unit of each thing is worth in account currency, how that
// follows its underlying, and whether it is fresh enough to be believed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "market/freshness.hpp"
#include "market/market.hpp"
#include "pricing/contract.hpp"
#include "pricing/implied_vol.hpp"

namespace tidemark::market {

/// What a policy says of prices themselves.
struct View {
    std::vector<std::string> par_assets;  // worth 1 where no price record says otherwise
    double confidence_multiple = 0.0;     // half widths by which a price is taken to the worse side
    Freshness quotes, vols;
    std::map<std::string, double, std::less<>> haircuts;  // fraction taken off collateral, by asset
    double default_haircut = 0.0;                         // of every other

    [[nodiscard]] double haircut(std::string_view asset) const {
        const auto found = haircuts.find(asset);
        return found == haircuts.end() ? default_haircut : found->second;
    }
    /// Held, it adds nothing at any price: then its price need not be known.
    [[nodiscard]] bool counts_for_nothing(std::string_view asset) const { return haircut(asset) >= 1.0; }
};

struct AssetValue {
    double price = 0.0;       // account currency for one unit
    double confidence = 0.0;  // half width of that
    Timestamp ts;             // as_of where it is at par by the policy
    bool at_par = false;
};

/// One unit of an instrument now. Amounts in account currency.
struct Priced {
    pricing::Contract contract;
    AssetId underlying = 0;
    double price = 0.0;       // mark of a perp, future or spot in its quote asset; forward of an option
    double mark_value = 0.0;  // of an option: what it is worth; of others 0, since that depends on the entry
    double conversion = 0.0;  // account currency for one unit of payoff in the quote asset (of an inverse
                              // perp or future: for one coin)
    double std_dev = 0.0;     // of an option: vol times root time
    double vol = 0.0, years = 0.0;
    double model_value = 0.0;  // of an option: Black-76 at its mark vol
    bool vol_known =
        true;  // of an option: else it has a value at mark alone, and its delta is taken to be whole
    double exposure = 0.0;     // change of value for a move of the underlying by its whole price: the delta
    double vega = 0.0;         // of an option: change of value for a volatility higher by 1
    Timestamp oldest, newest;  // of the records this rests on
    Timestamp expires{INT64_MAX};
};

/// The error of an instrument at and after its expiry.
Error expired_at(std::string_view symbol, Timestamp expiry);

/// The volatility of an option's mark: the quote's own, or the one that gives its price. Fails with
/// missing_market where it has neither, with out_of_domain where the price allows none.
Result<double> mark_vol(const Quote& quote, const pricing::QuotedOption& option, std::string_view symbol);

class Valuation {
public:
    Valuation(const Market& market, const View& view) : market_{market}, view_{view} {}

    /// Fails with missing_market.
    [[nodiscard]] Result<AssetValue> asset(AssetId id) const;

    /// Fails with missing_market where a price, forward or volatility that is needed is not there, with
    /// expired after its expiry, with out_of_domain where its mark allows no volatility, and where it is
    /// quoted or paid in an asset that is neither its underlying nor at par.
    [[nodiscard]] Result<Priced> instrument(InstrumentId id) const { return priced(id, true); }
    /// The same for a rule that needs no volatility: an option whose mark is known and whose volatility, or
    /// forward, is not has vol_known false. It cannot be priced where its underlying has moved.
    [[nodiscard]] Result<Priced> instrument_at_mark(InstrumentId id) const { return priced(id, false); }

    /// Grows whenever what instrument() gives may have changed.
    [[nodiscard]] std::uint64_t stamp(InstrumentId id) const;

private:
    [[nodiscard]] bool at_par(AssetId id) const;
    [[nodiscard]] Status only_follows_underlying(const Instrument& instrument, std::string_view symbol) const;
    [[nodiscard]] Status near_index(const Instrument& instrument, double price, std::string_view what,
                                    std::string_view symbol) const;
    [[nodiscard]] Result<Priced> priced(InstrumentId id, bool vol_needed) const;
    Result<Priced> option(const Instrument& instrument, Priced priced, std::string_view symbol) const;
    Result<Priced> option_at_mark(const Instrument& instrument, Priced priced, const Error& why) const;

    const Market& market_;
    const View& view_;
};

/// What one unit held since `entry` is worth where the underlying is at `factor` times its price now;
/// volatility and time stand still. Every margin, liquidation price and score goes through this or
/// scenario_row.
double unit_value(const Priced& priced, double entry, double factor);

/// exposure and vega of one unit where the underlying is at `factor` times its price now.
struct Sensitivity {
    double exposure, vega;
};
Sensitivity sensitivity(const Priced& priced, double factor);

}  // namespace tidemark::market
