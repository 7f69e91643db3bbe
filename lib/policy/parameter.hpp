// One parameter of a model, said once: where it is kept, what it may be, and what people are told of it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace tidemark::policy {

using Table = std::map<std::string, double, std::less<>>;  // by asset

template <class Params, class T>
struct Param {
    std::string_view name;
    T Params::*member;
    double low, high;  // of a number, or of every number in a list or table
    std::string_view meaning;
    std::string_view unit;       // where the name does not end in it
    std::string_view otherwise;  // as a policy writes it; empty where every policy has to say it
};

/// With `otherwise` a policy that leaves the parameter out is as if it had written that.
template <class Params, class T>
constexpr Param<Params, T> param(std::string_view name, T Params::*member, double low, double high,
                                 std::string_view meaning, std::string_view unit = {},
                                 std::string_view otherwise = {}) {
    return {name, member, low, high, meaning, unit, otherwise};
}

enum class Shape { number, numbers, table, word, words };

constexpr Shape shape_of(double) {
    return Shape::number;
}
inline Shape shape_of(const std::vector<double>&) {
    return Shape::numbers;
}
inline Shape shape_of(const Table&) {
    return Shape::table;
}
inline Shape shape_of(const std::string&) {
    return Shape::word;
}
inline Shape shape_of(const std::vector<std::string>&) {
    return Shape::words;
}

/// The same without the place where it is kept: what --describe-policy and tidemark-policies(5) say.
struct ParamText {
    std::string_view name;
    Shape shape = Shape::number;
    double low = 0.0, high = 0.0;
    std::string_view meaning, unit, otherwise;

    [[nodiscard]] bool has_bounds() const { return shape != Shape::word && shape != Shape::words; }
    /// Its unit, or what its name ends in; with what it is a list or table of: days; fraction, by name.
    [[nodiscard]] std::string unit_text() const;
    /// 0 to 1; empty where it has none.
    [[nodiscard]] std::string bounds_text() const;
};

/// The parameters of a model, in the order of its list.
template <class Params>
std::vector<ParamText> param_texts() {
    std::vector<ParamText> all;
    const Params none{};
    const auto add = [&](const auto& p) {
        all.push_back({p.name, shape_of(none.*p.member), p.low, p.high, p.meaning, p.unit, p.otherwise});
    };
    std::apply([&](const auto&... p) { (add(p), ...); }, Params::params());
    return all;
}

}  // namespace tidemark::policy
