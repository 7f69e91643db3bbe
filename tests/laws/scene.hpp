// What every law starts from: a market, a policy's model of it, and an account.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "margin/model/model.hpp"
#include "synthetic.hpp"

namespace tidemark::laws {

using enum margin::Trait;

/// A policy, what its rule knows, and its traits where they are not those of its model.
struct Subject {
    std::string_view preset;  // and what is changed of it, each after a +
    AccountValuation book;
    std::optional<unsigned> own_traits = std::nullopt;

    [[nodiscard]] unsigned traits() const;
};

/// The model of a built-in policy, changed by what follows each +, or of the policy written in `text`.
std::unique_ptr<margin::Model> model_of(std::string_view preset, const market::Market& market,
                                        const std::string& text = {});

/// The requirement; a case in which there is none breaks the law.
margin::Requirement required(margin::Model& model, const market::Portfolio& portfolio,
                             const market::Shift& shift = {});

/// A market, a model of it and an account in it.
struct Scene {
    Scene(std::string_view preset, const Weather& weather, const Account& held)
        : market{market_of(lines_of(weather))},
          model{model_of(preset, *market)},
          portfolio{portfolio_of(held, *market)},
          gross{gross_of(portfolio, *market)} {}

    std::unique_ptr<market::Market> market;
    std::unique_ptr<margin::Model> model;
    market::Portfolio portfolio;
    double gross;
};

struct Law {
    const char* says;
    void (*check)(const Subject& subject);
    unsigned needs = 0, except = 0;  // traits
};

/// Of one market: what adding up and putting in order may not change.
std::vector<Law> exact_laws();
/// Of two markets or two accounts: which of them may not need less.
std::vector<Law> monotone_laws();

}  // namespace tidemark::laws
