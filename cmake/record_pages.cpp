// Prints every record's fields in mdoc: the body of tidemark-records(5).
#include <fmt/format.h>

#include <cstdio>

#include "json/describe.hpp"
#include "record/account.hpp"
#include "record/book.hpp"
#include "record/candle.hpp"
#include "record/comparison.hpp"
#include "record/correlation.hpp"
#include "record/error.hpp"
#include "record/forecast_evaluation.hpp"
#include "record/instrument.hpp"
#include "record/liquidation.hpp"
#include "record/liquidity.hpp"
#include "record/margin.hpp"
#include "record/margin_diff.hpp"
#include "record/price.hpp"
#include "record/reconciliation.hpp"
#include "record/scenario.hpp"
#include "record/scenarios.hpp"
#include "record/score.hpp"
#include "record/ticker.hpp"
#include "record/trade.hpp"
#include "record/vol.hpp"

using namespace tidemark;

namespace {

/// Text that mdoc takes as it is: no escapes, and nothing that reads as a macro.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '\\' ? "\\e" : c == '-' ? "\\-" : std::string{c};
    return out;
}

template <class T>
void section(std::string_view name, std::string_view what) {
    fmt::print(".Ss {}\n{}\n.Bl -tag -width Ds\n", name, what);
    for (const json::FieldText& field : json::describe<T>())
        fmt::print(".It Va {} Pq {}{}\n{}.\n", field.name, plain(field.kind),
                   field.required ? "" : ", optional", plain(field.meaning));
    fmt::print(".El\n");
}

/// Why a venue's figure is not ours, from the simplest on.
void causes() {
    fmt::print("The causes of a difference, the simplest first:\n.Bl -tag -width Ds\n");
    for (const DiscrepancyText& cause : discrepancy_texts)
        fmt::print(".It {}\n{}.\n", cause.word, plain(cause.meaning));
    fmt::print(".El\n");
}

}  // namespace

int main() {
    fmt::print(".Sh MARKET RECORDS\n");
    section<record::Instrument>("instrument",
                                "What a symbol stands for, where its own grammar does not say.");
    section<record::Ticker>("ticker", "The newest quotes of one instrument.");
    section<record::Price>("price", "What an asset is worth, and how sure that is.");
    section<record::Candle>("candle", "One finished price bar.");
    section<record::Trade>("trade", "One trade, by the side that took liquidity.");
    section<record::Book>("book", "Resting orders, best first.");
    section<record::Vol>("vol", "How wild an underlying is, realised and implied, and over which term.");
    section<record::Correlation>("correlation", "How underlyings move together.");
    section<record::ForecastEvaluation>("forecast-evaluation",
                                        "How well one forecaster of daily variance did on an underlying.");
    section<record::Liquidity>("liquidity", "How deep a market is, and whether that is running out.");
    section<record::Scenario>("scenario", "What if: shocks with a name, in a file for market-shock.");
    fmt::print(".Sh ACCOUNTS\n");
    section<record::Account>("account", "What an account holds, owes and has ordered.");
    fmt::print(".Sh MEMBERS ADDED TO AN ACCOUNT\n");
    section<record::Score>("score", "How likely it is to reach its margin boundary, and why.");
    section<record::Margin>("margin", "What is required of it, part by part.");
    section<record::Decided>(
        "comparison", "In place of margin, a list with one entry a policy: every member of margin, and");
    section<record::Scenarios>("scenarios",
                               "In place of margin, a list with one entry for all that is shocked together.");
    section<record::Reconciled>("reconciliation",
                                "In place of margin, a list with one entry for each figure of reported.");
    causes();
    section<record::Liquidation>("liquidation", "How far it is from the edge, and what would save it.");
    section<record::MarginDiff>("margin_diff", "How its margin changed between two days, and by what.");
    fmt::print(".Sh STREAM RECORDS\n");
    section<record::Error>("error", "A line that was refused, in its place.");
    section<record::Eos>("eos", "The end of a stream that is whole.");
    return std::fflush(stdout) == 0 ? 0 : 1;
}
