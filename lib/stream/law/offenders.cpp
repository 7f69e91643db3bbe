#include "stream/law/offenders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace tidemark::stream {
namespace {

bool worse(const Offender& a, const Offender& b) {
    return std::tie(b.rank, b.weight, a.key, a.what) < std::tie(a.rank, a.weight, b.key, b.what);
}

}  // namespace

void Offenders::add(Offender offender) {
    const auto place = std::upper_bound(worst_.begin(), worst_.end(), offender, worse);
    if (place == worst_.end() && worst_.size() == most_named) return;
    worst_.insert(place, std::move(offender));
    if (worst_.size() > most_named) worst_.pop_back();
}

void Offenders::add(Offenders& others) {
    for (Offender& offender : others.worst_) add(std::move(offender));
    others.worst_.clear();
}

std::vector<std::string> Offenders::lines(std::int64_t found) const {
    std::vector<std::string> all;
    for (const Offender& offender : worst_)
        all.push_back(fmt::format("--fail-on: {}: {}", offender.key, offender.what));
    const std::int64_t rest = found - static_cast<std::int64_t>(worst_.size());
    if (rest > 0 && !worst_.empty()) all.push_back(fmt::format("--fail-on: and {} more", rest));
    return all;
}

}  // namespace tidemark::stream
