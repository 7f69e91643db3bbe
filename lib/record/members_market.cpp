// Reading and writing of the market's records, made once.
#include "json/members.hpp"
#include "record/book.hpp"
#include "record/candle.hpp"
#include "record/correlation.hpp"
#include "record/instrument.hpp"
#include "record/liquidity.hpp"
#include "record/price.hpp"
#include "record/ticker.hpp"
#include "record/trade.hpp"

namespace tidemark::json {

template bool Reader::members(std::uint32_t, record::Instrument&);
template bool Reader::members(std::uint32_t, record::Ticker&);
template bool Reader::members(std::uint32_t, record::Price&);
template bool Reader::members(std::uint32_t, record::Liquidity&);
template bool Reader::members(std::uint32_t, record::Correlation&);
template bool Reader::members(std::uint32_t, record::Book&);
template bool Reader::members(std::uint32_t, record::Candle&);
template bool Reader::members(std::uint32_t, record::Trade&);

template void append_members(std::string&, const record::Instrument&);
template void append_members(std::string&, const record::Ticker&);
template void append_members(std::string&, const record::Price&);
template void append_members(std::string&, const record::Liquidity&);
template void append_members(std::string&, const record::Correlation&);
template void append_members(std::string&, const record::Book&);
template void append_members(std::string&, const record::Candle&);
template void append_members(std::string&, const record::Trade&);

template bool Rewrite::members(std::uint32_t, const record::Ticker&, const record::Ticker&);
template bool Rewrite::members(std::uint32_t, const record::Price&, const record::Price&);
template bool Rewrite::members(std::uint32_t, const record::Liquidity&, const record::Liquidity&);
template bool Rewrite::members(std::uint32_t, const record::Correlation&, const record::Correlation&);
template bool Rewrite::members(std::uint32_t, const record::Book&, const record::Book&);

}  // namespace tidemark::json
