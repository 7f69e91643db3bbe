// What every model does with an account first: find its prices, refuse what is stale, and add up its equity.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "collateral/haircut.hpp"
#include "margin/model/model.hpp"

namespace tidemark::margin {

/// What every figure is in; it needs no price.
inline constexpr std::string_view account_currency = "USD";

/// How sure a price is, from 0 to 1: 1 - half width / price.
inline double confidence_of(const market::AssetValue& value) {
    return std::max(0.0, 1.0 - value.confidence / value.price);
}

/// The prices of one market as one policy sees them, kept until the market changes.
class AccountValuation {
public:
    /// Where a rule needs no volatility, an option with a mark alone has its value too.
    enum class Needs { volatility, marks };
    AccountValuation(const market::Market& market, const collateral::CollateralParams& params,
                     Needs needs = Needs::volatility);

    /// Equity and collateral value of the portfolio where underlyings are shifted, and, where none is, what
    /// is assumed of prices: that they are at par, or sure, as no fresh record says. Fails as Model::require
    /// does.
    Status value(const market::Portfolio& portfolio, const market::Shift& shift, Requirement& out);

    /// Prices one instrument, as value() does those that are held, and takes its age into out.oldest.
    Status price(market::InstrumentId id, Timestamp now, Requirement& out);

    /// The price of an asset as it is now, its age taken into `oldest`. Fails with missing_market or stale.
    Result<market::AssetValue> index(market::AssetId asset, Timestamp now, Timestamp& oldest) const;

    /// Notes in out.assumed where no fresh price record tells what that asset is worth: for a rule that
    /// charges on it besides what value() adds up.
    void note_unsure(market::AssetId asset, Timestamp now, Requirement& out) const;

    /// The priced instrument; valid where value() has succeeded for a portfolio that holds it.
    [[nodiscard]] const market::Priced& priced(market::InstrumentId id) const { return entries_[id].priced; }
    /// Grows with every change of what priced() gives.
    [[nodiscard]] std::uint64_t stamp(market::InstrumentId id) const { return entries_[id].stamp; }

    [[nodiscard]] Result<double> collateral_unit(market::AssetId asset) const;
    /// Price of the first of those assets of which one came; 1 where none came. Fails as Valuation::asset
    /// does, so with missing_market where what came was refused as suspect.
    [[nodiscard]] Result<double> stable_price(const std::vector<std::string>& names) const;
    [[nodiscard]] const market::Market& market() const { return market_; }
    [[nodiscard]] const market::View& view() const { return view_; }
    [[nodiscard]] const market::Valuation& valuation() const { return valuation_; }

private:
    struct Entry {
        std::uint64_t checked = 0;  // version of the market at which the stamp was last looked at
        std::uint64_t stamp = 0;    // of the instrument when this was priced; 0 is never
        market::Priced priced;
        bool usable = false;
    };

    const Entry& entry(market::InstrumentId id);
    void reprice(market::InstrumentId id, Entry& entry);
    void note_assumed(const market::Portfolio& portfolio, Timestamp now, Requirement& out) const;
    [[nodiscard]] bool unsure(market::AssetId id, Timestamp now) const;
    void add_paid_in_coin(market::AssetId coin, double value);
    [[nodiscard]] double coin_haircut(market::AssetId coin, double profit, const market::Portfolio& portfolio,
                                      const market::Shift& shift) const;
    Status add_collateral(const market::Balance& balance, double factor, Timestamp now,
                          Requirement& out) const;

    const market::Market& market_;
    collateral::CollateralParams params_;
    market::View view_;
    market::Valuation valuation_;
    Needs needs_;
    std::vector<Entry> entries_;
    std::vector<std::pair<market::AssetId, double>> paid_in_coin_;  // of the account at hand
    std::vector<Error> why_;  // beside entries_, of those that are not usable
};

}  // namespace tidemark::margin
