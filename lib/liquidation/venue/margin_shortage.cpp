#include "liquidation/venue/margin_shortage.hpp"

namespace tidemark::liquidation {
namespace {

constexpr margin::Wide base_precision = 1'000'000'000;
constexpr std::int64_t fee_per_ratio = 100;  // 1e-6 of a fee in 1e-4 of a ratio
constexpr std::int64_t extra_precision = 10;

}  // namespace

std::optional<margin::Wide> base_to_cover(const PerpShortage& s) {
    const margin::Wide ratio = margin::Wide{s.margin_ratio} * fee_per_ratio;
    if (s.oracle_price == 0 || ratio <= s.liquidation_fee) return std::nullopt;
    const margin::Wide price = margin::Wide{s.oracle_price} * s.quote_price / margin::one_million;
    const margin::Wide freed = price * (ratio - s.liquidation_fee) / margin::one_million -
                               margin::ppm_floor(s.oracle_price, s.insurance_fee);
    if (freed <= 0) return std::nullopt;
    return s.shortage * base_precision / freed;
}

std::optional<margin::Wide> liability_transfer_to_cover(const LiabilityShortage& s) {
    if (s.asset_weight >= s.liability_weight) return std::nullopt;
    const margin::Wide liability = margin::Wide{s.liability_weight} * extra_precision;
    const margin::Wide asset =
        margin::Wide{s.asset_weight} * extra_precision * s.asset_multiplier / s.liability_multiplier;
    const margin::Wide freed = margin::Wide{s.liability_price} * (liability - asset) -
                               margin::ppm_floor(s.liability_price, s.insurance_fee) * liability;
    if (freed <= 0) return std::nullopt;
    constexpr margin::Wide scale = margin::Wide{margin::one_million} * 10'000 * extra_precision;
    const int shift = s.decimals - 6;
    const margin::Wide up = margin::power_of_ten(shift > 0 ? shift : 0),
                       down = margin::power_of_ten(shift < 0 ? -shift : 0);
    return s.shortage * up * scale / freed / down;
}

}  // namespace tidemark::liquidation
