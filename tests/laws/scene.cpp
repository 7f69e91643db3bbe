#include "scene.hpp"

#include <algorithm>

namespace tidemark::laws {

unsigned Subject::traits() const {
    const std::string model = policy::preset(preset.substr(0, preset.find('+'))).value().model();
    const auto rule = std::find_if(margin::rules().begin(), margin::rules().end(),
                                   [&](const margin::Rule& r) { return r.name == model; });
    return own_traits.value_or(rule->traits);
}

std::unique_ptr<margin::Model> model_of(std::string_view preset, const market::Market& market,
                                        const std::string& text) {
    const std::string_view name = preset.substr(0, preset.find('+'));
    auto document = text.empty() ? policy::preset(name).value() : policy::Document::parse(text).value();
    for (std::size_t plus = preset.find('+'); text.empty() && plus != std::string_view::npos;) {
        const std::size_t next = preset.find('+', plus + 1);
        document = document.with(preset.substr(plus + 1, next - plus - 1)).value();
        plus = next;
    }
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
