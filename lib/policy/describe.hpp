// A policy explained: every parameter with its value, what it may be, what it means and where it is from.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/document.hpp"

namespace tidemark::policy {

/// What the parameters of a model are, and whether a policy has them as they have to be.
struct Schema {
    std::vector<ParamText> (*parameters)();
    Status (*check)(const Document& document);
};

template <class Params>
inline constexpr Schema schema{&param_texts<Params>, [](const Document& document) -> Status {
                                   const auto read = document.params<Params>();
                                   return read ? Status{Ok{}} : Status{read.error()};
                               }};

struct ModelText {
    std::string_view name, summary;
    Schema schema;
};

/// A kind of policy: what is built in, and the models that a policy of it may name.
struct Family {
    std::string_view kind;
    std::span<const Preset> built_in;
    std::vector<ModelText> models;

    /// The model of that name; null where there is none.
    [[nodiscard]] const ModelText* model(std::string_view name) const;
};

/// The policy's header, then a row a parameter: name, value, unit, bounds, default, meaning, and its source
/// where that is not the policy's. Fails with policy where a parameter is not as the model wants it.
Result<std::string> describe(const Document& document, const ModelText& model);

}  // namespace tidemark::policy
