#include "feed/deribit/messages.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "feed/deribit/account.hpp"
#include "feed/deribit/market.hpp"
#include "feed/shared/candle_series.hpp"
#include "feed/shared/documents.hpp"
#include "json/escape.hpp"

namespace tidemark::feed {
namespace {

class Deribit : public Documents {
public:
    explicit Deribit(const Options& options)
        : options_{options}, candles_{options.interval_ms, options.as_of} {}

private:
    void document(const json::Line& document, Output& out) override {
        envelope({&document, json::Line::root, ""}, out);
    }

    void end(Output& out) override {
        if (Status ended = candles_.finish(); !ended) out.errors.push_back(std::move(ended.error()));
        draft_.write(options_, "get_account_summaries", "get_positions", out);
    }

    void envelope(const Place& place, Output& out) {
        if (place.is(json::Kind::array))
            return each(place, [&](const Place& element) { envelope(element, out); });
        Object message{place};
        if (message.holds("error", json::Kind::object)) {
            Object error{*message.member("error")};
            message.refuse(Errc::wrong_type, "error",
                           fmt::format("want an answer, got the venue's error '{}'",
                                       json::printable(error.text("message").value_or("").substr(0, 80))));
            return out.errors.push_back(std::move(message.error()));
        }
        answered_ = message.time("usOut", TimeUnit::us);
        if (const auto params = message.member("params")) {
            const auto data = Object{*params}.member("data");
            if (data) rows(*data, out);  // else a heartbeat
        } else if (const auto result = message.member("result")) {
            rows(*result, out);
        } else if (!message.holds("result", json::Kind::string)) {  // else an acknowledgement
            row(place, out);
        }
    }

    void rows(const Place& place, Output& out) {
        if (!place.is(json::Kind::array)) return row(place, out);
        if (place.token().next == place.at + 1) draft_.seen_positions();  // none are held
        each(place, [&](const Place& element) {
            if (!element.is(json::Kind::string)) row(element, out);  // else channels that were subscribed to
        });
    }

    void row(const Place& place, Output& out) {
        Object object{place};
        if (place.is(json::Kind::object)) {
            take(object, out);
        } else {
            object.refuse(Errc::wrong_type, "", "want an object");
        }
        if (!object.good()) out.errors.push_back(std::move(object.error()));
    }

    void take(Object& row, Output& out) {
        if (row.has("summaries")) return take_summaries(row, out);
        if (row.has("ticks")) return take_chart(row, out);
        if (row.holds("trades", json::Kind::array)) return rows(*row.member("trades"), out);
        if (row.has("trade_id")) return put(deribit_trade(row), row, out);
        if (row.has("bids") || row.has("asks")) return take_book(row, out);
        if (row.has("size") && row.has("average_price")) return take_position(row);
        if (row.has("balance") && row.has("currency")) return take_summary(row);
        if (row.has("kind") && row.has("contract_size")) {
            if (const auto instrument = deribit_instrument(row, answered_)) put(*instrument, row, out);
            return;
        }
        if (row.has("mark_price")) return put(deribit_ticker(row), row, out);
        row.refuse(Errc::wrong_type, "", "want an answer that this source reads (see its list)");
    }

    template <class Record>
    void put(const Record& record, const Object& row, Output& out) {
        if (row.good()) checked_.put(record, row, out);
    }

    void take_book(Object& row, Output& out) {
        put(deribit_book(row), row, out);
        if (row.good() && row.has("mark_price")) put(deribit_ticker(row), row, out);
    }

    void take_position(Object& row) {
        draft_.seen_positions();
        if (answered_) draft_.seen_at(*answered_);
        auto held = deribit_position(row);
        if (!held || !row.good()) return;
        if (const Status kept = draft_.hold(*std::move(held)); !kept)
            row.refuse(kept.error().code, "instrument_name", kept.error().message);
    }

    void take_summaries(Object& answer, Output& out) {
        take_id(answer);
        const auto summaries = answer.member("summaries");
        if (!summaries) return answer.refuse(Errc::wrong_type, "summaries", "want an array");
        each(*summaries, [&](const Place& element) {
            Object summary{element};
            take_summary(summary);
            if (!summary.good()) out.errors.push_back(std::move(summary.error()));
        });
    }

    void take_summary(Object& row) {
        take_id(row);
        if (answered_) draft_.seen_at(*answered_);
        add_deribit_summary(row, draft_);
    }

    /// The account's id is a number, and a name all the same.
    void take_id(const Object& row) {
        const std::uint32_t at = row.place().line->find(row.place().at, "id");
        if (at != 0 && row.place().line->at(at).kind == json::Kind::number)
            draft_.name(row.place().line->raw(row.place().line->at(at)));
    }

    void take_chart(Object& chart, Output& out);

    const Options options_;
    CandleSeries candles_;
    AccountDraft draft_;
    Checked checked_;
    std::optional<Timestamp> answered_;  // when the message at hand was sent
};

/// Columns of numbers, one a member, all of one length.
void Deribit::take_chart(Object& chart, Output& out) {
    if (options_.symbol.empty())
        return chart.refuse(Errc::missing_field, "",
                            "want --symbol: chart data does not name its instrument");
    if (chart.required_text("status") != "ok")
        return chart.refuse(Errc::out_of_range, "status", "want ok, for anything else has no candles");
    constexpr std::array<std::string_view, 6> names{"ticks", "open", "high", "low", "close", "volume"};
    std::array<std::vector<double>, names.size()> columns;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto column = chart.member(names[i]);
        if (!column) return chart.refuse(Errc::missing_field, names[i], "want an array, got none");
        each(*column, [&](const Place& cell) {
            if (!cell.is(json::Kind::number)) chart.refuse(Errc::wrong_type, names[i], "want numbers only");
            columns[i].push_back(cell.token().number);
        });
        if (columns[i].size() != columns[0].size())
            chart.refuse(Errc::wrong_type, names[i], "want as many numbers as there are ticks");
    }
    for (std::size_t i = 0; i < columns[0].size() && chart.good(); ++i) {
        record::Candle candle;
        candle.symbol = options_.symbol;
        if (!(std::fabs(columns[0][i]) < 1e15))
            return chart.refuse(Errc::bad_timestamp, "ticks", "want ms between 2000 and 2100");
        candle.ts = Timestamp{static_cast<std::int64_t>(columns[0][i])};
        candle.open = columns[1][i];
        candle.high = columns[2][i];
        candle.low = columns[3][i];
        candle.close = columns[4][i];
        candle.volume = columns[5][i];
        if (!believed(candle.ts))
            return chart.refuse(Errc::bad_timestamp, "ticks", "want ms between 2000 and 2100");
        if (const Status kept = candles_.put(candle, out.lines); !kept)
            chart.refuse(kept.error().code, fmt::format("ticks[{}]", i), kept.error().message);
    }
}

}  // namespace

Result<std::unique_ptr<Importer>> deribit(const Options& options) {
    return std::unique_ptr<Importer>{std::make_unique<Deribit>(options)};
}

}  // namespace tidemark::feed
