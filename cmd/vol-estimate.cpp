// vol-estimate: how wild each underlying is, realised from candles and implied from option tickers.
#include <algorithm>
#include <optional>

#include "cli/tool.hpp"
#include "desk/market_reading.hpp"
#include "desk/policy_options.hpp"
#include "desk/vol/vol_filter.hpp"
#include "desk/vol/vol_policy.hpp"
#include "record/account.hpp"
#include "record/candle.hpp"
#include "record/forecast_evaluation.hpp"
#include "record/trade.hpp"

using namespace tidemark;

namespace {

constexpr stream::StateKind state_kind{"vol-estimate", 3};

struct Options {
    desk::VolOptions vol;
    desk::PolicyOptions policy;
    std::optional<std::int64_t> window, horizon, ticker_age, candle_age, trade_bars, index_horizon;
    bool stream = false;
    std::string state;
};

std::vector<std::string> names_and_all() {
    std::vector<std::string> list = vol::names();
    list.emplace_back(desk::every_estimator);
    return list;
}

std::vector<cli::Option> options_of(Options& options) {
    desk::VolOptions& vol = options.vol;
    std::vector<cli::Option> all{
        cli::choice("-e,--estimator", vol.estimator, vol::names(), "realised estimator in use"),
        cli::choices("--also", vol.also, names_and_all(), "another to show, or all; may be repeated"),
        cli::choice("--anchor", vol.anchor, vol::bar_names(),
                    "estimator of the long-run anchor, over all bars"),
        cli::choice("--correlation", vol.correlation, {"sample", "ewma"},
                    "weights of the window's returns in correlation records"),
        cli::duration("-w,--window", options.window, "bars that window estimators read (30d where absent)"),
        cli::duration("--horizon", options.horizon,
                      "term at which implied volatility is read (2d where absent)"),
        cli::duration("--ticker-max-age", options.ticker_age,
                      "oldest option mark used, before the newest (5m where absent)"),
        cli::duration("--candle-max-age", options.candle_age,
                      "oldest last bar that counts as fresh (1d where absent)"),
        cli::duration("--trade-bars", options.trade_bars,
                      "make bars of this length from trades, in place of candles"),
        cli::toggle("--svi", vol.svi, "fit an arbitrage-free smile to each expiry"),
        cli::toggle("--ssvi", vol.ssvi, "fit one arbitrage-free surface to all expiries"),
        cli::choice("--delta", vol.delta, {"forward", "premium-adjusted"},
                    "what 25 delta means in rr25 and bf25"),
        cli::number("--rate", vol.rate_per_year, -1, 1,
                    "yearly rate that option prices in money are discounted with"),
        cli::duration("--index-horizon", options.index_horizon,
                      "term of the model-free index (30d where absent)"),
        cli::toggle("--stress-prob", vol.stress_prob, "tell how likely a stressed regime is"),
        cli::toggle("--tails", vol.tails, "tell how far returns went beyond the volatility foreseen"),
        cli::toggle("--stream", options.stream, "write a vol record after every bar too"),
        cli::file("--state", options.state, "go on from what this file keeps, and keep it there at the end"),
        cli::toggle("--evaluate", vol.evaluate, "judge every forecaster on the bars instead, day by day"),
        cli::number("-y,--days-per-year", vol.days_per_year, 1, 366, "days a year has in annualisation"),
        desk::accept_suspect_option(vol.accept_suspect)};
    for (cli::Option& option : options.policy.options()) all.push_back(std::move(option));
    return all;
}

/// What options cannot say one by one.
Status check(const Options& options) {
    const desk::VolOptions& vol = options.vol;
    const auto refuse = [](const char* what) { return Error{Errc::usage, what, "", 0}; };
    if (vol.evaluate && (options.stream || !options.state.empty()))
        return refuse("want --evaluate without --stream and --state");
    const bool trades = std::any_of(vol.also.begin(), vol.also.end(), [](const std::string& name) {
        return name != desk::every_estimator && vol::find(name)->trades();
    });
    if (vol.trade_bars_ms == 0 && (trades || vol::find(vol.estimator)->trades()))
        return refuse("want --trade-bars for an estimator that reads trades");
    if (vol.policy.anchor_days > 0.0 && vol.anchor != vol::ZeroMeanSum::name)
        return refuse("want --anchor zero-mean where the policy bounds anchor_days");
    return Ok{};
}

Status settle(Options& options) {
    desk::VolOptions& vol = options.vol;
    vol.window_ms = options.window.value_or(vol.window_ms);
    vol.horizon_ms = options.horizon.value_or(vol.horizon_ms);
    vol.ticker_max_age_ms = options.ticker_age.value_or(vol.ticker_max_age_ms);
    vol.candle_max_age_ms = options.candle_age.value_or(vol.candle_max_age_ms);
    vol.index_horizon_ms = options.index_horizon.value_or(vol.index_horizon_ms);
    vol.trade_bars_ms = options.trade_bars.value_or(0);
    const auto document = options.policy.document(desk::vol_policy_preset);
    if (!document) return document.error();
    auto policy = desk::VolPolicy::of(*document);
    if (!policy) return policy.error();
    vol.policy = *std::move(policy);
    return check(options);
}

class VolFilter final : public stream::Filter {
public:
    VolFilter(const Options& options, desk::VolFilter& desk) : options_{options}, desk_{desk} {}

    [[nodiscard]] Use use(std::string_view type) const override {
        const bool trades = options_.vol.trade_bars_ms > 0;
        if (type == (trades ? record::Trade::type : record::Candle::type)) return Use::digest;
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
    desk::VolFilter& desk_;
};

std::vector<stream::Column> columns() {
    return {stream::text_column("underlying", "underlying"),
            stream::percent_column("vol", "annual_vol", 1),
            stream::text_column("from", "estimator"),
            stream::percent_column("anchor", "base_annual_vol", 1),
            stream::percent_column("realised", "realized.annual_vol", 1),
            stream::percent_column("implied", "implied.annual_vol", 1),
            stream::percent_column("rr25", "implied.rr25", 1),
            stream::percent_column("bf25", "implied.bf25", 1),
            stream::percent_column("index", "implied.model_free.annual_vol", 1),
            stream::number_column("bars", "samples", 0),
            stream::number_column("gaps", "gaps", 0),
            stream::number_column("suspect", "suspect_bars", 0),
            stream::percent_column("screened", "realized.screened.annual_vol", 1)};
}

std::vector<stream::Column> evaluation_columns() {
    return {stream::text_column("underlying", "underlying"),
            stream::number_column("rank", "rank", 0),
            stream::text_column("model", "model"),
            stream::number_column("qlike", "qlike", 4),
            stream::number_column("bias", "bias", 2),
            stream::number_column("slope", "mincer_zarnowitz.slope", 2),
            stream::percent_column("r2", "mincer_zarnowitz.r_squared", 1),
            stream::number_column("p best", "against_best.p_value", 3),
            stream::number_column("fails", "var99.failures", 0),
            stream::number_column("due", "var99.expected", 1),
            stream::number_column("p kupiec", "var99.kupiec_p", 3),
            stream::number_column("p indep", "var99.independence_p", 3),
            stream::number_column("p both", "var99.coverage_p", 3),
            stream::text_column("reason", "reason")};
}

}  // namespace

int main(int argc, char** argv) {
    stream::Settings settings;
    Options opts;
    opts.policy.families = {&desk::vol_policies()};
    std::optional<desk::VolFilter> desk;
    cli::Tool tool{
        .name = "vol-estimate",
        .summary = "estimate how wild each underlying is, from candles and option tickers",
        .examples = {{"cat candles.jsonl tickers.jsonl | vol-estimate", "a vol record for each underlying"},
                     {"cat candles.jsonl tickers.jsonl accounts.jsonl | vol-estimate | margin-calc",
                      "margins that move with it"},
                     {"vol-estimate -f table candles.jsonl", "realised volatility, its anchor, and gaps"}},
        .options = options_of(opts),
        .reads = {"candle", "trade", "ticker", "instrument"},
        .digests = {"candle", "trade"},
        .adds = "",
        .adds_records = "vol",
        .columns = columns(),
        .make = [&]() -> Result<std::unique_ptr<stream::Filter>> {
            if (const Status settled = settle(opts); !settled) return settled.error();
            if (opts.vol.evaluate) {
                tool.adds_records = record::ForecastEvaluation::type;
                tool.columns = evaluation_columns();
            }
            desk.emplace(opts.vol);
            return std::unique_ptr<stream::Filter>{std::make_unique<VolFilter>(opts, *desk)};
        },
        .print = [&] { return opts.policy.page(); },
        .state = cli::State{.path = &opts.state,
                            .kind = state_kind,
                            .load = [&](ByteSource& in) { return desk->load(in); },
                            .save = [&](ByteSink& out) { desk->save(out); }}};
    return cli::run(tool, settings, argc, argv);
}
