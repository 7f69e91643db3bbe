// What a venue reports of an account beside what is computed here, and why the two differ.
#pragma once

#include <memory>
#include <vector>

#include "cli/tool.hpp"
#include "desk/account_filter.hpp"

namespace tidemark::desk {

/// A desk that answers with the reconciliation member. Beside its market it keeps two others, to try causes
/// by: one where futures are marked at their index price, one where every price is one tick behind.
class ReconcileFilter final : public AccountFilter {
public:
    ReconcileFilter(const policy::Document& document, const MarketReading& reading);

    /// To be called in place of open(). Fails with policy.
    Status open_all();

    Status learn(const json::Line& line, std::string_view type) override;
    Status settle(std::string& out) override;
    [[nodiscard]] std::unique_ptr<stream::Worker> worker() const override;

private:
    Status learn_ticker(const json::Line& line);
    Status learn_price(const json::Line& line);

    market::Market at_index_, previous_;
    convert::MarketFeed feed_;
    json::Reader reader_;
};

/// One row a figure.
std::vector<stream::Column> reconcile_columns();

}  // namespace tidemark::desk
