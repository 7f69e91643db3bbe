// vol-estimate's figures from candles, as a competent engineer writes them in an afternoon: every bar into
// vectors with getline and a JSON library, textbook formulas over them at the end.
//
//     plain_vol < candles.jsonl
#include <algorithm>
#include <cmath>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using nlohmann::json;

namespace {

constexpr double ln2 = 0.69314718055994530942;
constexpr double day_ms = 86'400'000.0;

double number(const json& value) {
    return value.is_string() ? std::stod(value.get<std::string>()) : value.get<double>();
}

struct Bar {
    std::int64_t ts;
    double open, high, low, close;
};

struct Series {
    std::string symbol;
    std::int64_t interval_ms = 0;
    std::vector<Bar> bars;
    [[nodiscard]] bool linked(std::size_t i) const {
        return i > 0 && bars[i].ts - bars[i - 1].ts == interval_ms;
    }
};

double mean(const std::vector<double>& values) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
}

double sample_variance(const std::vector<double>& values) {
    const double centre = mean(values);
    double sum = 0.0;
    for (const double value : values) sum += (value - centre) * (value - centre);
    return sum / static_cast<double>(values.size() - 1);
}

std::vector<double> squared_returns(const Series& series, std::size_t from) {
    std::vector<double> out;
    for (std::size_t i = from; i < series.bars.size(); ++i) {
        const double r = series.linked(i) ? std::log(series.bars[i].close / series.bars[i - 1].close) : 0.0;
        if (series.linked(i)) out.push_back(r * r);
    }
    return out;
}

double garman_klass(const Bar& b) {
    const double range = std::log(b.high / b.low), move = std::log(b.close / b.open);
    return 0.5 * range * range - (2.0 * ln2 - 1.0) * move * move;
}

double rogers_satchell(const Bar& b) {
    return std::log(b.high / b.close) * std::log(b.high / b.open) +
           std::log(b.low / b.close) * std::log(b.low / b.open);
}

/// Started from the mean of the first squares weighted by start_decay, over start_length of them.
double ewma(const std::vector<double>& squares, double lambda, double start_decay, std::size_t start_length) {
    double weight = 1.0, weights = 0.0, variance = 0.0;
    for (std::size_t i = 0; i < std::min(start_length, squares.size()); ++i) {
        variance += weight * squares[i];
        weights += weight;
        weight *= start_decay;
    }
    variance /= weights;
    for (const double square : squares) variance = lambda * variance + (1.0 - lambda) * square;
    return variance;
}

double riskmetrics2006(const std::vector<double>& squares, double bars_per_day) {
    double sum = 0.0, total = 0.0;
    for (int k = 0; k < 14; ++k) {
        const double days = 4.0 * std::pow(std::sqrt(2.0), k);
        const double weight = 1.0 - std::log(days) / std::log(1560.0);
        const double decay = std::exp(-1.0 / (days * bars_per_day));
        const auto start = static_cast<std::size_t>(std::floor(std::log(0.01) / std::log(decay)));
        sum += weight *
               ewma(squares, decay, decay, std::max<std::size_t>({start, 1, static_cast<std::size_t>(k)}));
        total += weight;
    }
    return sum / total;
}

/// Variances of one bar over the window, by estimator.
std::map<std::string, double> window_variances(const Series& series, std::size_t from) {
    std::vector<double> returns, opens, moves, parkinsons, klasses, overnights, satchells, linked_satchells;
    for (std::size_t i = from; i < series.bars.size(); ++i) {
        const Bar& b = series.bars[i];
        const double range = std::log(b.high / b.low);
        parkinsons.push_back(range * range / (4.0 * ln2));
        klasses.push_back(garman_klass(b));
        satchells.push_back(rogers_satchell(b));
        if (!series.linked(i) || i == from) continue;
        const double before = series.bars[i - 1].close, open = std::log(b.open / before);
        returns.push_back(std::log(b.close / before));
        opens.push_back(open);
        moves.push_back(std::log(b.close / b.open));
        overnights.push_back(open * open + klasses.back());
        linked_satchells.push_back(satchells.back());
    }
    const auto n = static_cast<double>(moves.size());
    const double k = 0.34 / (1.34 + (n + 1.0) / (n - 1.0));
    const double yang_zhang =
        sample_variance(opens) + k * sample_variance(moves) + (1.0 - k) * mean(linked_satchells);
    return {{"close-to-close", sample_variance(returns)},
            {"zero-mean", mean(squared_returns(series, from + 1))},
            {"parkinson", mean(parkinsons)},
            {"garman-klass", mean(klasses)},
            {"garman-klass-yang-zhang", mean(overnights)},
            {"rogers-satchell", mean(satchells)},
            {"yang-zhang", yang_zhang}};
}

json vol_record(const std::string& underlying, const Series& series) {
    const double bars_per_day = day_ms / static_cast<double>(series.interval_ms);
    const auto window = static_cast<std::size_t>(30.0 * bars_per_day), count = series.bars.size();
    const std::vector<double> squares = squared_returns(series, 1);
    auto variances = window_variances(series, count > window ? count - window : 0);
    variances["ewma"] = ewma(squares, std::pow(0.94, 1.0 / bars_per_day), 0.94, 75);
    variances["riskmetrics2006"] = riskmetrics2006(squares, bars_per_day);
    json estimates;
    for (const auto& [name, variance] : variances)
        estimates[name] = std::sqrt(variance * 365.0 * bars_per_day);
    std::int64_t gaps = 0;
    for (std::size_t i = 1; i < count; ++i)
        gaps += (series.bars[i].ts - series.bars[i - 1].ts) / series.interval_ms - 1;
    const std::int64_t last = series.bars.back().ts + series.interval_ms;
    return {{"type", "vol"},
            {"underlying", underlying},
            {"ts", last},
            {"annual_vol", estimates["riskmetrics2006"]},
            {"base_annual_vol", std::sqrt(mean(squares) * 365.0 * bars_per_day)},
            {"estimator", "riskmetrics2006"},
            {"base_estimator", "zero-mean"},
            {"realized",
             {{"estimator", "riskmetrics2006"},
              {"annual_vol", estimates["riskmetrics2006"]},
              {"as_of_ts", last},
              {"interval_ms", series.interval_ms},
              {"estimates", estimates}}},
            {"samples", count},
            {"gaps", gaps},
            {"days_per_year", 365}};
}

}  // namespace

int main() {
    std::ios::sync_with_stdio(false);
    std::map<std::string, Series> all;
    std::string line;
    while (std::getline(std::cin, line)) {
        const json record = json::parse(line);
        const std::string symbol = record["symbol"];
        Series& series = all[symbol.substr(0, symbol.find('_'))];
        series.interval_ms = record["interval_ms"];
        series.bars.push_back({record["ts"], number(record["open"]), number(record["high"]),
                               number(record["low"]), number(record["close"])});
    }
    for (const auto& [underlying, series] : all) std::cout << vol_record(underlying, series).dump() << '\n';
}
