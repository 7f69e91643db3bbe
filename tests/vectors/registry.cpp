#include "adapter.hpp"

namespace tidemark::vectors {

Registry all_adapters() {
    Registry registry;
    add_pricing(registry);
    add_stats(registry);
    add_vol(registry);
    add_surface(registry);
    add_risk(registry);
    add_margin_scenario(registry);
    add_margin_tiered(registry);
    add_liquidation_prices(registry);
    add_margin_strategy(registry);
    add_margin_lending(registry);
    return registry;
}

}  // namespace tidemark::vectors
