#include "cli/sink.hpp"

namespace tidemark::cli {
namespace {

constexpr std::size_t worth_a_write = std::size_t{64} << 10;

}  // namespace

Sink::Sink(Format format, std::vector<Column> columns, std::string member)
    : format_{format},
      columns_{std::move(columns)},
      member_{std::move(member)},
      table_{columns_},
      line_{json::Limits{.line_bytes = std::size_t{1} << 30, .members = 65536}} {}

bool Sink::is_row() const {
    const std::uint32_t type = line_.find(json::Line::root, "type");
    return line_.find(json::Line::root, member_) != 0 || (type != 0 && line_.raw(line_.at(type)) == member_);
}

void Sink::add_rows(std::string_view lines) {
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size());
        padded_.assign(lines.substr(at, end - at)).append(json::padding, '\0');
        at = end + 1;
        const std::string_view text{padded_.data(), padded_.size() - json::padding};
        if (!line_.parse(text) || !is_row()) continue;
        if (format_ == Format::table) {
            table_.add(line_);
            continue;
        }
        if (!header_written_) output_.buffer() += Table::csv_header(columns_);
        header_written_ = true;
        output_.buffer() += Table::csv_row(columns_, line_);
    }
}

Status Sink::put(std::string_view lines) {
    if (format_ == Format::json) {
        if (output_.buffer().empty() && lines.size() >= worth_a_write) return write_all(1, lines);
        output_.buffer() += lines;
    } else {
        add_rows(lines);
    }
    return output_.spill();
}

Status Sink::flush() {
    return output_.flush();
}

Status Sink::close() {
    if (format_ == Format::table) output_.buffer() += table_.text();
    return output_.close();
}

}  // namespace tidemark::cli
