// Any bytes given to a source: it neither dies nor throws, and what it writes is lines that our own parser
// and nlohmann take. The first byte chooses the source.
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "feed/feed.hpp"
#include "json/line.hpp"

using namespace tidemark;

namespace {

feed::Options options() {
    feed::Options options;
    options.symbol = "BTC-PERPETUAL";
    options.account_id = "a";
    options.map = "ts=time,open=o,high=h,low=l,close=c";
    options.interval_ms = 60'000;
    options.as_of = Timestamp{1770306692000};
    return options;
}

void require_records(std::string_view lines) {
    json::Line line;
    while (!lines.empty()) {
        const std::string_view text = lines.substr(0, lines.find('\n'));
        if (text.size() == lines.size()) std::abort();  // every line ends
        lines.remove_prefix(text.size() + 1);
        std::string padded{text};
        padded.append(json::padding, '7');
        if (!line.parse(std::string_view{padded}.substr(0, text.size()))) std::abort();
        if (line.find(json::Line::root, "type") == 0 || !nlohmann::json::accept(text)) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static const std::vector<std::string> names = feed::names();
    const auto importer = feed::make(names[data[0] % names.size()], options());
    if (!importer) std::abort();
    std::string_view text{reinterpret_cast<const char*>(data) + 1, size - 1};
    feed::Output out;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        std::string padded{line};
        padded.append(json::padding, '7');
        (*importer)->line(std::string_view{padded}.substr(0, line.size()), out);
    }
    (*importer)->finish(out);
    require_records(out.lines);
    for (const Error& error : out.errors) {
        if (!nlohmann::json::accept("\"" + error.field + "\"") &&
            error.field.find_first_of("\"\\") == std::string::npos)
            std::abort();
        if (error.message.empty()) std::abort();
    }
    return 0;
}
