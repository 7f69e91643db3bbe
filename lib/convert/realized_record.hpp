// Realised volatility and the tails of returns, as they were calculated, to the parts of a vol record.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "record/vol.hpp"
#include "vol/daily/residual_tails.hpp"
#include "vol/history/jump_day.hpp"
#include "vol/realized_vol.hpp"

namespace tidemark::convert {

/// Words that a record refers to: they have to be kept until it is written.
using KeptWords = std::deque<std::string>;

/// Of these bars, without tails. `asked` is the estimator asked for, which the record names where another
/// stands in for it.
record::RealizedVol realized_vol(const vol::RealizedVol& realized, const vol::BarSeries& bars,
                                 const vol::Estimator& asked, KeptWords& words);

/// `filter` names whose volatility the returns were divided by.
record::VolTails vol_tails(const vol::ResidualTails& tails, std::string_view filter, double confidence,
                           const std::optional<vol::JumpDay>& jump);

}  // namespace tidemark::convert
