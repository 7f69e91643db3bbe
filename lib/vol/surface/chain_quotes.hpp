// What the quotes of one expiry are to each method that reads them.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "vol/surface/model_free.hpp"
#include "vol/surface/option_chain.hpp"
#include "vol/surface/smile.hpp"
#include "vol/svi/svi_quotes.hpp"

namespace tidemark::vol {

using VolOfOption = std::optional<double> ChainOption::*;

/// Those options that have this one of the volatilities.
std::vector<SmileQuote> smile_quotes(const ChainExpiry& expiry, VolOfOption vol);

/// At the forward, of this one of the volatilities; empty where strikes do not reach it.
std::optional<double> atm_vol(const ChainExpiry& expiry, VolOfOption vol);

/// A row a strike; of two quotes of one strike and side the narrower counts, and a listed option without
/// quotes is a strike without a bid.
std::vector<StripQuote> strip_quotes(const ChainExpiry& expiry);

struct FitQuotes {
    std::vector<SviQuote> quotes;
    std::optional<double> half_spread;  // the median, of volatility
};

/// Options out of the money. Errors are counted in half bid-ask spreads of volatility; an option quoted on
/// one side weighs as the widest of the others, and all weigh the same where none is quoted on both.
FitQuotes fit_quotes(Price forward, std::span<const ChainOption> options);

}  // namespace tidemark::vol
