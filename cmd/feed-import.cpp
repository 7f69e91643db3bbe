// feed-import: venue files to native records.
#include <algorithm>
#include <memory>

#include "cli/tool.hpp"
#include "feed/feed.hpp"

using namespace tidemark;

namespace {

struct Options {
    std::string from, time_unit = "auto";
    feed::Options feed;
    double contract_size = 0.0;
    bool list_sources = false;

    std::vector<cli::Option> all() {
        return {
            cli::choice("--from", from, feed::names(), "what the input is (see --list-sources)"),
            cli::text("--symbol", feed.symbol, "SYMBOL", "instrument of rows that do not name theirs"),
            cli::duration("--interval", feed.interval_ms, "length of a candle, such as 1h"),
            cli::text("--map", feed.map, "MEMBER=COLUMN,...", "where csv finds each member of the record"),
            cli::text("--account-id", feed.account_id, "ID", "name of an account that does not name itself"),
            cli::time("--as-of", feed.as_of, "when answers were fetched that do not say so themselves"),
            cli::number("--contract-size", contract_size, 0.0, 1e12,
                        "base units of one contract (quote units if inverse); 0 is as the input says"),
            cli::choice("--time-unit", time_unit, {"auto", "s", "ms", "us", "ns"},
                        "unit of whole-number times; auto tells it by their size"),
            cli::toggle("--list-sources", list_sources, "print what can be read, and end")};
    }

    [[nodiscard]] Result<std::unique_ptr<feed::Importer>> importer() {
        if (from.empty())
            return Error{Errc::usage, "want --from; feed-import --list-sources shows what can be read", "",
                         0};
        constexpr std::string_view units[] = {"auto", "s", "ms", "us", "ns"};
        feed.time_unit = static_cast<feed::TimeUnit>(std::ranges::find(units, time_unit) - units);
        if (contract_size > 0.0) feed.contract_size = contract_size;
        return feed::make(from, feed);
    }

    [[nodiscard]] std::optional<std::string> page() const {
        if (!list_sources) return std::nullopt;
        std::string text;
        for (const feed::Source& source : feed::sources())
            text.append(source.name)
                .append(": ")
                .append(source.summary)
                .append("\n    ")
                .append(source.reads) += '\n';
        return text;
    }
};

/// Every line is the importer's.
class ImportFilter final : public stream::Filter {
public:
    explicit ImportFilter(std::unique_ptr<feed::Importer> importer) : importer_{std::move(importer)} {}

    [[nodiscard]] bool imports() const override { return true; }
    void import_line(std::string_view line, stream::Imported& out) override {
        importer_->line(line, given_);
        pass_on(out);
    }
    void end_import(stream::Imported& out) override {
        importer_->finish(given_);
        pass_on(out);
    }

    [[nodiscard]] Use use(std::string_view) const override { return Use::none; }
    Status learn(const json::Line&, std::string_view) override { return Ok{}; }

private:
    void pass_on(stream::Imported& out) {
        out.lines.swap(given_.lines);
        out.errors.swap(given_.errors);
        out.refused.swap(given_.refused);
        given_.lines.clear();
        given_.refused.clear();
        given_.errors.clear();
    }

    std::unique_ptr<feed::Importer> importer_;
    feed::Output given_;
};

Result<std::unique_ptr<stream::Filter>> make_filter(Options& options, const stream::Settings& settings) {
    auto importer = options.importer();
    if (!importer) return importer.error();
    if (settings.require_eos)
        return Error{Errc::usage, "venues send no end-of-stream record", "--require-eos", 0};
    return std::unique_ptr<stream::Filter>{std::make_unique<ImportFilter>(*std::move(importer))};
}

}  // namespace

int main(int argc, char** argv) {
    stream::Settings settings;
    settings.max_line = std::int64_t{64} << 20;  // an answer with every option of a venue is one line
    Options options;
    cli::Tool tool{
        .name = "feed-import",
        .summary = "turn what venues write into native records",
        .examples = {{"feed-import --from deribit-chain chain.csv.gz",
                      "a chain's tickers, and prices before them"},
                     {"feed-import --from binance-kline --symbol BTCUSDT BTCUSDT-1h-*.csv", "candles"},
                     {"feed-import --from deribit summaries.json positions.json",
                      "one account out of two answers"},
                     {"feed-import --from csv --map type=price,ts=day,price=usd,asset=\"'BTC'\" btc.csv",
                      "any table"}},
        .options = options.all(),
        .reads = feed::names(),
        .digests = {},
        .adds = "",
        .adds_records = "instrument, ticker, price, candle, trade, book, account",
        .columns = {},
        .make = [&] { return make_filter(options, settings); },
        .print = [&]() -> Result<std::optional<std::string>> { return options.page(); }};
    return cli::run(tool, settings, argc, argv);
}
