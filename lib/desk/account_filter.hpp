// What the account tools share: the policy they work by, the market they learn, and the options for both.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/tool.hpp"
#include "convert/market_of.hpp"
#include "desk/account_margin.hpp"
#include "desk/market_reading.hpp"
#include "desk/policy_options.hpp"
#include "policy/document.hpp"

namespace tidemark::desk {

struct AccountOptions : PolicyOptions, MarketReading {
    /// Those of the policy, --as-of and --accept-suspect.
    std::vector<cli::Option> options();
    [[nodiscard]] Result<policy::Document> document(std::string_view otherwise = "dynamic") const {
        return PolicyOptions::document(otherwise);
    }
};

/// A filter that learns the market and answers accounts by one policy.
class AccountFilter : public stream::Filter {
public:
    AccountFilter(const policy::Document& document, const MarketReading& reading);

    /// To be called once before the first line. Fails with policy.
    Status open();
    /// The same for a policy that works beside the desk's own.
    Status open_also(const policy::Document& document);

    [[nodiscard]] Use use(std::string_view type) const override;
    Status learn(const json::Line& line, std::string_view type) override;
    Status settle(std::string&) override;
    [[nodiscard]] std::vector<Error> unmet() const override { return convert::unresolved(market_); }

protected:
    [[nodiscard]] const policy::Document& document() const { return document_; }
    [[nodiscard]] const market::Market& market() const { return market_; }

private:
    policy::Document document_;
    market::Market market_;
    convert::MarketFeed feed_;
};

}  // namespace tidemark::desk
