// Reading and writing of accounts and what is added to them, made once.
#include "json/members.hpp"
#include "record/account.hpp"
#include "record/comparison.hpp"
#include "record/liquidation.hpp"
#include "record/margin.hpp"
#include "record/score.hpp"

namespace tidemark::json {

template bool Reader::members(std::uint32_t, record::Account&);
template bool Reader::members(std::uint32_t, record::Score&);
template bool Reader::members(std::uint32_t, record::Margin&);
template bool Reader::members(std::uint32_t, record::ComparedMargin&);
template bool Reader::members(std::uint32_t, record::Liquidation&);

template void append_members(std::string&, const record::Account&);
template void append_members(std::string&, const record::Score&);
template void append_members(std::string&, const record::Margin&);
template void append_members(std::string&, const record::ComparedMargin&);
template void append_members(std::string&, const record::Liquidation&);

}  // namespace tidemark::json
