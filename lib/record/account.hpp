// The `account` record: what an account holds, owes and has ordered.
#pragma once

#include <optional>

#include "json/field.hpp"
#include "json/reader.hpp"
#include "record/reported.hpp"
#include "record/score.hpp"
#include "record/words.hpp"

namespace tidemark::record {

struct Collateral {
    std::string_view asset;
    double qty = 0.0;

    static constexpr auto fields() {
        using json::field;
        using T = Collateral;
        return std::tuple{
            field("asset", &T::asset, "the asset"),
            field("qty", &T::qty, "units held; negative is owed"),
        };
    }
};

struct Position {
    std::string_view symbol;
    double qty = 0.0;
    std::optional<double> entry_price;
    std::optional<double> isolated_margin;
    std::optional<std::string_view> isolated_asset;
    std::optional<MarginMode> margin_mode;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = Position;
        return std::tuple{
            field("symbol", &T::symbol, "instrument"),
            field("qty", &T::qty,
                  "base units, negative is short; of an inverse future: its fixed quote notional / "
                  "entry_price"),
            field("entry_price", &T::entry_price,
                  "price that unrealised profit counts from; needed for perps and futures", positive),
            field("isolated_margin", &T::isolated_margin,
                  "collateral set aside for this position alone, account currency or isolated_asset",
                  not_negative),
            field("margin_mode", &T::margin_mode, "cross or isolated; that of the account where absent"),
            field("isolated_asset", &T::isolated_asset,
                  "what isolated_margin is counted in, such as the coin of an inverse contract"),
        };
    }
};

struct Order {
    std::string_view symbol;
    double qty = 0.0;
    std::optional<double> limit_price;
    bool reduce_only = false;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = Order;
        return std::tuple{
            field("symbol", &T::symbol, "instrument"),
            field("qty", &T::qty, "base units, negative sells"),
            field("limit_price", &T::limit_price, "limit; none for a market order", positive),
            field("reduce_only", &T::reduce_only, "whether it may only reduce a position"),
        };
    }
};

/// Of an earlier `margin` member only this is read: which rule it was computed by.
struct MarginBy {
    std::optional<std::string_view> policy;

    static constexpr auto fields() {
        return std::tuple{json::field("policy", &MarginBy::policy, "name@version of the policy")};
    }
};

struct Account {
    std::string_view account_id;
    Timestamp ts;
    std::optional<std::string_view> owner_id;
    std::optional<MarginMode> margin_mode;
    std::optional<std::string_view> currency;
    std::vector<Collateral> collateral;
    std::vector<Position> positions;
    std::vector<Order> orders;
    std::optional<Score> score;
    std::optional<MarginBy> margin;
    std::optional<Reported> reported;

    static constexpr std::string_view type = "account";
    static constexpr auto fields() {
        using json::field;
        using T = Account;
        return std::tuple{
            field("account_id", &T::account_id, "the account"),
            field("ts", &T::ts, "when it stood so"),
            field("owner_id", &T::owner_id, "who holds it, where one owner has several"),
            field("margin_mode", &T::margin_mode, "cross (default) or isolated"),
            field("currency", &T::currency, "account currency; USD where absent"),
            field("collateral", &T::collateral, "assets held and owed"),
            field("positions", &T::positions, "open positions"),
            field("orders", &T::orders, "open orders"),
            field("score", &T::score, "added by risk-score"),
            field("margin", &T::margin, "added by margin-calc"),
            field("reported", &T::reported, "what the venue says of it, for margin-calc --reconcile"),
        };
    }
};

}  // namespace tidemark::record
