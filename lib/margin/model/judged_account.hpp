// One account after the other under one policy: its netting sets, what each requires, and all of them
// together.
#pragma once

#include <memory>
#include <span>

#include "margin/model/netting_set.hpp"

namespace tidemark::margin {

/// Owned by one thread, as its model is.
class JudgedAccount {
public:
    /// Fails with policy. The market must outlive it.
    static Result<JudgedAccount> make(const policy::Document& document, const market::Market& market);

    /// To be filled with the sets of the next account.
    NettingSets& sets_to_fill() { return sets_; }
    /// Judges the sets that were filled in. Fails as margin::judge does.
    Status judge();

    [[nodiscard]] std::span<const NettingSet> sets() const { return sets_.all(); }
    /// Whether it is one cross set: what is netted as a whole.
    [[nodiscard]] bool whole() const { return sets().size() == 1 && !sets().front().isolated; }
    /// Of all sets together.
    [[nodiscard]] const Requirement& total() const { return whole() ? sets().front().requirement : total_; }

    [[nodiscard]] Model& model() const { return *model_; }
    [[nodiscard]] const market::Market& market() const { return *market_; }
    [[nodiscard]] const policy::Document& policy() const { return document_; }

private:
    JudgedAccount(const policy::Document& document, const market::Market& market,
                  std::unique_ptr<Model> model)
        : market_{&market}, document_{document}, model_{std::move(model)} {}

    const market::Market* market_;
    policy::Document document_;
    std::unique_ptr<Model> model_;
    NettingSets sets_;
    Requirement total_;
};

}  // namespace tidemark::margin
