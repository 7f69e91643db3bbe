#include "vol/surface/parity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <iterator>
#include <vector>

#include "stats/distributions/order_statistics.hpp"

namespace tidemark::vol {
namespace {

double gap(const ParityQuote& quote) {
    return quote.call_price - quote.put_price;
}

bool has_both_prices(const ParityQuote& quote) {
    return quote.strike > 0.0 && std::isfinite(quote.strike) && std::isfinite(gap(quote));
}

/// The rows with both prices, nearest to the money first.
Result<std::vector<ParityQuote>> nearest_first(std::span<const ParityQuote> chain) {
    std::vector<ParityQuote> rows;
    std::ranges::copy_if(chain, std::back_inserter(rows), has_both_prices);
    if (rows.empty()) {
        return Error{
            Errc::not_enough_data,
            fmt::format("parity wants a call and a put at one strike, got none in {} rows", chain.size()), "",
            0};
    }
    std::ranges::sort(rows, [](const ParityQuote& x, const ParityQuote& y) {
        const double x_gap = std::abs(gap(x));
        const double y_gap = std::abs(gap(y));
        return x_gap != y_gap ? x_gap < y_gap : x.strike < y.strike;
    });
    return rows;
}

Result<Price> positive_forward(double forward) {
    if (forward > 0.0 && std::isfinite(forward)) return Price{forward};
    return Error{Errc::out_of_domain, fmt::format("parity wants a forward > 0, got {}", forward), "", 0};
}

double quote_forward(const ParityQuote& quote, double discount_factor) {
    return quote.strike + gap(quote) / discount_factor;
}

Status check_discount(double discount_factor) {
    if (discount_factor > 0.0 && std::isfinite(discount_factor)) return Ok{};
    return Error{Errc::out_of_domain, fmt::format("want a discount factor > 0, got {}", discount_factor), "",
                 0};
}

Result<Price> median_over_nearest(std::span<const ParityQuote> chain,
                                  const std::function<double(const ParityQuote&)>& forward_of) {
    return nearest_first(chain).and_then([&](const std::vector<ParityQuote>& rows) {
        std::vector<double> forwards;
        for (const ParityQuote& quote : rows) {
            if (forwards.size() == static_cast<std::size_t>(median_forward_strikes)) break;
            forwards.push_back(forward_of(quote));
        }
        return stats::median(forwards).and_then(positive_forward);
    });
}

}  // namespace

Result<Price> least_gap_forward(std::span<const ParityQuote> chain, double discount_factor) {
    if (const Status checked = check_discount(discount_factor); !checked) return checked.error();
    return nearest_first(chain).and_then([&](const std::vector<ParityQuote>& rows) {
        return positive_forward(quote_forward(rows.front(), discount_factor));
    });
}

Result<Price> median_forward(std::span<const ParityQuote> chain, double discount_factor) {
    if (const Status checked = check_discount(discount_factor); !checked) return checked.error();
    return median_over_nearest(
        chain, [=](const ParityQuote& quote) { return quote_forward(quote, discount_factor); });
}

Result<Price> median_forward_coin(std::span<const ParityQuote> chain) {
    return median_over_nearest(chain,
                               [](const ParityQuote& quote) { return quote.strike / (1.0 - gap(quote)); });
}

}  // namespace tidemark::vol
