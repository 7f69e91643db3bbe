#include "feed/ccxt/structures.hpp"

#include <fmt/format.h>

#include "feed/ccxt/account.hpp"
#include "feed/ccxt/market.hpp"
#include "feed/shared/candle_series.hpp"
#include "feed/shared/documents.hpp"
#include "json/escape.hpp"

namespace tidemark::feed {
namespace {

class Ccxt : public Documents {
public:
    explicit Ccxt(const Options& options)
        : options_{options},
          candles_{options.interval_ms, options.as_of},
          contracts_{options.contract_size} {}

private:
    void document(const json::Line& document, Output& out) override {
        value({&document, json::Line::root, ""}, out);
    }

    void end(Output& out) override {
        if (Status ended = candles_.finish(); !ended) out.errors.push_back(std::move(ended.error()));
        draft_.write(options_, "fetchBalance's answer", "fetchPositions' answer ([] where there are none)",
                     out);
    }

    /// A structure, an array or a map of them, or rows of candles.
    void value(const Place& place, Output& out) {
        if (place.is(json::Kind::array)) {
            const bool empty = place.token().next == place.at + 1;
            if (empty) return draft_.seen_positions();  // none are held
            if (place.line->at(place.at + 1).kind == json::Kind::number) return candle(place, out);
            return each(place, [&](const Place& element) { value(element, out); });
        }
        Object row{place};
        if (!place.is(json::Kind::object)) {
            row.refuse(Errc::wrong_type, "", "want an object or an array");
        } else if (!take(row, out)) {
            return members(place, out);
        }
        if (!row.good()) out.errors.push_back(std::move(row.error()));
    }

    /// A map from symbols to structures; anything else is unknown.
    void members(const Place& place, Output& out) {
        Object object{place};
        const json::Line& line = *place.line;
        bool map = place.token().next > place.at + 1 && !object.has("symbol");
        for (std::uint32_t key = place.at + 1; key < place.token().next; key = line.at(key + 1).next)
            map = map &&
                  (line.at(key + 1).kind == json::Kind::object || line.at(key + 1).kind == json::Kind::array);
        if (!map) {
            object.refuse(Errc::wrong_type, "",
                          "want a unified structure that this source reads (see its list)");
            return out.errors.push_back(std::move(object.error()));
        }
        for (std::uint32_t key = place.at + 1; key < place.token().next; key = line.at(key + 1).next) {
            const std::string name = json::printable(line.raw(line.at(key)));
            value({place.line, key + 1, place.path.empty() ? name : place.path + "." + name}, out);
        }
    }

    /// False where the object is none of the structures that are known by their members.
    bool take(Object& row, Output& out) {
        if (row.has("bids") && row.has("asks"))
            put(ccxt_book(row, options_, contracts_), row, out);
        else if (row.has("contracts") && row.has("side"))
            take_position(row);
        else if (row.has("fundingRate"))
            put(ccxt_funding(row, options_), row, out);
        else if (row.has("markImpliedVolatility") || row.has("impliedVolatility"))
            put(ccxt_greeks(row, options_), row, out);
        else if (row.has("total") && row.has("free"))
            add_ccxt_balance(row, draft_), see(row);
        else if (row.has("remaining") || row.has("triggerPrice"))
            row.refuse(Errc::wrong_type, "", "want no orders: this source does not read them");
        else if (row.has("amount") && row.has("price") && row.has("side"))
            put(ccxt_trade(row, options_, contracts_), row, out);
        else if (row.has("base") && row.has("quote") && row.has("type"))
            put(ccxt_instrument(row, contracts_), row, out);
        else if (row.has("bid") && row.has("ask"))
            put(ccxt_ticker(row, options_), row, out);
        else
            return false;
        return true;
    }

    template <class Record>
    void put(const Record& record, const Object& row, Output& out) {
        if (row.good()) checked_.put(record, row, out);
    }

    void take_position(Object& row) {
        draft_.seen_positions();
        see(row);
        auto held = ccxt_position(row, options_, contracts_);
        if (!held || !row.good()) return;
        if (const Status kept = draft_.hold(*std::move(held)); !kept)
            row.refuse(kept.error().code, "symbol", kept.error().message);
    }

    /// An account is as new as the newest answer about it.
    void see(Object& row) {
        if (const auto time = row.time("timestamp", options_.time_unit)) draft_.seen_at(*time);
    }

    /// [time, open, high, low, close, volume]
    void candle(const Place& place, Output& out) {
        Object row{place};
        std::array<std::optional<double>, 6> cells;
        std::size_t count = 0;
        for (std::uint32_t i = place.at + 1; i < place.token().next; i = place.line->at(i).next, ++count) {
            if (count < cells.size() && place.line->at(i).kind == json::Kind::number)
                cells[count] = place.line->at(i).number;
        }
        if (options_.symbol.empty())
            row.refuse(Errc::missing_field, "", "want --symbol: candles do not name their instrument");
        if (count != cells.size() || !cells[0] || !cells[1] || !cells[2] || !cells[3] || !cells[4])
            row.refuse(Errc::wrong_type, "", "want [time, open, high, low, close, volume]");
        if (row.good())
            keep({options_.symbol, {}, 0, *cells[1], *cells[2], *cells[3], *cells[4], cells[5]}, row, out);
        if (!row.good()) out.errors.push_back(std::move(row.error()));
    }

    void keep(record::Candle candle, Object& row, Output& out) {
        const auto ts =
            read_time(row.place().line->raw(row.place().line->at(row.place().at + 1)), options_.time_unit);
        if (!ts) return row.refuse(ts.error().code, "[0]", ts.error().message);
        candle.ts = *ts;
        if (const Status kept = candles_.put(candle, out.lines); !kept)
            row.refuse(kept.error().code, "", kept.error().message);
    }

    const Options options_;
    CandleSeries candles_;
    CcxtContracts contracts_;
    AccountDraft draft_;
    Checked checked_;
};

}  // namespace

Result<std::unique_ptr<Importer>> ccxt(const Options& options) {
    return std::unique_ptr<Importer>{std::make_unique<Ccxt>(options)};
}

}  // namespace tidemark::feed
