// A margin policy as it is written: a JSON object whose parameters are data, validated one by one.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/result.hpp"
#include "policy/parameter.hpp"

namespace tidemark::policy {

class Document {
public:
    /// Fails with `policy` where the text is not one strict JSON object with policy, version, model and
    /// source; it may have `sources`, texts by parameter, for those that are from somewhere else.
    static Result<Document> parse(std::string_view text);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& version() const { return version_; }
    [[nodiscard]] const std::string& model() const { return model_; }
    [[nodiscard]] const std::string& source() const { return source_; }
    /// Where one parameter is from: its own source, or else that of the policy.
    [[nodiscard]] std::string source_of(std::string_view parameter) const;
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

    /// The same policy with those of a model's parameters that it leaves out, at their defaults.
    [[nodiscard]] Document completed(std::span<const ParamText> parameters) const;

    /// The parameters of a model, each as it is written or at its default, within its bounds, and no other
    /// present.
    template <class Params>
    Result<Params> params() const {
        return completed(param_texts<Params>()).template written<Params>();
    }

private:
    struct Body;

    template <class Params>
    Result<Params> written() const {
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
/// Those of scores.
std::span<const Preset> score_presets();

/// The policy of that name among them. Fails with `policy`, naming those there are.
Result<Document> preset(std::string_view name, std::span<const Preset> built_in = presets());

}  // namespace tidemark::policy
