// chain_check: reads an option chain as CSV (mark, mark_iv, delta, underlying_price, tte_years) on standard
// input and holds our Black-76 and implied volatility against what the venue published. Prints the errors;
// exit 1 where one is beyond its limit.
//
// In a fast market a row's underlying_price is older or newer than its mark. What the venue priced with shows
// in its own marks: a call less its put of one strike is (F - K) / F coins. Errors are judged at that
// forward, and printed at the published one too.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "pricing/black76.hpp"
#include "pricing/implied_vol.hpp"

using namespace tidemark;

namespace {

struct Quote {
    std::string pair;  // day, currency, expiry and strike
    pricing::OptionType type;
    double forward, strike, years, mark, vol, delta;
};

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> cells{""};
    for (const char c : line) {
        if (c == ',') {
            cells.emplace_back();
        } else if (c != '\r') {
            cells.back() += c;
        }
    }
    return cells;
}

std::vector<Quote> read_chain(std::istream& in) {
    std::string line;
    std::getline(in, line);
    std::map<std::string, std::size_t> column;
    for (const std::string& name : split(line)) column.emplace(name, column.size());
    std::vector<Quote> all;
    while (std::getline(in, line)) {
        const auto row = split(line);
        if (row.front() == "ts") continue;
        const auto text = [&](const char* name) { return row.at(column.at(name)); };
        const auto number = [&](const char* name) { return std::strtod(text(name).c_str(), nullptr); };
        const auto type = text("type") == "call" ? pricing::OptionType::call : pricing::OptionType::put;
        const Quote quote{text("ts").substr(0, 10) + text("ccy") + text("expiry") + text("strike"),
                          type,
                          number("underlying_price"),
                          number("strike"),
                          number("tte_years"),
                          number("mark"),
                          number("mark_iv"),
                          number("delta")};
        if (quote.vol > 0.0 && quote.years > 0.0) all.push_back(quote);
    }
    return all;
}

/// The chain with each row's forward replaced by the one its call and put agree on; rows without a partner
/// go.
std::vector<Quote> at_parity(const std::vector<Quote>& chain) {
    std::map<std::string, std::map<pricing::OptionType, double>> marks;
    for (const Quote& quote : chain) marks[quote.pair][quote.type] = quote.mark;
    std::vector<Quote> all;
    for (Quote quote : chain) {
        const auto& pair = marks[quote.pair];
        if (pair.size() < 2) continue;
        quote.forward =
            quote.strike / (1.0 - pair.at(pricing::OptionType::call) + pair.at(pricing::OptionType::put));
        all.push_back(quote);
    }
    return all;
}

struct Errors {
    std::vector<double> marks, deltas, vol_points;
};

Errors errors_of(const std::vector<Quote>& chain) {
    Errors errors;
    for (const Quote& q : chain) {
        const auto greeks = pricing::black76_greeks(
            {Price{q.forward}, Price{q.strike}, YearFraction{q.years}, AnnualVol{q.vol}, q.type});
        if (!greeks) continue;
        errors.marks.push_back(std::fabs(greeks->value / q.forward - q.mark));
        errors.deltas.push_back(std::fabs(greeks->delta_forward - q.delta));
        const bool out_of_the_money =
            q.type == pricing::OptionType::call ? q.strike >= q.forward : q.strike <= q.forward;
        if (!out_of_the_money || q.mark <= 0.0005 || q.years * 365.0 <= 1.0) continue;
        const auto implied = pricing::implied_vol(
            {Price{q.mark * q.forward}, Price{q.forward}, Price{q.strike}, YearFraction{q.years}, q.type});
        if (implied.status == pricing::ImpliedVolStatus::ok)
            errors.vol_points.push_back(100.0 * std::fabs(implied.annual_vol.value() - q.vol));
    }
    return errors;
}

double quantile(std::vector<double> values, double p) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(p * static_cast<double>(values.size() - 1))];
}

bool within(const std::string& name, const std::vector<double>& published, const std::vector<double>& parity,
            double p, double limit) {
    const double judged = quantile(parity, p);
    std::cout << fmt::format("{:<36}{:>10.3g}{:>10.3g}{:>10.3g}{}\n", name, quantile(published, p), judged,
                             limit, judged <= limit ? "" : "  FAIL");
    return judged <= limit;
}

}  // namespace

int main() {
    const std::vector<Quote> chain = read_chain(std::cin);
    const Errors a = errors_of(chain), b = errors_of(at_parity(chain));
    std::cout << fmt::format("{} rows, {} inverted\n{:<36}{:>10}{:>10}{:>10}\n", b.marks.size(),
                             b.vol_points.size(), "error", "published", "parity", "limit");
    bool good = b.marks.size() > 1000;
    good &= within("mark, median, coin", a.marks, b.marks, 0.5, 2e-5);
    good &= within("delta, median", a.deltas, b.deltas, 0.5, 2e-4);
    good &= within("implied vol, median, points", a.vol_points, b.vol_points, 0.5, 0.02);
    good &= within("implied vol, p99, points", a.vol_points, b.vol_points, 0.99, 0.16);
    return good ? 0 : 1;
}
