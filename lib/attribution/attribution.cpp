#include "attribution/attribution.hpp"

#include <algorithm>

#include "margin/model/exact_sums.hpp"

namespace tidemark::attribution {
namespace {

std::string name_of(const DiffStep& step) {
    return std::string{word(step.cause)} + (step.item.empty() ? "" : " ") + step.item;
}

}  // namespace

Figures difference(const Figures& to, const Figures& from) {
    return {to.initial_margin - from.initial_margin, to.maintenance_margin - from.maintenance_margin,
            to.equity - from.equity};
}

void Attribution::pass_over(const DiffStep& step, std::string_view reason) {
    passed_over_.push_back(step);
    reason_ = reason;
}

void Attribution::reach(const DiffStep& step, const Figures& at) {
    const Figures& last = legs_.empty() ? start_ : legs_.back().at;
    if (at != last) {
        Leg leg{step, {}, at};
        if (!passed_over_.empty()) {
            leg.step = passed_over_.front();
            leg.step.note = reason_;
            for (std::size_t i = 1; i < passed_over_.size(); ++i)
                leg.with.push_back(name_of(passed_over_[i]));
            leg.with.push_back(name_of(step));
        }
        legs_.push_back(std::move(leg));
    }
    passed_over_.clear();
}

std::vector<double> Attribution::levels(double Figures::*figure) const {
    std::vector<double> out{start_.*figure};
    for (const Leg& leg : legs_) out.push_back(leg.at.*figure);
    return out;
}

/// One figure of every point of the way, put on the grid.
void Attribution::to_exact(std::vector<Figures>& points, double Figures::*figure,
                           const Attribution& back) const {
    std::vector<double> here = levels(figure);
    const double longest = std::max(margin::way_length(here), margin::way_length(back.levels(figure)));
    margin::to_exact_path(here, longest);
    for (std::size_t i = 0; i < points.size(); ++i) points[i].*figure = here[i];
}

AttributedChange Attribution::change(const Attribution& back) const {
    std::vector<Figures> points(1 + legs_.size());
    to_exact(points, &Figures::initial_margin, back);
    to_exact(points, &Figures::maintenance_margin, back);
    to_exact(points, &Figures::equity, back);
    AttributedChange out{points.front(), points.back(), {}};
    for (std::size_t i = 0; i < legs_.size(); ++i) {
        if (points[i + 1] != points[i])
            out.rows.push_back({legs_[i].step, legs_[i].with, difference(points[i + 1], points[i])});
    }
    return out;
}

}  // namespace tidemark::attribution
