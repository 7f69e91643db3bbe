// What each holding of an account comes to by itself, under the rule that the whole was judged by.
#pragma once

#include <string_view>
#include <vector>

#include "margin/model/judged_account.hpp"

namespace tidemark::report {

/// A balance, or all positions of one instrument. Account currency.
struct Standalone {
    margin::LegKey key;
    double qty = 0.0;
    double entry = 0.0;           // of the position where it is one; 0 where they are several
    double equity = 0.0;          // what it adds to the account's
    double initial_margin = 0.0;  // what would be required if it were all there is
};

/// Of what is held cross, balances first; none where nothing is. Leaves out what the model does not
/// take alone. Their equity sums to the set's; their requirements do so where the model knows no offsets.
std::vector<Standalone> standalone_legs(const margin::JudgedAccount& account);

/// The symbol or asset that a leg is of.
std::string_view leg_name(const margin::LegKey& key, const market::Market& market);

}  // namespace tidemark::report
