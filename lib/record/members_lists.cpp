// Reading and writing of the lists that stand in place of a margin, and what changed between two days, made
// once.
#include "json/members.hpp"
#include "record/margin_diff.hpp"
#include "record/reconciliation.hpp"
#include "record/scenarios.hpp"

namespace tidemark::json {

template bool Reader::members(std::uint32_t, record::Scenarios&);
template bool Reader::members(std::uint32_t, record::Reconciled&);
template bool Reader::members(std::uint32_t, record::MarginDiff&);
template bool Reader::members(std::uint32_t, record::DiffFigures&);

template void append_members(std::string&, const record::Scenarios&);
template void append_members(std::string&, const record::Reconciled&);
template void append_members(std::string&, const record::MarginDiff&);
template void append_members(std::string&, const record::DiffFigures&);

}  // namespace tidemark::json
