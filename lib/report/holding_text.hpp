// A holding in words: what it is priced at, how old that price is, and at what rate it needs margin.
#pragma once

#include <string>

#include "report/standalone.hpp"

namespace tidemark::join {

/// 30 s old; 5 min old.
std::string age_words(Timestamp then, Timestamp now);

class HoldingWords {
public:
    /// The assessor must outlive this; `now` is what ages are counted to.
    HoldingWords(const Assessor& assessor, Timestamp now)
        : assessor_{assessor}, lens_{assessor.market(), assessor.model().view()}, now_{now} {}

    /// Why it adds what it does to equity.
    [[nodiscard]] std::string held(const Alone& alone) const;
    /// Why it needs what it does by itself.
    [[nodiscard]] std::string needed(const Alone& alone) const;

private:
    [[nodiscard]] std::string balance(const Alone& alone) const;
    [[nodiscard]] std::string position(const Alone& alone) const;

    const Assessor& assessor_;
    market::Lens lens_;
    Timestamp now_;
};

}  // namespace tidemark::join
