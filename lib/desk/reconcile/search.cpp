#include "desk/reconcile/search.hpp"

#include <algorithm>
#include <cmath>

namespace tidemark::desk {
namespace {

constexpr double immaterial = 1e-6;  // of the venue's figure

}  // namespace

std::vector<Asked> asked_of(const record::Reported& reported) {
    std::vector<Asked> asked;
    const auto add = [&](const auto& field) {
        if constexpr (std::is_same_v<std::decay_t<decltype(reported.*field.member)>, json::Named>) {
            for (const auto& [symbol, price] : reported.*field.member)
                asked.push_back({"liquidation_price", symbol, price});
        } else if (reported.*field.member) {
            asked.push_back({field.name, "", *(reported.*field.member)});
        }
    };
    std::apply([&](const auto&... field) { (add(field), ...); }, record::Reported::fields());
    return asked;
}

int decimals_of(double value) {
    constexpr int most = 12;
    double scale = 1.0;
    int decimals = 0;
    while (decimals < most && std::round(value * scale) / scale != value) {
        scale *= 10.0;
        ++decimals;
    }
    return decimals;
}

double unit_of(double value) {
    return std::pow(10.0, -decimals_of(value));
}

/// A figure of one or two digits would let anything pass.
double tolerance(double theirs, Discrepancy cause) {
    const double size = std::fabs(theirs), unit = unit_of(theirs) * (1.0 - 1e-9);
    const double most = text_of(cause).many ? 1e-4 * size : 1e-2 * size;
    return std::max(immaterial * size, unit <= most ? unit : 0.0);
}

void Search::offer(std::size_t i, double figure, Discrepancy cause, const std::string& detail) {
    if (!ours_[i]) return;
    const double theirs = asked_[i].theirs, remains = std::fabs(figure - theirs);
    if (!(remains <= tolerance(theirs, cause)) || remains > 0.1 * std::fabs(*ours_[i] - theirs)) return;
    if (found_[i] && found_[i]->cause < cause) return;
    if (found_[i] && found_[i]->cause == cause && found_[i]->remains <= remains) return;
    found_[i] = Explanation{cause, detail, remains};
}

void Search::offer_all(const Figures& figures, Discrepancy cause, const std::string& detail) {
    for (std::size_t i = 0; i < figures.size(); ++i) {
        if (figures[i]) offer(i, *figures[i], cause, detail);
    }
}

bool Search::wants(Discrepancy cause) const {
    for (std::size_t i = 0; i < found_.size(); ++i) {
        if (ours_[i] && (!found_[i] || found_[i]->cause >= cause)) return true;
    }
    return false;
}

}  // namespace tidemark::desk
