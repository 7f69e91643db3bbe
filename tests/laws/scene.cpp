#include "scene.hpp"

#include <algorithm>

namespace tidemark::laws {

unsigned Subject::traits() const {
    const std::string model = policy::preset(preset).value().model();
    const auto rule = std::find_if(margin::rules().begin(), margin::rules().end(),
                                   [&](const margin::Rule& r) { return r.name == model; });
    return own_traits.value_or(rule->traits);
}

std::unique_ptr<margin::Model> model_of(std::string_view preset, const market::Market& market,
                                        const std::string& text) {
    const auto document =
        text.empty() ? policy::preset(preset).value() : policy::Document::parse(text).value();
    return margin::make_model(document, market).value();
}

margin::Requirement required(margin::Model& model, const market::Portfolio& portfolio,
                             const market::Shift& shift) {
    margin::Requirement out;
    const Status status = model.require(portfolio, shift, out);
    if (!status) RC_FAIL(status.error().message);
    return out;
}

}  // namespace tidemark::laws
