#include "attribution/attribution.hpp"

#include <algorithm>

#include "margin/model/exact_sums.hpp"

namespace tidemark::attribution {
namespace {

record::DiffFigures figures_of(const record::Margin& margin) {
    return {*margin.initial_margin, *margin.maintenance_margin, *margin.equity};
}

bool same(const record::DiffFigures& a, const record::DiffFigures& b) {
    return a.initial_margin == b.initial_margin && a.maintenance_margin == b.maintenance_margin &&
           a.equity == b.equity;
}

record::DiffFigures difference(const record::DiffFigures& to, const record::DiffFigures& from) {
    return {to.initial_margin - from.initial_margin, to.maintenance_margin - from.maintenance_margin,
            to.equity - from.equity};
}

std::string name_of(const DiffStep& step) {
    return std::string{step.cause} + (step.item.empty() ? "" : " ") + step.item;
}

}  // namespace

void Attribution::begin(const record::Margin& margin) {
    start_ = figures_of(margin);
}

void Attribution::pass_over(const DiffStep& step, std::string_view reason) {
    passed_over_.push_back(step);
    reason_ = reason;
}

void Attribution::reach(const DiffStep& step, const record::Margin& margin) {
    if (margin.status != record::MarginStatus::ok) return pass_over(step, *margin.reason);
    const record::DiffFigures at = figures_of(margin);
    const record::DiffFigures& last = legs_.empty() ? start_ : legs_.back().at;
    if (!same(at, last)) {
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

std::vector<double> Attribution::levels(double record::DiffFigures::*figure) const {
    std::vector<double> out{start_.*figure};
    for (const Leg& leg : legs_) out.push_back(leg.at.*figure);
    return out;
}

/// One figure of every point of the way, put on the grid.
void Attribution::to_exact(std::vector<record::DiffFigures>& points, double record::DiffFigures::*figure,
                           const Attribution& back) const {
    std::vector<double> here = levels(figure);
    const double longest = std::max(margin::way_length(here), margin::way_length(back.levels(figure)));
    margin::to_exact_path(here, longest);
    for (std::size_t i = 0; i < points.size(); ++i) points[i].*figure = here[i];
}

void Attribution::put(record::MarginDiff& out, const Attribution& back) const {
    std::vector<record::DiffFigures> points(1 + legs_.size());
    to_exact(points, &record::DiffFigures::initial_margin, back);
    to_exact(points, &record::DiffFigures::maintenance_margin, back);
    to_exact(points, &record::DiffFigures::equity, back);
    out.before = points.front();
    out.after = points.back();
    out.change = difference(points.back(), points.front());
    out.rows.clear();
    for (std::size_t i = 0; i < legs_.size(); ++i) {
        if (same(points[i + 1], points[i])) continue;
        const auto& [step, with, at] = legs_[i];
        const record::DiffFigures by = difference(points[i + 1], points[i]);
        record::DiffRow& row = out.rows.emplace_back();
        row = {step.cause,        std::nullopt,          step.from, step.to,
               by.initial_margin, by.maintenance_margin, by.equity, {with.begin(), with.end()},
               std::nullopt};
        if (!step.item.empty()) row.item = step.item;
        if (!step.note.empty()) row.note = step.note;
    }
    out.status = out.rows.empty() ? record::DiffStatus::unchanged : record::DiffStatus::changed;
}

}  // namespace tidemark::attribution
