// An adapter turns one vector's input into a call of one public function, and its answer into JSON of the
// shape of `expected`. No formula lives here.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::vectors {

using Json = nlohmann::json;

struct Context {
    std::filesystem::path data;  // the folder that "data/x.csv" is resolved against

    /// A numeric column of a comma-separated file with a header line, the last one where name is empty;
    /// throws where there is none.
    [[nodiscard]] std::vector<double> column(const std::string& file, std::string_view name) const;
};

using Adapter = std::function<Json(const Json& input, const Context& context)>;
using Registry = std::map<std::string, Adapter, std::less<>>;

// One function a layer, each in its own adapters_LAYER.cpp, called from registry.cpp.
void add_pricing(Registry& registry);
void add_stats(Registry& registry);
void add_vol(Registry& registry);
void add_surface(Registry& registry);
void add_risk(Registry& registry);
void add_margin_scenario(Registry& registry);
void add_margin_scenario_parts(Registry& registry);  // called by the one above
void add_margin_tiered(Registry& registry);
void add_liquidation_prices(Registry& registry);
void add_margin_strategy(Registry& registry);
void add_margin_lending(Registry& registry);

Registry all_adapters();

}  // namespace tidemark::vectors
