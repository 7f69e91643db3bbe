// An account record to its margin, by one policy: what margin-calc writes and the other tools build on.
#pragma once

#include <string>

#include "convert/portfolio_of.hpp"
#include "margin/model/judged_account.hpp"
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

    /// The last account assessed, where it has figures: its netting sets and what each requires.
    [[nodiscard]] const margin::JudgedAccount& judged() const { return judged_; }
    [[nodiscard]] margin::Model& model() const { return judged_.model(); }
    [[nodiscard]] const market::Market& market() const { return judged_.market(); }
    /// The asset that amounts are in.
    [[nodiscard]] market::AssetId cash() const { return cash_; }

private:
    explicit AccountMargin(margin::JudgedAccount judged) : judged_{std::move(judged)} {}

    Status check_currency(const record::Account& account);
    Status judge(const record::Account& account);
    void begin(const record::Account& account);
    void put_figures();
    [[nodiscard]] bool owes_freely();
    void put_isolated();
    void put_worst(const margin::WorstScenario& scenario);
    void put_indeterminate(const Error& error);

    margin::JudgedAccount judged_;
    std::string reason_;
    market::AssetId cash_ = 0;
    record::Margin margin_;
    json::Named moves_;  // room kept for the worst scenario's
};

/// Makes the market know what the policy takes at par; to be called once, before accounts are read. Fails
/// with policy.
Status know_par_assets(const policy::Document& document, market::Market& market);

}  // namespace tidemark::desk
