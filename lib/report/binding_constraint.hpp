// What decides a margin: the rule that binds, its largest part, and the leg behind it.
#pragma once

#include "desk/account_margin.hpp"
#include "record/comparison.hpp"

namespace tidemark::report {

/// Of what the assessor has just given. Names in it are the market's, and last as long. Without a leg where
/// no single one can be told.
record::Binds binding_constraint_of(const record::Margin& margin, const desk::AccountMargin& account_margin);

/// The moves of a worst scenario in words: BTC -15.0%, ETH -12.0%, vol up.
std::string scenario_words(const json::Named& moves, std::string_view vol);

}  // namespace tidemark::report
