// An account to its liquidation member: how far from the edge, how likely, and what would save it.
#pragma once

#include <string>
#include <vector>

#include "desk/account_margin.hpp"
#include "liquidation/distance.hpp"
#include "record/liquidation.hpp"

namespace tidemark::desk {

struct LiquidationOptions {
    std::vector<double> horizon_hours{1.0, 24.0, 168.0};  // of touch_prob
    bool distance = true;  // roots and touch probabilities, which reprice the book hundreds of times
    bool advice = true;    // top_up and reduce, for accounts below their initial margin
};

class Liquidator {
public:
    Liquidator(AccountMargin account_margin, LiquidationOptions options);

    /// The liquidation member of the account; views in it hold until the next call. Isolated positions stand
    /// or fall alone: the account is as near the edge as the worst of them.
    const record::Liquidation& judge(const record::Account& account);

private:
    [[nodiscard]] liquidation::Case case_of(const margin::NettingSet& set) const;
    void put_status();
    Status put_ways();
    Status put_distance(const margin::NettingSet& set);
    void put_touch(const liquidation::Case& account, const std::vector<liquidation::Root>& roots);
    Status put_advice(const margin::NettingSet& set);
    void put_indeterminate(std::string_view reason);
    void put_no_distance(const Error& error);

    AccountMargin account_margin_;
    LiquidationOptions options_;
    std::vector<std::string> horizon_names_;
    std::string reason_;
    std::optional<Error> unknown_touch_;  // why a set has no touch probability
    record::Liquidation out_;
};

}  // namespace tidemark::desk
