// The positions of a portfolio, those of one instrument together.
#pragma once

#include <cstddef>
#include <span>

#include "core/result.hpp"
#include "market/portfolio.hpp"
#include "market/valuation.hpp"

namespace tidemark::margin {

/// Calls visit(std::span<const market::Holding>) -> Status for each instrument, in canonical order, up to the
/// first that fails.
template <class Visit>
Status for_each_instrument(const market::Portfolio& portfolio, Visit&& visit) {
    const std::span<const market::Holding> all{portfolio.holdings};
    for (std::size_t i = 0; i < all.size();) {
        std::size_t end = i + 1;
        while (end < all.size() && all[end].instrument == all[i].instrument) ++end;
        if (Status visited = visit(all.subspan(i, end - i)); !visited) return visited;
        i = end;
    }
    return Ok{};
}

/// How much of its underlying a perp, future or spot position controls.
struct Exposure {
    double notional = 0.0;  // account currency, no sign
    double units = 0.0;     // coins
};

/// Of a linear contract at its price; of an inverse one the fixed amount of quote currency that each part's
/// entry gave it (the mark where none is known). The underlying stands at `factor` times its price now.
Exposure exposure_of(std::span<const market::Holding> held, const market::Priced& priced, double factor);

/// The same at the average price that its parts were entered at, whatever the price is now; the coins that an
/// inverse contract was worth there are still worth what a coin is.
Exposure exposure_at_entry(std::span<const market::Holding> held, const market::Priced& priced,
                           double factor);

inline double net_qty(std::span<const market::Holding> held) {
    double qty = 0.0;
    for (const market::Holding& holding : held) qty += holding.qty;
    return qty;
}

}  // namespace tidemark::margin
