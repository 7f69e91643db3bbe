// Says whether an answer agrees with what a vector expects, under the vector's own tolerance.
#pragma once

#include <optional>
#include <string>

#include "adapter.hpp"

namespace tidemark::vectors {

struct Difference {
    std::string path;  // "." is the whole answer
    std::string want;
    std::string got;
};

/// The first member of `want` that `got` lacks or does not match; members that only `got` has are ignored.
///
/// A number may be off by what any one of the vector's tolerances that apply to it allows:
///     rel             fraction of |want|, or of `floor` where that is larger
///     abs             the same unit as the number
///     trunc           both cut to whole numbers are equal
///     NAME_abs, NAME_rel, NAME
///                     as abs, rel, abs, in place of the general one, for the member NAME, members whose name
///                     begins with NAME_, and everything below either; the longest NAME wins
///     exact           no more than documentation: with no tolerance that applies, numbers must be equal
/// Numbers below a member named published... may instead be off by half a unit of their last printed digit.
/// Below a member whose name ends in _at_most or _at_least, the expected number is a bound.
/// "nan", "inf" and "-inf" as expected text stand for those numbers. All else must be equal.
///
/// An answer may have a member `_unjudged`: names of members that the vector's own note says not to judge.
/// One with a member `_verdict` (a bool) decides for itself, and its `_message` says why not: only for what
/// no tolerance can say.
std::optional<Difference> first_difference(const Json& want, const Json& got, const Json& tolerance);

/// Compares right and wrong answers of every form and says on stdout which came out wrong.
bool compare_self_test();

}  // namespace tidemark::vectors
