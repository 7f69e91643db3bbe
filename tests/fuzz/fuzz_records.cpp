// Any line either fails to be read as a record, or is the same record after it was written and read again.
// The first byte chooses the record.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "json/writer.hpp"
#include "record/account.hpp"
#include "record/book.hpp"
#include "record/candle.hpp"
#include "record/correlation.hpp"
#include "record/error.hpp"
#include "record/instrument.hpp"
#include "record/liquidity.hpp"
#include "record/price.hpp"
#include "record/scenario.hpp"
#include "record/ticker.hpp"
#include "record/trade.hpp"
#include "record/vol.hpp"

using namespace tidemark;

namespace {

/// The record of a line, written; empty where the line has none.
template <class Record>
std::string written(std::string_view text) {
    std::string padded{text};
    padded.append(json::padding, '7');
    json::Line line;
    json::Reader reader;
    Record record;
    std::string out;
    if (!line.parse(std::string_view{padded}.substr(0, text.size()))) return out;
    if (!reader.read(line, record)) return out;
    json::append_line(out, record);
    return out;
}

template <class Record>
void survives(std::string_view text) {
    const std::string once = written<Record>(text);
    if (!once.empty() && written<Record>(std::string_view{once}.substr(0, once.size() - 1)) != once)
        std::abort();
}

using Check = void (*)(std::string_view);
constexpr std::array<Check, 13> checks{
    survives<record::Account>,     survives<record::Book>,      survives<record::Candle>,
    survives<record::Correlation>, survives<record::Error>,     survives<record::Eos>,
    survives<record::Instrument>,  survives<record::Liquidity>, survives<record::Price>,
    survives<record::Ticker>,      survives<record::Trade>,     survives<record::Vol>,
    survives<record::Scenario>,
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    checks[data[0] % checks.size()]({reinterpret_cast<const char*>(data) + 1, size - 1});
    return 0;
}
