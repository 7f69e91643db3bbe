// The types of line that these tools read or write. Others pass as they are; one that is nearly one of these
// is a slip of the pen.
#pragma once

#include <array>
#include <string_view>

#include "record/account.hpp"
#include "record/book.hpp"
#include "record/candle.hpp"
#include "record/correlation.hpp"
#include "record/error.hpp"
#include "record/forecast_evaluation.hpp"
#include "record/instrument.hpp"
#include "record/liquidity.hpp"
#include "record/price.hpp"
#include "record/scenario.hpp"
#include "record/ticker.hpp"
#include "record/trade.hpp"
#include "record/vol.hpp"

namespace tidemark::record {

/// Those of records, then the results that stand on lines of their own under --bare.
inline constexpr std::array known_types{Account::type,
                                        Book::type,
                                        Candle::type,
                                        Correlation::type,
                                        Error::type,
                                        Eos::type,
                                        ForecastEvaluation::type,
                                        Instrument::type,
                                        Liquidity::type,
                                        Price::type,
                                        Scenario::type,
                                        Ticker::type,
                                        Trade::type,
                                        Vol::type,
                                        std::string_view{"score"},
                                        std::string_view{"margin"},
                                        std::string_view{"comparison"},
                                        std::string_view{"scenarios"},
                                        std::string_view{"reconciliation"},
                                        std::string_view{"liquidation"},
                                        std::string_view{"margin_diff"}};

}  // namespace tidemark::record
