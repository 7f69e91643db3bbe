// vol-estimate: how wild each underlying is, realised from candles and implied from option tickers.
#include <algorithm>

#include "cli/tool.hpp"
#include "join/correlation_of.hpp"
#include "join/evaluation_of.hpp"
#include "join/market_feed.hpp"
#include "join/vol_sources.hpp"
#include "json/writer.hpp"
#include "record/account.hpp"
#include "record/candle.hpp"
#include "record/forecast_evaluation.hpp"

using namespace tidemark;

namespace {

class VolFilter final : public cli::Filter {
public:
    explicit VolFilter(const join::VolOptions& options) : options_{options}, sources_{options} {}

    [[nodiscard]] Use use(std::string_view type) const override {
        if (type == record::Candle::type) return Use::digest;
        if (options_.evaluate) return Use::none;
        if (type == record::Account::type) return Use::follow;
        return type == "ticker" || type == "instrument" ? Use::learn : Use::none;
    }

    Status learn(const json::Line& line, std::string_view type) override {
        if (type != record::Candle::type) return feed_.learn(line, type, market_);
        const auto underlying = sources_.learn(line, market_);
        return underlying ? Status{Ok{}} : underlying.error();
    }

    Status settle(std::string& out) override { return options_.evaluate ? evaluate(out) : estimate(out); }

private:
    Status estimate(std::string& out) {
        const Timestamp newest = std::max(sources_.newest(), market_.as_of());
        for (market::AssetId id = 0; id < market_.assets(); ++id) {
            if (has_options(id)) sources_.add(market_.asset_name(id));
        }
        for (const auto& [underlying, source] : sources_.all()) {
            const auto record = join::vol_record(market_, underlying, &source, newest, options_);
            if (!record) return record.error();
            json::append_line(out, *record);
        }
        if (const auto moves = join::correlation_record(sources_.all(), newest, options_))
            json::append_line(out, *moves);
        return Ok{};
    }

    Status evaluate(std::string& out) {
        for (const auto& [underlying, source] : sources_.all()) {
            if (!source.days) continue;
            const Status appended = join::append_evaluation(underlying, *source.days, out);
            if (!appended) return appended;
        }
        return Ok{};
    }

    [[nodiscard]] bool has_options(market::AssetId id) const {
        for (market::InstrumentId i = 0; i < market_.instruments(); ++i) {
            const market::Instrument& instrument = market_.instrument(i);
            if (instrument.underlying == id && instrument.terms.kind == market::ContractKind::option)
                return true;
        }
        return false;
    }

    const join::VolOptions& options_;
    market::Market market_;
    join::MarketFeed feed_;
    join::VolSources sources_;
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

std::vector<cli::Column> evaluation_columns() {
    return {cli::text_column("underlying", "underlying"),
            cli::number_column("rank", "rank", 0),
            cli::text_column("model", "model"),
            cli::number_column("qlike", "qlike", 4),
            cli::number_column("bias", "bias", 2),
            cli::number_column("slope", "mincer_zarnowitz.slope", 2),
            cli::percent_column("r2", "mincer_zarnowitz.r_squared", 1),
            cli::number_column("p best", "against_best.p_value", 3),
            cli::number_column("fails", "var99.failures", 0),
            cli::number_column("due", "var99.expected", 1),
            cli::number_column("p kupiec", "var99.kupiec_p", 3),
            cli::number_column("p indep", "var99.independence_p", 3),
            cli::number_column("p both", "var99.coverage_p", 3),
            cli::text_column("reason", "reason")};
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
                    cli::choice("--correlation", options.correlation, {"sample", "ewma"},
                                "weights of the window's returns in correlation records"),
                    cli::duration("-w,--window", window,
                                  "bars that window estimators read (30d where absent)"),
                    cli::duration("--horizon", horizon,
                                  "term at which implied volatility is read (2d where absent)"),
                    cli::duration("--ticker-max-age", ticker_age,
                                  "oldest option mark used, before the newest (5m where absent)"),
                    cli::duration("--candle-max-age", candle_age,
                                  "oldest last bar that counts as fresh (1d where absent)"),
                    cli::toggle("--evaluate", options.evaluate,
                                "judge every forecaster on the candles instead, day by day"),
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
            if (options.evaluate) {
                tool.adds_records = record::ForecastEvaluation::type;
                tool.columns = evaluation_columns();
            }
            return std::unique_ptr<cli::Filter>{std::make_unique<VolFilter>(options)};
        },
        .instead = {},
        .print = {}};
    return cli::run(tool, settings, argc, argv);
}
