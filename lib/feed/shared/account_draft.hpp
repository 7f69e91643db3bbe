// One account, put together from the several answers in which a venue tells of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "feed/shared/importer.hpp"
#include "feed/shared/object.hpp"
#include "record/account.hpp"

namespace tidemark::feed {

class AccountDraft {
public:
    struct Held {
        std::string symbol;
        double qty = 0.0;  // as record::Position has it
        std::optional<double> entry_price, isolated_margin;
        std::string isolated_asset;  // what the margin is counted in; empty: the account currency
    };

    void name(std::string_view account_id) { account_id_ = account_id; }
    void seen_at(Timestamp ts) {
        if (!ts_ || *ts_ < ts) ts_ = ts;
    }
    /// An answer with balances, or with positions, has come: even one that holds none.
    void seen_balances() { balances_ = true; }
    void seen_positions() { positions_seen_ = true; }
    /// The venue requires margin for something that the positions must show.
    void seen_requirement() { required_ = true; }

    /// Fails with conflict where the asset, or the symbol on that side, was there before.
    Status hold(std::string_view asset, double qty);
    Status hold(Held position);

    /// Appends the account, if there is one. It is never written from the half that happens to be known:
    /// fails with missing_field where balances, positions, the id or the time are wanting.
    void write(const Options& options, std::string_view balances_from, std::string_view positions_from,
               Output& out);

private:
    [[nodiscard]] Status complete(const Options& options, std::string_view balances_from,
                                  std::string_view positions_from) const;
    [[nodiscard]] record::Account account() const;

    std::string account_id_;
    std::optional<Timestamp> ts_;
    bool balances_ = false, positions_seen_ = false, required_ = false;
    std::vector<std::pair<std::string, double>> collateral_;
    std::vector<Held> positions_;
};

}  // namespace tidemark::feed
