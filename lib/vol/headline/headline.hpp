// The volatility in use: implied and realised made one, and never lower for what is missing, stale or old.
#pragma once

#include <optional>
#include <span>

#include "core/measure.hpp"
#include "vol/headline/blend.hpp"

namespace tidemark::vol {

/// Volatility over the days from here.
struct Foreseen {
    double horizon_days = 0.0;
    double annual_vol = 0.0;
};

/// What realised volatility is foreseen to be over whole_days; as it is, where its estimator knows no such
/// term.
Foreseen foreseen_over(std::span<const Foreseen> forecasts, double whole_days, const Foreseen& as_it_is);

struct HeadlineInput {
    std::optional<BlendInput> implied;   // at the horizon
    std::optional<BlendInput> realized;  // foreseen over it
    std::optional<AnnualVol> older;      // implied, of marks that are too old: see older_marks
    BlendWeights weights;
};

enum class HeadlineSource { implied, realized, blend, older_marks };

struct Headline {
    AnnualVol annual_vol;
    HeadlineSource source = HeadlineSource::implied;
    std::optional<Blend> blend;  // where two made it
};

/// None where there is neither implied nor realised volatility. Older marks count where the headline would be
/// lower without them, and do not stand alone.
std::optional<Headline> headline(const HeadlineInput& input);

}  // namespace tidemark::vol
