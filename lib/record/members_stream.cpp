// Reading and writing of the records about the stream itself, made once.
#include "json/members.hpp"
#include "record/error.hpp"
#include "record/scenario.hpp"

namespace tidemark::json {

template bool Reader::members(std::uint32_t, record::Error&);
template bool Reader::members(std::uint32_t, record::Eos&);
template bool Reader::members(std::uint32_t, record::Scenario&);

template void append_members(std::string&, const record::Error&);
template void append_members(std::string&, const record::Eos&);
template void append_members(std::string&, const record::Scenario&);

}  // namespace tidemark::json
