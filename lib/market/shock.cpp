#include "market/shock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace tidemark::market {
namespace {

struct Word {
    std::string_view name;
    Shock::Of of;
    std::string_view wanted;
};
constexpr std::array<Word, 4> words{{
    {"vol", Shock::Of::vol,
     "want vol=+N%, vol=-N%, vol=+Npts or vol=-Npts, or the same with vol:ASSET for one asset"},
    {"depth", Shock::Of::depth, "want depth=+N% or depth=-N%, or the same with depth:ASSET for one asset"},
    {"spread", Shock::Of::spread,
     "want spread=+N% or spread=-N%, or the same with spread:ASSET for one asset"},
    {"correlation", Shock::Of::correlation, "want correlation=N with N from -1 to 1"},
}};
constexpr std::string_view price_wanted = "want ASSET=+N%, ASSET=-N% or, as a level, ASSET=N";

Error wanted(std::string_view what, std::string_view text) {
    return {Errc::usage, std::string{what}, std::string{text}, 0};
}

/// Digits, with a point between them or none.
std::optional<double> decimal(std::string_view text) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto fits = [&](char c) { return digit(c) || c == '.'; };
    if (text.empty() || !digit(text.front()) || !digit(text.back())) return std::nullopt;
    if (!std::all_of(text.begin(), text.end(), fits)) return std::nullopt;
    double value = 0.0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// +N or -N before its unit.
std::optional<double> amount(std::string_view text, std::string_view unit) {
    if (text.empty() || (text.front() != '+' && text.front() != '-') || !text.ends_with(unit))
        return std::nullopt;
    const auto size = decimal(text.substr(1, text.size() - 1 - unit.size()));
    if (!size) return std::nullopt;
    return text.front() == '-' ? -*size : *size;
}

Result<Change> change_of(std::string_view text, std::string_view by, Shock::Of of, std::string_view what) {
    if (of == Shock::Of::correlation) {
        const bool negative = by.starts_with('-');
        const auto to = decimal(by.substr(negative ? 1 : 0));
        if (!to || *to > 1.0) return wanted(what, text);
        return Change{0.0, negative ? -*to : *to};
    }
    if (of == Shock::Of::vol) {
        if (const auto points = amount(by, "pts")) return Change{1.0, *points / 100.0};
    }
    const auto percent = by.size() > 1 ? amount(by, "%") : std::nullopt;
    if (!percent) return wanted(what, text);
    if (*percent <= -100.0) return wanted("want a fall of less than 100%", text);
    return Change{(100.0 + *percent) / 100.0, 0.0};
}

}  // namespace

Result<Shock> parse_shock(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return wanted(price_wanted, text);
    const std::string_view name = text.substr(0, equals), by = text.substr(equals + 1);
    const std::size_t colon = name.find(':');
    const std::string_view kind = name.substr(0, colon);
    Shock shock{.text = std::string{text}, .of = Shock::Of::price, .asset = "", .change = {}, .level = {}};
    std::string_view what = price_wanted;
    const auto word = std::find_if(words.begin(), words.end(), [&](const Word& w) { return w.name == kind; });
    if (word != words.end()) {
        shock.of = word->of;
        what = word->wanted;
    } else {
        shock.asset = name;
    }
    if (colon != std::string_view::npos) {
        shock.asset = name.substr(colon + 1);
        const bool may = shock.of != Shock::Of::price && shock.of != Shock::Of::correlation;
        if (!may || shock.asset.empty()) return wanted(what, text);
    }
    if (name.empty()) return wanted(what, text);
    if (shock.of == Shock::Of::price) shock.level = decimal(by);
    if (shock.level && !(*shock.level > 0.0)) return wanted("want a level above 0", text);
    if (shock.level) return shock;
    const auto change = change_of(text, by, shock.of, what);
    if (!change) return change.error();
    shock.change = *change;
    return shock;
}

Status Shocks::add(std::string_view text) {
    auto shock = parse_shock(text);
    if (!shock) return shock.error();
    const auto same = std::find_if(all_.begin(), all_.end(), [&](const Shock& other) {
        return other.of == shock->of && other.asset == shock->asset;
    });
    if (same != all_.end()) return wanted(fmt::format("want one shock of it, got {} too", same->text), text);
    all_.push_back(*std::move(shock));
    return Ok{};
}

const Shock* Shocks::find(Shock::Of of, std::string_view asset) const {
    const Shock* general = nullptr;
    for (const Shock& shock : all_) {
        if (shock.of != of) continue;
        if (shock.asset == asset) return &shock;
        if (shock.asset.empty()) general = &shock;
    }
    return general;
}

void Shocks::price_now(std::string_view asset, double price, bool of_record) {
    for (Shock& shock : all_) {
        if (!shock.level || shock.asset != asset || !(price > 0.0) || (shock.by_price && !of_record))
            continue;
        shock.change.factor = *shock.level / price;
        shock.resolved = true;
        shock.by_price = of_record;
    }
}

Status Shocks::known(std::string_view asset) const {
    const Shock* shock = find(Shock::Of::price, asset);
    if (shock == nullptr || !shock->level || shock->resolved) return Ok{};
    return Error{
        Errc::missing_market,
        fmt::format("want a price record or index price of {} before the lines that {} changes, got none",
                    asset, shock->text),
        "", 0};
}

double Shocks::price_factor(std::string_view asset) const {
    const Shock* shock = find(Shock::Of::price, asset);
    return shock == nullptr ? 1.0 : shock->change.factor;
}

bool Shocks::none() const {
    return std::all_of(all_.begin(), all_.end(),
                       [](const Shock& shock) { return shock.change.none() && !shock.level; });
}

}  // namespace tidemark::market
