// A holding in words: what it is priced at, how old that price is, and at what rate it needs margin.
#pragma once

#include <string>

#include "report/standalone.hpp"

namespace tidemark::report {

/// 30 s old; 5 min old.
std::string age_words(Timestamp then, Timestamp now);

class HoldingText {
public:
    /// The account must outlive this; `now` is what ages are counted to.
    HoldingText(const margin::JudgedAccount& account, Timestamp now)
        : account_{account}, valuation_{account.market(), account.model().view()}, now_{now} {}

    /// Why it adds what it does to equity.
    [[nodiscard]] std::string held(const Standalone& alone) const;
    /// Why it needs what it does by itself.
    [[nodiscard]] std::string needed(const Standalone& alone) const;

private:
    [[nodiscard]] std::string balance(const Standalone& alone) const;
    [[nodiscard]] std::string position(const Standalone& alone) const;

    const margin::JudgedAccount& account_;
    market::Valuation valuation_;
    Timestamp now_;
};

}  // namespace tidemark::report
