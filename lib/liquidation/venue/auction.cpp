#include "liquidation/venue/auction.hpp"

#include <algorithm>
#include <cmath>

namespace tidemark::liquidation {

double liquidation_fee(const AuctionedAccount& account, double fee_rate) {
    return account.mark_to_market * fee_rate * account.buffer_margin /
           (account.buffer_margin - account.mark_to_market);
}

double max_share(const AuctionedAccount& account, double discount) {
    return account.buffer_margin / (account.buffer_margin - (1.0 - discount) * account.mark_to_market -
                                    discount * account.reserved_cash);
}

double bid_cost(const AuctionedAccount& account, double share, double discount) {
    return share * (account.mark_to_market - account.reserved_cash) * (1.0 - discount);
}

double cash_required(const AuctionedAccount& account, double share, double discount) {
    return bid_cost(account, share, discount) +
           share * std::fabs(account.buffer_margin - account.reserved_cash);
}

double solvent_discount(const SolventDiscount& curve, double minutes) {
    if (minutes <= curve.fast_minutes)
        return std::lerp(curve.start, curve.middle, std::max(0.0, minutes / curve.fast_minutes));
    return std::lerp(curve.middle, curve.end,
                     std::min(1.0, (minutes - curve.fast_minutes) / curve.slow_minutes));
}

double insolvent_offer(double mark_to_market, double maintenance, double elapsed, double duration) {
    const double first = std::min(0.0, mark_to_market);
    return first + std::clamp(elapsed / duration, 0.0, 1.0) * (maintenance - first);
}

}  // namespace tidemark::liquidation
