#include "feed/deribit/chain.hpp"

#include <fmt/format.h>

#include <array>

#include "feed/shared/cells.hpp"
#include "feed/shared/object.hpp"
#include "json/escape.hpp"
#include "json/writer.hpp"
#include "market/name_table.hpp"
#include "market/symbol.hpp"
#include "record/price.hpp"
#include "record/ticker.hpp"
#include "stats/distributions/order_statistics.hpp"

namespace tidemark::feed {
namespace {

enum Column : std::size_t {
    ts,
    instrument,
    mark,
    bid,
    ask,
    forward,
    mark_vol,
    open_interest,
    volume,
    index_price,
    type,
    strike,
    expiry
};

constexpr std::array<std::string_view, 13> column_names{"ts|timestamp",      "instrument|instrument_name",
                                                        "mark|mark_price",   "bid|bid_price",
                                                        "ask|ask_price",     "underlying_price",
                                                        "mark_iv",           "open_interest",
                                                        "volume_24h|volume", "index_price",
                                                        "type|option_type",  "strike|strike_price",
                                                        "expiry|expiration"};
constexpr std::size_t required = 3;  // up to mark

std::optional<double> unless_zero(std::optional<double> value) {
    return value == 0.0 ? std::nullopt : value;
}

/// The index of one underlying at the newest time seen, from all rows of that time.
struct Index {
    Timestamp at;
    std::vector<double> prices;

    void add(Timestamp row_ts, double price) {
        if (row_ts < at) return;
        if (row_ts > at) prices.clear();
        at = row_ts;
        prices.push_back(price);
    }
};

class DeribitChain : public Importer {
public:
    explicit DeribitChain(const Options& options) : time_unit_{options.time_unit} {}

    void line(std::string_view text, Output& out) override {
        Status taken = row_.split(text);
        if (taken) taken = is_header() ? columns_.find(row_, column_names, required) : take_row();
        if (!taken) out.errors.push_back(std::move(taken.error()));
    }

    void finish(Output& out) override {
        std::string prices;
        for (std::uint32_t i = 0; i < underlyings_.size(); ++i) {
            const auto median = stats::median(indices_[i].prices);
            if (!median) continue;  // no row of it has an index
            record::Price price;
            price.asset = underlyings_.name(i);
            price.ts = indices_[i].at;
            price.price = *median;
            price.source = "deribit";
            json::append_line(prices, price);
        }
        tickers_.insert(0, prices);
        // A long chain is moved, not copied.
        if (out.lines.empty())
            out.lines.swap(tickers_);
        else
            out.lines += tickers_;
        tickers_.clear();
    }

private:
    [[nodiscard]] bool is_header() const {
        return columns_.width() == 0 || row_.find("instrument") < row_.size() ||
               row_.find("instrument_name") < row_.size();
    }

    Status take_row() {
        if (row_.size() != columns_.width())
            return Error{Errc::wrong_type,
                         fmt::format("want {} columns, got {}", columns_.width(), row_.size()), "", 0};
        Cells cells{row_, columns_, column_names};
        const auto terms = market::parse_symbol(cells.text(instrument));
        if (!terms) {
            cells.refuse(instrument, terms.error().code, json::printable(terms.error().message));
            return std::move(cells.error());
        }
        agree(cells, *terms);
        record::Ticker ticker = read(cells, *terms);
        if (cells.good() && symbols_.find(ticker.symbol))
            cells.refuse(instrument, Errc::conflict,
                         fmt::format("want one row an instrument, got {} twice", ticker.symbol));
        if (!finite(ticker))
            cells.refuse(volume, Errc::out_of_range, "want a volume whose value fits a number");
        if (!cells.good()) return std::move(cells.error());
        symbols_.intern(ticker.symbol);
        json::append_line(tickers_, ticker);
        const std::uint32_t underlying = underlyings_.intern(terms->underlying);
        if (underlying == indices_.size()) indices_.emplace_back();
        if (ticker.index_price) indices_[underlying].add(ticker.ts, *ticker.index_price);
        return Ok{};
    }

    record::Ticker read(Cells& cells, const market::Terms& terms) const {
        using enum json::Rule;
        record::Ticker ticker;
        ticker.symbol = cells.text(instrument);
        ticker.ts = cells.time(ts, time_unit_);
        ticker.mark_price = cells.required(mark, not_negative);
        ticker.bid_price = unless_zero(cells.number(bid, not_negative));
        ticker.ask_price = unless_zero(cells.number(ask, not_negative));
        ticker.forward_price = cells.number(forward, positive);
        ticker.index_price = cells.number(index_price, positive);
        if (terms.kind == market::ContractKind::option && terms.inverse())
            ticker.price_unit = record::PriceUnit::coin;
        ticker.mark_vol = unless_zero(cells.number(mark_vol, any));
        if (ticker.mark_vol) cells.number(mark_vol, vol);
        ticker.open_interest_qty = cells.number(open_interest, not_negative);
        const std::optional<double> traded = cells.number(volume, not_negative);
        if (traded && ticker.index_price) ticker.volume_24h_value = *traded * *ticker.index_price;
        return ticker;
    }

    /// The columns that repeat what the symbol says must say the same.
    void agree(Cells& cells, const market::Terms& terms) const {
        const std::string_view right = cells.text(type);
        const bool call = terms.option_type == pricing::OptionType::call;
        if (!right.empty() && right != (call ? "call" : "put") && right != (call ? "C" : "P"))
            cells.refuse(type, Errc::conflict,
                         fmt::format("want what the symbol says, got '{}'", json::printable(right)));
        if (const auto price = cells.number(strike, json::Rule::positive); price && *price != terms.strike)
            cells.refuse(strike, Errc::conflict,
                         fmt::format("want the symbol's strike {}, got {}", terms.strike, *price));
        if (!cells.text(expiry).empty() && terms.expiry && cells.time(expiry, time_unit_) != *terms.expiry)
            cells.refuse(expiry, Errc::conflict,
                         fmt::format("want the symbol's expiry {}, got {}", to_rfc3339(*terms.expiry),
                                     cells.text(expiry)));
    }

    TimeUnit time_unit_;
    CsvRow row_;
    Columns columns_;
    market::NameTable symbols_, underlyings_;
    std::vector<Index> indices_;  // by underlying
    std::string tickers_;
};

}  // namespace

Result<std::unique_ptr<Importer>> deribit_chain(const Options& options) {
    return std::unique_ptr<Importer>{std::make_unique<DeribitChain>(options)};
}

}  // namespace tidemark::feed
