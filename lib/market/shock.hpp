// What if: changes of a market that a person names.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace tidemark::market {

/// What becomes of a number.
struct Change {
    double factor = 1.0, addend = 0.0;

    [[nodiscard]] double of(double x) const { return x * factor + addend; }
    [[nodiscard]] bool none() const { return factor == 1.0 && addend == 0.0; }
};

/// One change of the market.
struct Shock {
    enum class Of { price, vol, depth, spread, correlation };

    std::string text;   // as it was written
    Of of = Of::price;  // what is changed
    std::string asset;  // of which asset; empty for all that have no shock of their own
    Change change;
    std::optional<double> level;  // the price is to be this; its change is known once a price now is
    bool resolved = false;        // that it is
    bool by_price = false;        // by a price record, which index prices do not overrule
};

/// Reads a shock as a person writes it; there is one way to write each:
///
///     BTC=-20%              the price of an asset
///     BTC=70000             the same, as the price that it comes to
///     vol=+25%  vol=+10pts  volatilities, by a part of themselves or by points of a hundredth
///     depth=-80%            what rests in the book and trades in a day
///     spread=+100%          between bid and ask
///     correlation=0.9       every correlation is this
///
/// vol, depth and spread of one asset are vol:BTC and so on. The sign of a move is always written, a
/// fall is of less than 100%, and a level is above 0. Fails with usage.
Result<Shock> parse_shock(std::string_view text);

/// Shocks that happen at once.
class Shocks {
public:
    /// Fails with usage, also where the same is shocked twice.
    Status add(std::string_view text);

    [[nodiscard]] std::span<const Shock> all() const { return all_; }
    /// The shock of this asset, else that of all; null where there is none.
    [[nodiscard]] const Shock* find(Shock::Of of, std::string_view asset) const;
    /// Takes what an asset costs now, so that a level has its factor: of a price record, or of an index,
    /// which counts until a price record came.
    void price_now(std::string_view asset, double price, bool of_record);
    /// Fails with missing_market where the asset has a level and no price has said how far away that is.
    [[nodiscard]] Status known(std::string_view asset) const;
    /// What the price of an asset is multiplied by.
    [[nodiscard]] double price_factor(std::string_view asset) const;
    /// True where nothing changes.
    [[nodiscard]] bool none() const;

private:
    std::vector<Shock> all_;
};

}  // namespace tidemark::market
