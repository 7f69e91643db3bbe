#include "compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace tidemark::vectors {
namespace {

using Path = std::vector<std::string>;  // object keys from the root; array indices are left out

struct Allowed {
    double abs = 0.0;
    double rel = 0.0;
    double floor = 0.0;
    bool trunc = false;
};

bool below(const Path& path, std::string_view name) {
    std::string joined;
    for (auto key = path.rbegin(); key != path.rend(); ++key) {
        joined.insert(0, joined.empty() ? *key : *key + "_");
        if (joined == name || joined.starts_with(std::string{name} + "_")) return true;
    }
    return false;
}

/// What a name in a tolerance covers beyond the members that carry it.
bool covers(const Path& path, std::string_view name) {
    static const std::vector<std::pair<std::string_view, std::vector<std::string_view>>> kin{
        {"prob", {"filtered", "smoothed", "predicted"}},
        // What a fit derives from its parameters is as exact as they are.
        {"params", {"h_first", "h_last", "h_next", "persistence", "unconditional", "half_life", "forecast"}}};
    if (below(path, name)) return true;
    return std::any_of(kin.begin(), kin.end(), [&](const auto& family) {
        return family.first == name && std::any_of(family.second.begin(), family.second.end(),
                                                   [&](auto member) { return below(path, member); });
    });
}

struct Named {
    std::string_view name;
    bool relative;
};

Named split(std::string_view key) {
    if (key.ends_with("_abs")) return {key.substr(0, key.size() - 4), false};
    if (key.ends_with("_rel")) return {key.substr(0, key.size() - 4), true};
    return {key, false};
}

Allowed allowed_at(const Path& path, const Json& tolerance) {
    Allowed allowed;
    if (!tolerance.is_object()) return allowed;
    allowed.abs = tolerance.value("abs", 0.0);
    allowed.rel = tolerance.value("rel", 0.0);
    allowed.floor = tolerance.value("floor", 0.0);
    allowed.trunc = tolerance.value("trunc", false);
    std::size_t abs_length = 0;
    std::size_t rel_length = 0;
    for (const auto& [key, value] : tolerance.items()) {
        if (!value.is_number() || key == "abs" || key == "rel" || key == "floor") continue;
        const Named named = split(key);
        std::size_t& longest = named.relative ? rel_length : abs_length;
        if (!covers(path, named.name) || named.name.size() <= longest) continue;
        longest = named.name.size();
        (named.relative ? allowed.rel : allowed.abs) = value.get<double>();
    }
    return allowed;
}

double printed_unit(double number) {
    std::string text = fmt::format("{}", number);
    const auto exponent_at = text.find('e');
    const int exponent = exponent_at == std::string::npos ? 0 : std::stoi(text.substr(exponent_at + 1));
    text = text.substr(0, exponent_at);
    const auto point = text.find('.');
    const auto decimals = point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
    return std::pow(10.0, exponent - decimals);
}

bool published(const Path& path) {
    return std::any_of(path.begin(), path.end(),
                       [](const std::string& key) { return key.starts_with("published"); });
}

bool truncations_agree(double want, double got) {
    // The venue cuts an 18-decimal fixed-point number; a double may fall just short of the same whole number.
    const double noise = 1e-9 * std::max(1.0, std::abs(got));
    return std::trunc(got) == std::trunc(want) || std::trunc(got + noise) == std::trunc(want) ||
           std::trunc(got - noise) == std::trunc(want);
}

/// Which side of the expected number is free: `X_at_most` wants no more, `X_at_least` no less.
enum class Side { both, at_most, at_least };

Side side_of(const Path& path) {
    for (const std::string& key : path) {
        if (key.ends_with("_at_most")) return Side::at_most;
        if (key.ends_with("_at_least")) return Side::at_least;
    }
    return Side::both;
}

bool numbers_agree(const Json& want, const Json& got, const Path& path, const Allowed& allowed) {
    const auto w = want.get<double>();
    const auto g = got.get<double>();
    const Side side = side_of(path);
    if (w == g || (side == Side::at_most && g < w) || (side == Side::at_least && g > w)) return true;
    const double error = std::abs(g - w);
    if (allowed.trunc && truncations_agree(w, g)) return true;
    if (published(path) && error <= 0.5 * printed_unit(w) * (1.0 + 1e-6)) return true;
    return error <= allowed.abs || error <= allowed.rel * std::max(std::abs(w), allowed.floor);
}

std::optional<double> special(const Json& text) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (text == "nan") return std::numeric_limits<double>::quiet_NaN();
    if (text == "inf") return infinity;
    if (text == "-inf") return -infinity;
    return std::nullopt;
}

bool leaves_agree(const Json& want, const Json& got, const Path& path, const Json& tolerance) {
    if (want.is_number() && got.is_number()) {
        return numbers_agree(want, got, path, allowed_at(path, tolerance));
    }
    if (const auto number = special(want); number && got.is_number()) {
        const auto g = got.get<double>();
        return g == *number || (std::isnan(g) && std::isnan(*number));
    }
    return want.type() == got.type() && want == got;
}

std::string brief(const Json& value) {
    if (value.is_number_float()) return fmt::format("{}", value.get<double>());
    std::string text = value.dump();
    if (text.size() > 120) text = text.substr(0, 117) + "...";
    return text;
}

struct Walk {
    const Json& tolerance;
    Path keys;
    std::string shown = {};

    std::optional<Difference> differ(const Json& want, const Json& got) {
        if (want.is_object()) return differ_object(want, got);
        if (want.is_array()) return differ_array(want, got);
        if (leaves_agree(want, got, keys, tolerance)) return std::nullopt;
        return at(brief(want), brief(got));
    }

    std::optional<Difference> at(std::string want, std::string got) const {
        return Difference{shown.empty() ? "." : shown, std::move(want), std::move(got)};
    }

    std::optional<Difference> step(const std::string& part, const Json& want, const Json& got) {
        const std::size_t length = shown.size();
        shown += part;
        auto found = differ(want, got);
        shown.resize(length);
        return found;
    }

    std::optional<Difference> differ_object(const Json& want, const Json& got) {
        if (!got.is_object()) return at("an object", brief(got));
        const auto unjudged = got.value("_unjudged", std::vector<std::string>{});
        for (const auto& [key, value] : want.items()) {
            if (std::find(unjudged.begin(), unjudged.end(), key) != unjudged.end()) continue;
            const auto member = got.find(key);
            if (member == got.end()) return at(fmt::format("member {}", key), "none");
            keys.push_back(key);
            auto found = step((shown.empty() ? "" : ".") + key, value, *member);
            keys.pop_back();
            if (found) return found;
        }
        return std::nullopt;
    }

    std::optional<Difference> differ_array(const Json& want, const Json& got) {
        if (!got.is_array()) return at("an array", brief(got));
        if (want.size() != got.size()) {
            return at(fmt::format("{} elements", want.size()), fmt::format("{}", got.size()));
        }
        for (std::size_t i = 0; i < want.size(); ++i) {
            if (auto found = step(fmt::format("[{}]", i), want[i], got[i])) return found;
        }
        return std::nullopt;
    }
};

}  // namespace

std::optional<Difference> first_difference(const Json& want, const Json& got, const Json& tolerance) {
    if (got.is_object() && got.contains("_verdict")) {
        if (got["_verdict"] == true) return std::nullopt;
        return Difference{".", brief(want), got.value("_message", std::string{"verdict false"})};
    }
    return Walk{tolerance, {}}.differ(want, got);
}

}  // namespace tidemark::vectors
