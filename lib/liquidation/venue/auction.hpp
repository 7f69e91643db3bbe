// Derive's liquidation by auction: how much of an account may be bought, at what discount, for how much.
//
// Mark-to-market value (MtM), maintenance margin as headroom (MM) and reserved cash in account currency;
// discounts and shares are fractions.
#pragma once

namespace tidemark::liquidation {

/// BM = MM + scale (MM - MtM): the margin that an auction restores to 0 (scale 0.15).
constexpr double buffer_margin(double maintenance, double mark_to_market, double scale) {
    return maintenance + scale * (maintenance - mark_to_market);
}

struct AuctionedAccount {
    double mark_to_market = 0.0;
    double buffer_margin = 0.0;
    double reserved_cash = 0.0;  // of bidders of this auction, which later bidders do not buy
};

/// MtM x rate x BM / (BM - MtM): what the liquidated account pays the security module.
double liquidation_fee(const AuctionedAccount& account, double fee_rate);

/// Largest share that one bid may take: BM / (BM - (1 - d) MtM - d reserved).
double max_share(const AuctionedAccount& account, double discount);

/// share (MtM - reserved) (1 - d): what the bidder pays.
double bid_cost(const AuctionedAccount& account, double share, double discount);

/// bid_cost + share |BM - reserved|: what the bidder's own account must hold.
double cash_required(const AuctionedAccount& account, double share, double discount);

struct SolventDiscount {
    double start = 0.05, middle = 0.3, end = 1.0;
    double fast_minutes = 15.0, slow_minutes = 720.0;  // start to middle, then middle to end
};

/// Discount so many minutes into a solvent auction: two straight lines.
double solvent_discount(const SolventDiscount& curve, double minutes);

/// Offer of an insolvent auction: from min(0, MtM) to MM in a straight line over the duration.
double insolvent_offer(double mark_to_market, double maintenance, double elapsed, double duration);

/// Part of every withdrawal kept while a debt is unpaid: debt / (debt + deposits).
constexpr double withdrawal_fee(double unpaid_debt, double deposits) {
    return unpaid_debt / (unpaid_debt + deposits);
}

}  // namespace tidemark::liquidation
