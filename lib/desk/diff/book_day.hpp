// One day as a file holds it: the newest market state, and the newest line of every account.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "convert/market_of.hpp"
#include "desk/market_reading.hpp"
#include "json/reader.hpp"
#include "record/account.hpp"

namespace tidemark::desk {

class BookDay {
public:
    struct Held {
        std::string line;  // with padding behind it
        std::size_t size = 0;
        record::Account account;               // views into `line`, or into `reader`
        std::unique_ptr<json::Reader> reader;  // of its own where the line has escapes

        [[nodiscard]] std::string_view text() const { return std::string_view{line}.substr(0, size); }
    };
    using Accounts = std::map<std::string, std::unique_ptr<Held>, std::less<>>;  // by account_id

    explicit BookDay(const MarketReading& reading) : as_of_{reading.as_of} { reading.begin(market_); }

    /// Takes a market record or an account in; other types are let pass. The newest line of an account
    /// counts, whatever their order. Fails as the reader and the market do, with conflict for two account
    /// lines that differ at one time.
    Status learn(const json::Line& line, std::string_view type);

    /// A line about this account could not be read: nothing is known of it.
    void refuse(std::string_view account_id) { refused_.emplace(account_id); }
    /// Whether it may have been about this account: a line that was too damaged to tell may have been any's.
    [[nodiscard]] bool may_have_refused(std::string_view account_id) const {
        return refused_.contains(account_id) || (refused_.contains("") && !accounts_.contains(account_id));
    }

    [[nodiscard]] market::Market& market() { return market_; }
    [[nodiscard]] const market::Market& market() const { return market_; }
    [[nodiscard]] const Accounts& accounts() const { return accounts_; }
    /// What Market::set_as_of was given.
    [[nodiscard]] std::optional<Timestamp> fixed_as_of() const { return as_of_; }

private:
    Status take_account(std::string_view text);

    std::optional<Timestamp> as_of_;
    market::Market market_;
    convert::MarketFeed feed_;
    json::Line line_{json::Limits{.line_bytes = std::size_t{1} << 30}};
    json::Reader reader_;
    Accounts accounts_;
    std::set<std::string, std::less<>> refused_;
};

}  // namespace tidemark::desk
