// vol-estimate: how wild each underlying is, realised from candles and implied from option tickers.
#include <optional>

#include "cli/output.hpp"
#include "cli/state_file.hpp"
#include "cli/tool.hpp"
#include "join/vol_desk.hpp"
#include "record/account.hpp"
#include "record/candle.hpp"
#include "record/forecast_evaluation.hpp"

using namespace tidemark;

namespace {

constexpr std::int64_t state_version = 1;

cli::StateKind state_kind() {
    return {"vol-estimate", state_version, join::VolDesk::state_layout()};
}

struct Options {
    join::VolOptions vol;
    bool stream = false;
    std::string state;
};

class VolFilter final : public cli::Filter {
public:
    VolFilter(const Options& options, join::VolDesk& desk) : options_{options}, desk_{desk} {}

    [[nodiscard]] Use use(std::string_view type) const override {
        if (type == record::Candle::type) return Use::digest;
        if (options_.vol.evaluate) return Use::none;
        if (type == record::Account::type) return Use::follow;
        return type == "ticker" || type == "instrument" ? Use::learn : Use::none;
    }

    Status learn(const json::Line& line, std::string_view type) override { return desk_.learn(line, type); }

    [[nodiscard]] std::vector<Error> unmet() const override { return desk_.unmet(); }

    void step(std::string& out) override {
        if (options_.stream) desk_.append_latest(out);
    }

    Status settle(std::string& out) override {
        return options_.vol.evaluate ? desk_.append_evaluations(out) : desk_.append_records(out);
    }

private:
    const Options& options_;
    join::VolDesk& desk_;
};

Status load_state(const Options& options, join::VolDesk& desk) {
    if (options.state.empty()) return Ok{};
    const auto state = cli::read_state(options.state, state_kind());
    if (!state) return state.error();
    if (!*state) return Ok{};
    ByteSource in{**state};
    Status loaded = desk.load(in);
    if (!loaded) loaded.error().message = options.state + ": " + loaded.error().message;
    return loaded;
}

/// After the run: what was written stands, so the state may follow it. A run that stopped keeps the old one.
int save_state(const Options& options, const join::VolDesk& desk, int status) {
    const bool whole = status == cli::exit_ok || status == cli::exit_rejected;
    if (options.state.empty() || !whole) return status;
    ByteSink state;
    desk.save(state);
    const Status saved = cli::write_state(options.state, state_kind(), state.bytes());
    if (saved) return status;
    static_cast<void>(cli::write_all(2, "vol-estimate: " + saved.error().message + "\n"));
    return cli::exit_io;
}

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
            cli::number_column("gaps", "gaps", 0),
            cli::number_column("suspect", "suspect_bars", 0),
            cli::percent_column("screened", "realized.screened.annual_vol", 1)};
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
    Options opts;
    join::VolOptions& options = opts.vol;
    std::optional<join::VolDesk> desk;
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
                    cli::toggle("--svi", options.svi, "fit an arbitrage-free smile to each expiry"),
                    cli::toggle("--stream", opts.stream, "write a vol record after every candle too"),
                    cli::file("--state", opts.state,
                              "go on from what this file keeps, and keep it there at the end"),
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
            if (options.evaluate && (opts.stream || !opts.state.empty()))
                return Error{Errc::usage, "want --evaluate without --stream and --state", "", 0};
            options.resumed = !opts.state.empty();
            desk.emplace(options);
            if (const Status loaded = load_state(opts, *desk); !loaded) {
                desk.reset();
                return loaded.error();
            }
            return std::unique_ptr<cli::Filter>{std::make_unique<VolFilter>(opts, *desk)};
        },
        .instead = {},
        .print = {}};
    const int status = cli::run(tool, settings, argc, argv);
    return desk ? save_state(opts, *desk, status) : status;
}
