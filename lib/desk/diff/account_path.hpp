// From one line of an account to another, one thing at a time.
#pragma once

#include <functional>

#include "attribution/attribution.hpp"
#include "record/account.hpp"

namespace tidemark::desk {

/// Called with each step and the account after it.
using AccountVisit = std::function<void(const attribution::DiffStep& step, const record::Account& now)>;

/// Switches `now` to `to`, in canonical order: margin mode and currency, then positions by symbol, collateral
/// by asset, the score's multiplier, and orders by symbol; what is the same has no step. Position lines of
/// one symbol go together; where they differ in their entry price alone the cause is "entry".
void switch_account(record::Account& now, const record::Account& to, const AccountVisit& visit);

/// Takes what `to` does not have and `valued` does not value out of `now`, first of all and one by one: an
/// account of that position or balance alone is given to `valued`, which gives the reason where it has none.
void close_unvalued(record::Account& now, const record::Account& to,
                    const std::function<std::optional<std::string>(const record::Account& alone)>& valued,
                    const AccountVisit& visit);

}  // namespace tidemark::desk
