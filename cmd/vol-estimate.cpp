// vol-estimate: how wild each underlying is, realised from candles and implied from option tickers.
#include <algorithm>
#include <map>

#include "cli/tool.hpp"
#include "join/market_feed.hpp"
#include "join/vol_of.hpp"
#include "json/writer.hpp"
#include "record/account.hpp"
#include "record/candle.hpp"

using namespace tidemark;

namespace {

class VolFilter final : public cli::Filter {
public:
    explicit VolFilter(const join::VolOptions& options) : options_{options} {}

    [[nodiscard]] Use use(std::string_view type) const override {
        if (type == record::Candle::type) return Use::digest;
        if (type == record::Account::type) return Use::follow;
        return type == "ticker" || type == "instrument" ? Use::learn : Use::none;
    }

    Status learn(const json::Line& line, std::string_view type) override {
        if (type != record::Candle::type) return feed_.learn(line, type, market_);
        if (const Status read = reader_.read(line, candle_); !read) return read.error();
        const auto bar = candle_.ohlc();
        if (!bar) return bar.error();
        const auto source = source_of(candle_.symbol);
        if (!source) return source.error();
        if (!(*source)->bars) {
            auto made = vol::BarSeries::make(candle_.interval_ms, options_.window_ms, options_.days_per_year);
            if (!made) return made.error();
            (*source)->bars = *std::move(made);
        }
        if ((*source)->bars->interval_ms() != candle_.interval_ms)
            return Error{Errc::bad_series, "want the interval of the bars before", "interval_ms", 0};
        newest_ = std::max(newest_, Timestamp{candle_.ts.ms + candle_.interval_ms});
        return (*source)->bars->add(candle_.ts, *bar);
    }

    Status settle(std::string& out) override {
        const Timestamp newest = std::max(newest_, market_.as_of());
        for (market::AssetId id = 0; id < market_.assets(); ++id) {
            if (has_options(id)) sources_.try_emplace(market_.asset_name(id));
        }
        for (const auto& [underlying, source] : sources_) {
            const auto record = join::vol_record(market_, underlying, &source, newest, options_);
            if (!record) return record.error();
            json::append_line(out, *record);
        }
        return Ok{};
    }

private:
    [[nodiscard]] bool has_options(market::AssetId id) const {
        for (market::InstrumentId i = 0; i < market_.instruments(); ++i) {
            const market::Instrument& instrument = market_.instrument(i);
            if (instrument.underlying == id && instrument.terms.kind == market::ContractKind::option)
                return true;
        }
        return false;
    }

    /// The series of the symbol's underlying; one symbol's bars stand for it.
    Result<join::VolSource*> source_of(std::string_view symbol) {
        if (const auto known = symbols_.find(symbol)) return by_symbol_[*known];
        const auto underlying = underlying_of(symbol);
        if (!underlying) return underlying.error();
        join::VolSource& source = sources_[*underlying];
        if (source.symbol.empty()) source.symbol = symbol;
        if (source.symbol != symbol)
            return Error{
                Errc::bad_series,
                "want candles of one symbol an underlying; those of " + source.symbol + " came first",
                "symbol", 0};
        symbols_.intern(symbol);
        by_symbol_.push_back(&source);
        return &source;
    }

    Result<std::string> underlying_of(std::string_view symbol) const {
        if (const auto known = market_.find_instrument(symbol))
            return market_.instrument(*known).terms.underlying;
        const auto parsed = market::parse_symbol(symbol);
        if (!parsed) return parsed.error();
        return parsed->underlying;
    }

    const join::VolOptions& options_;
    market::Market market_;
    join::MarketFeed feed_;
    json::Reader reader_;
    record::Candle candle_;
    std::map<std::string, join::VolSource, std::less<>> sources_;  // by underlying
    market::NameTable symbols_;                                    // of candles
    std::vector<join::VolSource*> by_symbol_;
    Timestamp newest_;
};

std::vector<cli::Column> columns() {
    return {cli::text_column("underlying", "underlying"),
            cli::percent_column("vol", "annual_vol", 1),
            cli::text_column("from", "estimator"),
            cli::percent_column("anchor", "base_annual_vol", 1),
            cli::percent_column("realised", "realized.annual_vol", 1),
            cli::percent_column("implied", "implied.annual_vol", 1),
            cli::percent_column("rr25", "implied.rr25", 1),
            cli::percent_column("bf25", "implied.bf25", 1),
            cli::number_column("bars", "samples", 0),
            cli::number_column("gaps", "gaps", 0)};
}

}  // namespace

int main(int argc, char** argv) {
    cli::Settings settings;
    join::VolOptions options;
    std::optional<std::int64_t> window, horizon, ticker_age, candle_age;
    cli::Tool tool{
        .name = "vol-estimate",
        .summary = "estimate how wild each underlying is, from candles and option tickers",
        .examples = {{"cat candles.jsonl tickers.jsonl | vol-estimate", "a vol record for each underlying"},
                     {"cat candles.jsonl tickers.jsonl accounts.jsonl | vol-estimate | margin-calc",
                      "margins that move with it"},
                     {"vol-estimate -f table candles.jsonl", "realised volatility, its anchor, and gaps"}},
        .options = {cli::choice("-e,--estimator", options.estimator, vol::names(),
                                "realised estimator in use"),
                    cli::choice("--anchor", options.anchor, vol::names(),
                                "estimator of the long-run anchor, over all bars"),
                    cli::duration("-w,--window", window,
                                  "bars that window estimators read (30d where absent)"),
                    cli::duration("--horizon", horizon,
                                  "term at which implied volatility is read (2d where absent)"),
                    cli::duration("--ticker-max-age", ticker_age,
                                  "oldest option mark used, before the newest (5m where absent)"),
                    cli::duration("--candle-max-age", candle_age,
                                  "oldest last bar that counts as fresh (1d where absent)"),
                    cli::number("-y,--days-per-year", options.days_per_year, 1, 366,
                                "days a year has in annualisation")},
        .reads = {"candle", "ticker", "instrument"},
        .digests = {"candle"},
        .adds = "",
        .adds_records = "vol",
        .columns = columns(),
        .make = [&]() -> Result<std::unique_ptr<cli::Filter>> {
            options.window_ms = window.value_or(options.window_ms);
            options.horizon_ms = horizon.value_or(options.horizon_ms);
            options.ticker_max_age_ms = ticker_age.value_or(options.ticker_max_age_ms);
            options.candle_max_age_ms = candle_age.value_or(options.candle_max_age_ms);
            return std::unique_ptr<cli::Filter>{std::make_unique<VolFilter>(options)};
        },
        .instead = {},
        .print = {}};
    return cli::run(tool, settings, argc, argv);
}
