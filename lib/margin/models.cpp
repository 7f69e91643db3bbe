#include <fmt/format.h>
#include <fmt/ranges.h>

#include "margin/dynamic.hpp"
#include "margin/model.hpp"
#include "margin/static_rate.hpp"

namespace tidemark::margin {

std::span<const Rule> rules() {
    static constexpr Rule all[] = {
        {"dynamic", "expected shortfall that moves with volatility, every position repriced, cross-margined",
         make_dynamic},
        {"static", "one fixed rate on notional; the baseline everything is compared with", make_static},
    };
    return all;
}

Result<std::unique_ptr<Model>> make_model(const policy::Document& document, const market::Market& market) {
    std::vector<std::string_view> names;
    for (const Rule& rule : rules()) {
        if (rule.name == document.model()) return rule.make(document, market);
        names.push_back(rule.name);
    }
    return Error{Errc::policy,
                 fmt::format("want one of the models {}, got '{}'", fmt::join(names, ", "), document.model()),
                 "model", 0};
}

}  // namespace tidemark::margin
