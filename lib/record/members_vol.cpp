// Reading and writing of what vol-estimate answers, made once.
#include "json/members.hpp"
#include "record/forecast_evaluation.hpp"
#include "record/vol.hpp"

namespace tidemark::json {

template bool Reader::members(std::uint32_t, record::Vol&);
template bool Reader::members(std::uint32_t, record::ForecastEvaluation&);

template void append_members(std::string&, const record::Vol&);
template void append_members(std::string&, const record::ForecastEvaluation&);

template bool Rewrite::members(std::uint32_t, const record::Vol&, const record::Vol&);

}  // namespace tidemark::json
