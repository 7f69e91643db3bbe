// The market of the plain program: the newest record of each key, read from a JSON library's objects.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

using nlohmann::json;

inline double number(const json& value) {
    return value.is_string() ? std::stod(value.get<std::string>()) : value.get<double>();
}

struct Asset {
    bool has_price = false, has_vol = false;
    double price = 0.0, confidence = 0.0;
    double annual_vol = 0.0, base_annual_vol = 0.0, implied = 0.0, rr25 = 0.0, bf25 = 0.0;
    std::int64_t price_ts = 0, vol_ts = 0;
};

struct Instrument {
    std::string kind, underlying, quote, settle;
    double strike = 0.0, mark = 0.0, forward = 0.0, vol = 0.0;
    bool call = false, coin = false, quoted = false;
    std::int64_t expiry = 0, ts = 0;
};

struct Market {
    std::unordered_map<std::string, Asset> assets;
    std::unordered_map<std::string, Instrument> instruments;
    std::map<std::pair<std::string, std::string>, double> correlations;
    std::int64_t now = 0;

    void learn(const json& line) {
        const auto& type = line["type"].get_ref<const std::string&>();
        if (type == "price") learn_price(line);
        if (type == "vol") learn_vol(line);
        if (type == "instrument") learn_instrument(line);
        if (type == "ticker") learn_ticker(line);
        if (type == "correlation") learn_correlation(line);
        if (type != "instrument") now = std::max(now, line["ts"].get<std::int64_t>());
    }

    void learn_price(const json& line) {
        Asset& asset = assets[line["asset"]];
        asset.has_price = true;
        asset.price = number(line["price"]);
        asset.confidence = line.contains("confidence") ? number(line["confidence"]) : 0.0;
        asset.price_ts = line["ts"];
    }

    void learn_vol(const json& line) {
        Asset& asset = assets[line["underlying"]];
        asset.has_vol = true;
        asset.annual_vol = number(line["annual_vol"]);
        asset.base_annual_vol = number(line["base_annual_vol"]);
        asset.vol_ts = line["ts"];
        if (!line.contains("implied")) return;
        asset.implied = number(line["implied"]["annual_vol"]);
        asset.rr25 = number(line["implied"]["rr25"]);
        asset.bf25 = number(line["implied"]["bf25"]);
    }

    void learn_instrument(const json& line) {
        Instrument& one = instruments[line["symbol"]];
        one.kind = line["kind"];
        one.underlying = line["underlying"];
        one.quote = line["quote_asset"];
        one.settle = line["settle_asset"];
        if (line.contains("expiry_ts")) one.expiry = line["expiry_ts"];
        if (line.contains("strike_price")) one.strike = number(line["strike_price"]);
        one.call = line.value("option_type", "") == "call";
    }

    void learn_ticker(const json& line) {
        Instrument& one = instruments[line["symbol"]];
        one.quoted = true;
        one.ts = line["ts"];
        one.mark = number(line["mark_price"]);
        if (line.contains("forward_price")) one.forward = number(line["forward_price"]);
        if (line.contains("mark_vol")) one.vol = number(line["mark_vol"]);
        one.coin = line.value("price_unit", "quote") == "coin";
    }

    void learn_correlation(const json& line) {
        const json &names = line["assets"], &matrix = line["matrix"];
        for (std::size_t i = 0; i < names.size(); ++i) {
            for (std::size_t j = 0; j < names.size(); ++j)
                correlations[{names[i], names[j]}] = number(matrix[i][j]);
        }
    }
};
