// Market records as they would be under a shock.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/reader.hpp"
#include "market/shock_coverage.hpp"
#include "record/book.hpp"
#include "record/correlation.hpp"
#include "record/instrument.hpp"
#include "record/liquidity.hpp"
#include "record/price.hpp"
#include "record/ticker.hpp"
#include "record/vol.hpp"

namespace tidemark::convert {

/// Edits market records, line by line, and knows which shocks found nothing to change.
class ShockRecords {
public:
    explicit ShockRecords(market::Shocks shocks)
        : watch_{std::move(shocks)}, quiet_{watch_.shocks().none()} {}

    /// Takes an instrument record in. Fails with conflict where lines of its symbol have been read otherwise
    /// before.
    Status learn(const json::Line& line);

    /// Whether lines of this type are edited: ticker, price, vol, liquidity, book, correlation.
    static bool edits(std::string_view type);

    /// Appends the line under the shock, without a newline. Fails as the reader does; with bad_symbol where a
    /// symbol has no grammar and no instrument record came; with out_of_range where a number would be none
    /// that its field may have, and as market::shocked does.
    Status edit(const json::Line& line, std::string_view type, std::string& out);

    [[nodiscard]] std::vector<Error> unmet() const { return watch_.unmet(); }

private:
    using Of = market::Shock::Of;

    struct Edit {
        std::string_view type;
        Status (ShockRecords::*as)(const json::Line& line, std::string& out);
    };
    static std::span<const Edit> edits();

    template <class Record>
    Status edit_as(const json::Line& line, std::string& out);
    Status shock(record::Ticker& ticker);
    Status shock(record::Book& book);
    Status shock(record::Price& price);
    Status shock(record::Vol& vol);
    Status shock(record::Liquidity& liquidity);
    Status shock(record::Correlation& correlation);

    /// Fails with missing_market where a level is asked for and no price has said how far it is.
    [[nodiscard]] Status known(const market::Terms& terms) const;

    Result<market::Terms> terms_of(std::string_view symbol);

    market::ShockCoverage watch_;
    bool quiet_;             // nothing is changed
    market::Market stated_;  // terms by instrument records
    market::NameTable symbols_;
    std::vector<market::Terms> used_;  // by the number of the symbol: what its lines have been read as
    json::Reader reader_;
};

}  // namespace tidemark::convert
