// An account record to its margin, by one policy: what margin-calc writes and the other tools build on.
#pragma once

#include <memory>
#include <string>

#include "convert/portfolio_of.hpp"
#include "margin/model/model.hpp"
#include "record/account.hpp"
#include "record/margin.hpp"

namespace tidemark::desk {

class AccountMargin {
public:
    /// Fails with policy.
    static Result<AccountMargin> make(const policy::Document& document, const market::Market& market);

    /// The margin of the account; views in it hold until the next call. Where it cannot be computed its
    /// status is indeterminate, with a reason and no figures.
    const record::Margin& assess(const record::Account& account);

    /// Makes portfolio() and requirement() those of one isolated position. Fails as the account would be
    /// indeterminate.
    Status isolate(const record::Account& account, std::size_t position);

    /// Of the last account assessed in cross mode, with figures, or of the last position isolated: what it
    /// was computed from.
    [[nodiscard]] const market::Portfolio& portfolio() const { return portfolio_; }
    [[nodiscard]] const margin::Requirement& requirement() const { return requirement_; }
    [[nodiscard]] margin::Model& model() const { return *model_; }
    [[nodiscard]] const market::Market& market() const { return *market_; }
    [[nodiscard]] const policy::Document& policy() const { return document_; }
    /// The asset that amounts are in.
    [[nodiscard]] market::AssetId cash() const { return cash_; }

private:
    AccountMargin(const policy::Document& document, const market::Market& market,
                  std::unique_ptr<margin::Model> model);

    Status check_currency(const record::Account& account);
    Status assess_cross(const record::Account& account);
    Status assess_isolated(const record::Account& account);
    Status add_isolated(const record::Account& account, std::size_t i);
    void begin(const record::Account& account);
    void put_figures();
    void put_indeterminate(const Error& error);

    const market::Market* market_;
    std::unique_ptr<margin::Model> model_;
    policy::Document document_;
    std::string reason_;
    market::AssetId cash_ = 0;
    market::Portfolio portfolio_;
    margin::Requirement requirement_, one_;
    record::Margin margin_;
    json::Named moves_;  // room kept for the worst scenario's
};

/// Makes the market know what the policy takes at par; to be called once, before accounts are read. Fails
/// with policy.
Status know_par_assets(const policy::Document& document, market::Market& market);

}  // namespace tidemark::desk
