// The way of one account's figures from one day to the other, step by step.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/margin.hpp"
#include "record/margin_diff.hpp"

namespace tidemark::attribution {

/// What a step switches.
struct DiffStep {
    std::string_view cause;
    std::string item;
    std::optional<double> from, to;
    std::string note;
};

class Attribution {
public:
    /// Where the way begins. Wants a margin with figures.
    void begin(const record::Margin& margin);

    /// The next state. One without figures is passed over: what it switched goes with the next state that
    /// has some, and the reason is noted there.
    void reach(const DiffStep& step, const record::Margin& margin);
    /// A state that cannot even be asked for.
    void pass_over(const DiffStep& step, std::string_view reason);

    /// Fills in the figures at both ends, the change and its rows, on a grid on which rows sum exactly; by
    /// the way back it is one on which that has the same ends. Rows of nothing are left out. Views in it hold
    /// as long as this object, unchanged.
    void put(record::MarginDiff& out, const Attribution& back) const;

private:
    struct Leg {
        DiffStep step;
        std::vector<std::string> with;
        record::DiffFigures at;  // where it leads
    };

    [[nodiscard]] std::vector<double> levels(double record::DiffFigures::*figure) const;
    void to_exact(std::vector<record::DiffFigures>& points, double record::DiffFigures::*figure,
                  const Attribution& back) const;

    record::DiffFigures start_;
    std::vector<Leg> legs_;
    std::vector<DiffStep> passed_over_;
    std::string reason_;
};

}  // namespace tidemark::attribution
