#include "adapter.hpp"

namespace tidemark::vectors {

Registry all_adapters() {
    Registry registry;
    add_pricing(registry);
    add_stats(registry);
    add_vol(registry);
    add_surface(registry);
    return registry;
}

}  // namespace tidemark::vectors
