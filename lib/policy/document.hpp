// A margin policy as it is written: a JSON object whose parameters are data, validated one by one.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/result.hpp"

namespace tidemark::policy {

using Table = std::map<std::string, double, std::less<>>;  // by asset

/// One parameter of a model: its name, where it is kept, the values it may have, and what it means.
template <class Params, class T>
struct Param {
    std::string_view name;
    T Params::*member;
    double low, high;  // of a number, or of every number in a list or table
    std::string_view meaning;
};

template <class Params, class T>
constexpr Param<Params, T> param(std::string_view name, T Params::*member, double low, double high,
                                 std::string_view meaning) {
    return {name, member, low, high, meaning};
}

class Document {
public:
    /// Fails with `policy` where the text is not one JSON object with policy, version, model and source.
    static Result<Document> parse(std::string_view text);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& version() const { return version_; }
    [[nodiscard]] const std::string& model() const { return model_; }
    [[nodiscard]] const std::string& source() const { return source_; }
    /// name@version, and every assignment since: what a result says it was computed by.
    [[nodiscard]] const std::string& id() const { return id_; }

    /// The file that it was read from, for messages; empty where it is built in.
    [[nodiscard]] const std::string& file() const { return file_; }
    void set_file(std::string_view file) { file_ = file; }

    /// The same policy with one number or word changed: NAME=VALUE, or NAME.ASSET=VALUE in a table. Its
    /// bounds are checked where the parameters are read. Fails with policy where there is no such number or
    /// word.
    [[nodiscard]] Result<Document> with(std::string_view assignment) const;

    /// The same policy with one list replaced. Fails with policy where there is no such list.
    [[nodiscard]] Result<Document> with_list(std::string_view name, const std::vector<double>& values) const;
    [[nodiscard]] Result<Document> with_list(std::string_view name,
                                             const std::vector<std::string>& values) const;

    /// The same for a table.
    [[nodiscard]] Result<Document> with_table(std::string_view name, const Table& values) const;

    /// A parameter as it is written, a long one shortened; absent where there is none of that name or it is
    /// an empty list or table.
    [[nodiscard]] std::optional<std::string> shown(std::string_view name) const;

    /// A parameter that another policy has otherwise: its name, as `with` takes it, and both values where
    /// they are numbers.
    struct Difference {
        std::string name;
        std::optional<double> from, to;
    };
    /// The parameters that `to` has otherwise, by name; of one of another model only "model".
    [[nodiscard]] std::vector<Difference> differences(const Document& to) const;
    /// The same policy with the parameter of this name as `other` has it, or without it.
    [[nodiscard]] Document taking(std::string_view name, const Document& other) const;

    /// The parameters of a model, every one required and within its bounds, and no other present.
    template <class Params>
    Result<Params> params() const {
        Params out;
        std::vector<std::string_view> known;
        Status read = Ok{};
        const auto take = [&](const auto& p) {
            known.push_back(p.name);
            if (read) read = get(p.name, p.low, p.high, out.*p.member);
        };
        std::apply([&](const auto&... p) { (take(p), ...); }, Params::params());
        if (const Status unknown = no_others(known); !unknown) return unknown.error();
        if (!read) return read.error();
        return out;
    }

private:
    struct Body;

    template <class T>
    [[nodiscard]] Result<Document> replaced(std::string_view name, const T& values) const;

    explicit Document(std::shared_ptr<const Body> body);

    [[nodiscard]] Document carrying(Body body, std::string id) const;
    [[nodiscard]] Document with_value(const std::string& name, std::string_view word) const;

    Status get(std::string_view name, double low, double high, double& out) const;
    Status get(std::string_view name, double low, double high, std::string& out) const;
    Status get(std::string_view name, double low, double high, std::vector<double>& out) const;
    Status get(std::string_view name, double low, double high, Table& out) const;
    Status get(std::string_view name, double low, double high, std::vector<std::string>& out) const;
    [[nodiscard]] Status no_others(std::span<const std::string_view> known) const;

    std::string name_, version_, model_, source_, id_, file_;
    std::shared_ptr<const Body> body_;
};

struct Preset {
    std::string_view name;
    std::string_view text;
};

/// The margin policies that are built in, by name.
std::span<const Preset> presets();
/// Those of volatility.
std::span<const Preset> vol_presets();

/// The policy of that name among them. Fails with `policy`, naming those there are.
Result<Document> preset(std::string_view name, std::span<const Preset> built_in = presets());

}  // namespace tidemark::policy
