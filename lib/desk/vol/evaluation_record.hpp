// The days of an underlying to forecast-evaluation records.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "vol/history/day_series.hpp"

namespace tidemark::desk {

/// Appends a line for each forecaster, best first. Fails as forecast_contest does, naming the underlying.
Status append_evaluation(std::string_view underlying, const vol::DaySeries& days, std::string& out);

}  // namespace tidemark::desk
