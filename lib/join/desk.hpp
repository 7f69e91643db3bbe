// What the account tools share: the policy they work by, the market they learn, and the options for both.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/tool.hpp"
#include "join/assessor.hpp"
#include "join/market_feed.hpp"
#include "policy/document.hpp"

namespace tidemark::join {

struct DeskOptions {
    std::string policy;  // empty: what the lines say, or dynamic
    std::vector<std::string> set;
    bool list = false;
    std::string print;
    std::optional<Timestamp> as_of;

    /// --policy, --set, --list-policies, --print-policy, --as-of.
    std::vector<cli::Option> options();
    /// The page that --list-policies or --print-policy asks for.
    [[nodiscard]] Result<std::optional<std::string>> page() const;
    /// The policy, with what --set changes. `otherwise` is taken where --policy names none.
    [[nodiscard]] Result<policy::Document> document(std::string_view otherwise = "dynamic") const;
};

/// A filter that learns the market and answers accounts by one policy.
class Desk : public cli::Filter {
public:
    Desk(const policy::Document& document, std::optional<Timestamp> as_of);

    /// To be called once before the first line. Fails with policy.
    Status open();

    [[nodiscard]] Use use(std::string_view type) const override;
    Status learn(const json::Line& line, std::string_view type) override;
    Status settle(std::string&) override;
    [[nodiscard]] std::vector<Error> unmet() const override { return unresolved(market_); }

protected:
    [[nodiscard]] const policy::Document& document() const { return document_; }
    [[nodiscard]] const market::Market& market() const { return market_; }

private:
    policy::Document document_;
    market::Market market_;
    MarketFeed feed_;
};

}  // namespace tidemark::join
