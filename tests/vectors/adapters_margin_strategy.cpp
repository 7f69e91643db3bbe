#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "adapters_stats.hpp"
#include "liquidation/venue/auction.hpp"
#include "margin/options/naked_option.hpp"
#include "margin/options/regt/pairing.hpp"
#include "margin/options/standard_margin.hpp"
#include "pricing/black76.hpp"

namespace tidemark::vectors {
namespace {

using namespace tidemark::liquidation;
using namespace tidemark::margin;
using pricing::OptionType;

double number(const Json& input, const char* name, double missing = 0.0) {
    return input.contains(name) ? input.at(name).get<double>() : missing;
}

OptionType type_of(const Json& input) {
    const char first = input.at("type").get<std::string>().front();
    return first == 'p' || first == 'P' ? OptionType::put : OptionType::call;
}

StandardMarginParams standard_params(const Json& p) {
    return {.perp_initial = number(p, "perp_im"),
            .perp_maintenance = number(p, "perp_mm"),
            .max_spot_rate = number(p, "max_spot_req"),
            .min_spot_rate = number(p, "min_spot_req"),
            .maintenance_call = number(p, "mm_call"),
            .maintenance_put = number(p, "mm_put"),
            .maintenance_put_mark = number(p, "mm_put_mtm"),
            .initial_over_maintenance = number(p, "mm_offset_scale"),
            .unpaired_initial = number(p, "unpaired_im"),
            .unpaired_maintenance = number(p, "unpaired_mm"),
            .base_factor = number(p, "base_factor"),
            .base_initial_scale = number(p, "base_im_scale", 1.0),
            .confidence_threshold = number(p, "oc_threshold"),
            .confidence_factor = number(p, "oc_factor"),
            .depeg_threshold = number(p, "depeg_threshold"),
            .depeg_factor = number(p, "depeg_factor")};
}

StandardExpiry expiry_of(const Json& input, double spot) {
    constexpr double seconds_a_year = 365.0 * 86400.0;
    const double forward = number(input, "forward", spot);
    const double root_years = std::sqrt(number(input, "sec") / seconds_a_year);
    StandardExpiry expiry{
        forward, std::min(number(input, "fwd_conf", 1.0), number(input, "vol_conf", 1.0)), {}};
    for (const Json& option : input.at("options")) {
        const double strike = number(option, "strike");
        const double mark =
            option.contains("vol")
                ? pricing::black76_value(forward, strike, number(option, "vol") * root_years, type_of(option))
                : number(option, "mark", number(option, "price"));
        expiry.options.push_back({strike, type_of(option), number(option, "qty"), mark});
    }
    return expiry;
}

StandardMarket market_of(const Json& input) {
    StandardMarket market{number(input, "spot"),           number(input, "spot_conf", 1.0),
                          number(input, "perp"),           number(input, "perp_price"),
                          number(input, "perp_conf", 1.0), number(input, "perp_unrealized"),
                          number(input, "base"),           {}};
    for (const Json& expiry : input.value("expiries", Json::array()))
        market.expiries.push_back(expiry_of(expiry, market.spot));
    return market;
}

Json derive_srm(const Json& input, const Context&) {
    std::vector<StandardMarket> markets;
    for (const Json& market : input.at("markets")) markets.push_back(market_of(market));
    const StandardMargin margin = standard_margin(
        markets, number(input, "cash"), number(input, "stable", 1.0), standard_params(input.at("params")));
    return {{"IM", margin.initial}, {"MM", margin.maintenance}, {"MTM", margin.mark_to_market}};
}

Json derive_liquidation(const Json& input, const Context&) {
    const auto kind = input.at("kind").get<std::string>();
    const AuctionedAccount account{number(input, "mtm"), number(input, "buffer_margin"),
                                   number(input, "reserved")};
    const double discount = number(input, "discount");
    if (kind == "fee") return {{"out", liquidation_fee(account, number(input, "fee"))}};
    if (kind == "max_pct") return {{"out", max_share(account, discount)}};
    if (kind == "cash_required") return {{"out", cash_required(account, number(input, "pct"), discount)}};
    if (kind == "insolvent_offer")
        return {{"out", insolvent_offer(account.mark_to_market, number(input, "mm"), number(input, "t_min"),
                                        number(input, "duration_min"))}};
    if (kind == "withdraw_fee")
        return {{"out", withdrawal_fee(number(input, "unpaid_debt"), number(input, "deposits"))}};
    if (kind.find("cost") != std::string::npos || kind.find("bid") != std::string::npos)
        return {{"out", bid_cost(account, number(input, "pct"), discount)}};
    throw std::runtime_error("no rule for the kind " + kind);
}

Json coin_option_sm(const Json& input, const Context&) {
    const CoinOptionParams params{.max_rate = 0.15, .min_rate = 0.1, .maintenance_rate = 0.075};
    const auto required = coin_option_requirement(number(input, "underlying"), number(input, "strike"),
                                                  type_of(input), number(input, "mark"), params);
    const double contracts = std::fabs(number(input, "qty", 1.0));
    return {{"IM", contracts * required.initial}, {"MM", contracts * required.maintenance}};
}

Json cboe_margin(const Json& input, const Context&) {
    const StrategyParams params{.narrow_rate = 0.2,
                                .broad_rate = 0.15,
                                .least_rate = 0.1,
                                .long_term_rate = 0.75,
                                .long_term_days = 90.0,
                                .long_share_rate = 0.5,
                                .short_share_rate = 1.5,
                                .contract_size = 100.0};
    const StrategyUnderlying underlying{number(input, "underlying"), number(input, "leverage", 1.0),
                                        input.value("broad", false)};
    std::vector<StrategyLeg> legs;
    for (const Json& leg : input.at("legs"))
        legs.push_back({type_of(leg), number(leg, "strike"), number(leg, "price"), number(leg, "qty"),
                        number(leg, "dte")});
    const Json held = input.value("shares", Json::object());
    const Shares shares{number(held, "qty"), number(held, "price", underlying.price)};
    return {{"margin", value_of(cheapest_pairing(legs, shares, underlying, params)).requirement}};
}

Json opyn_put(const Json& input, const Context&) {
    return {{"out", opyn_naked_put(number(input, "spot"), number(input, "strike"), number(input, "shock"),
                                   number(input, "upper_bound"))}};
}

Json opyn_call(const Json& input, const Context&) {
    return {{"out", opyn_naked_call(number(input, "spot"), number(input, "strike"), number(input, "shock"),
                                    number(input, "upper_bound"))}};
}

}  // namespace

void add_margin_strategy(Registry& registry) {
    registry["margin.derive_srm"] = derive_srm;
    registry["margin.derive_liquidation"] = derive_liquidation;
    registry["margin.coin_option_sm"] = coin_option_sm;
    registry["margin.cboe_margin"] = cboe_margin;
    registry["margin.opyn_naked_put"] = opyn_put;
    registry["margin.opyn_naked_call"] = opyn_call;
}

}  // namespace tidemark::vectors
