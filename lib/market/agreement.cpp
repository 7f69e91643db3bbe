// What the records of one underlying say of one another. All of it is a function of the newest of them.
#include "market/agreement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tidemark::market {
namespace {

/// So near the money an option's volatility is that of its underlying.
constexpr double lowest_moneyness = 0.8, highest_moneyness = 1.25;
/// Of fewer options the middle one may be damaged.
constexpr std::size_t fewest_options = 3;
constexpr double least_of_quoted = 1.0 / 3.0;

bool near_the_money(const Instrument& option) {
    const Quote& quote = *option.quote;
    if (!quote.mark_vol || !quote.forward_price || !(*quote.forward_price > 0.0)) return false;
    const double moneyness = option.terms.strike / *quote.forward_price;
    return moneyness >= lowest_moneyness && moneyness <= highest_moneyness;
}

}  // namespace

Status near_options(const Asset& asset, std::string_view name) {
    if (!asset.vol || !asset.quoted_vol) return Ok{};
    const double used = asset.vol->annual_vol, quoted = *asset.quoted_vol;
    if (used >= least_of_quoted * quoted) return Ok{};
    return Error{
        Errc::conflict,
        fmt::format("want the vol of {} at least a third of {}, at which its options near the money are "
                    "quoted, got {}",
                    name, quoted, used),
        "", 0};
}

/// What an instrument says of the price of its underlying: its index, else what it trades at itself.
std::optional<IndexPrice> Market::evidence(const Instrument& instrument) const {
    if (!instrument.quote || !is_money(instrument.quote_asset)) return std::nullopt;
    if (instrument.index) return instrument.index;
    const bool option = instrument.terms.kind == ContractKind::option;
    const auto& price = option ? instrument.quote->forward_price : instrument.quote->mark_price;
    return price ? std::optional{IndexPrice{instrument.quote->ts, *price}} : std::nullopt;
}

/// The one furthest off of those that contradict the price, where no more agree with it.
std::optional<double> Market::rival_of(AssetId id) const {
    const Asset& asset = assets_[id];
    if (!asset.price) return std::nullopt;
    std::size_t agree = 0, against = 0;
    double worst = 0.0, furthest = std::log(believed_factor);
    const auto weigh = [&](Timestamp ts, double price) {
        if (!as_fresh(ts, asset.price->ts) || !(price > 0.0)) return;
        const double apart = std::fabs(std::log(price / asset.price->price));
        ++(apart > std::log(believed_factor) ? against : agree);
        if (apart <= furthest) return;
        furthest = apart;
        worst = price;
    };
    if (asset.stated) weigh(asset.stated->ts, asset.stated->price);
    for (const InstrumentId instrument : written_on_[id]) {
        if (const auto said = evidence(instruments_[instrument])) weigh(said->ts, said->price);
    }
    return against > 0 && agree <= against ? std::optional{worst} : std::nullopt;
}

/// The median.
std::optional<double> Market::quoted_vol_of(AssetId id) const {
    const auto& vol = assets_[id].vol;
    if (!vol) return std::nullopt;
    std::vector<double> quoted;
    for (const InstrumentId each : written_on_[id]) {
        const Instrument& option = instruments_[each];
        if (option.terms.kind != ContractKind::option || !option.quote) continue;
        if (near_the_money(option) && as_fresh(option.quote->ts, vol->ts, same_hour_ms))
            quoted.push_back(*option.quote->mark_vol);
    }
    if (quoted.size() < fewest_options) return std::nullopt;
    const auto middle = quoted.begin() + static_cast<std::ptrdiff_t>(quoted.size() / 2);
    std::nth_element(quoted.begin(), middle, quoted.end());
    return *middle;
}

void Market::compare_records() {
    std::sort(changed_.begin(), changed_.end());
    changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
    for (const AssetId id : changed_) {
        Asset& asset = assets_[id];
        const auto rival = rival_of(id);
        const auto quoted_vol = quoted_vol_of(id);
        if (rival == asset.rival && quoted_vol == asset.quoted_vol) continue;
        asset.rival = rival;
        asset.quoted_vol = quoted_vol;
        touch(asset.version);
        asset.vol_version = asset.version;
    }
    changed_.clear();
}

}  // namespace tidemark::market
