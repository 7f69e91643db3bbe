// The way of one account's figures from one day to the other, step by step.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/margin_words.hpp"

namespace tidemark::attribution {

/// What is attributed. Account currency.
struct Figures {
    double initial_margin = 0.0, maintenance_margin = 0.0, equity = 0.0;
    friend bool operator==(const Figures&, const Figures&) = default;
};

/// What a step switches.
struct DiffStep {
    Cause cause{};
    std::string item;
    std::optional<double> from, to;
    std::string note;
};

/// What one step changed, and what had to be switched with it.
struct Row {
    const DiffStep& step;
    const std::vector<std::string>& with;
    Figures by;
};

/// The change between both ends, row by row; rows sum to it exactly.
struct AttributedChange {
    Figures before, after;
    std::vector<Row> rows;
};

/// From `from` to `to`.
Figures difference(const Figures& to, const Figures& from);

class Attribution {
public:
    /// Where the way begins.
    void begin(const Figures& at) { start_ = at; }

    /// The next state.
    void reach(const DiffStep& step, const Figures& at);
    /// A state that has no figures: what it switched goes with the next state that has some, and the reason
    /// is noted there.
    void pass_over(const DiffStep& step, std::string_view reason);

    /// The figures at both ends and the rows, on a grid on which rows sum exactly; by the way back it is one
    /// on which that has the same ends. Rows of nothing are left out. Views in it hold as long as this
    /// object, unchanged.
    [[nodiscard]] AttributedChange change(const Attribution& back) const;

private:
    struct Leg {
        DiffStep step;
        std::vector<std::string> with;
        Figures at;  // where it leads
    };

    [[nodiscard]] std::vector<double> levels(double Figures::*figure) const;
    void to_exact(std::vector<Figures>& points, double Figures::*figure, const Attribution& back) const;

    Figures start_;
    std::vector<Leg> legs_;
    std::vector<DiffStep> passed_over_;
    std::string reason_;
};

}  // namespace tidemark::attribution
