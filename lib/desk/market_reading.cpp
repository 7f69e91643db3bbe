#include "desk/market_reading.hpp"

namespace tidemark::desk {

void MarketReading::begin(market::Market& market) const {
    if (as_of) market.set_as_of(*as_of);
    if (accept_suspect) market.accept_suspect();
}

cli::Option accept_suspect_option(bool& to) {
    return cli::toggle("--accept-suspect", to,
                       "believe market records that would be refused as suspect; see tidemark(7)");
}

}  // namespace tidemark::desk
