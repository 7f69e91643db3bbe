// What decides a margin: the rule that binds, its largest part, and the leg behind it.
#pragma once

#include "margin/model/judged_account.hpp"
#include "record/comparison.hpp"

namespace tidemark::report {

/// Of an account with figures. Names in it are the market's, and last as long. Without a leg where
/// no single one can be told.
record::Binds binding_constraint_of(const margin::JudgedAccount& account);

/// The moves of a worst scenario in words: BTC -15.0%, ETH -12.0%, vol up.
std::string scenario_words(const json::Named& moves, VolMove vol);

}  // namespace tidemark::report
