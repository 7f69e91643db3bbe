#include "stream/io/result_writer.hpp"

namespace tidemark::stream {
namespace {

constexpr std::size_t worth_a_write = std::size_t{64} << 10;
constexpr json::Limits wide{.line_bytes = std::size_t{1} << 30, .members = 65536};

}  // namespace

ResultWriter::ResultWriter(Format format, std::vector<Column> columns, std::string member)
    : format_{format},
      columns_{std::move(columns)},
      member_{std::move(member)},
      table_{columns_},
      line_{wide},
      element_{wide} {}

bool ResultWriter::is_row() const {
    const std::uint32_t type = line_.find(json::Line::root, "type");
    return line_.find(json::Line::root, member_) != 0 || (type != 0 && line_.raw(line_.at(type)) == member_);
}

void ResultWriter::add_rows(std::string_view lines) {
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size());
        padded_.assign(lines.substr(at, end - at)).append(json::padding, '\0');
        at = end + 1;
        const std::string_view text{padded_.data(), padded_.size() - json::padding};
        if (!line_.parse(text) || !is_row()) continue;
        const std::uint32_t member = line_.find(json::Line::root, member_);
        if (member != 0 && line_.at(member).kind == json::Kind::array) {
            add_elements(member);
        } else {
            add_row(line_);
        }
    }
}

void ResultWriter::add_elements(std::uint32_t list) {
    for (std::uint32_t at = list + 1; at < line_.at(list).next; at = line_.at(at).next) {
        spliced_.clear();
        json::splice(spliced_, line_, member_, line_.raw(line_.at(at)));
        const std::size_t size = spliced_.size();
        spliced_.append(json::padding, '\0');
        if (element_.parse({spliced_.data(), size})) add_row(element_);
    }
}

void ResultWriter::add_row(const json::Line& line) {
    if (format_ == Format::table) return table_.add(line);
    if (!header_written_) output_.buffer() += Table::csv_header(columns_);
    header_written_ = true;
    output_.buffer() += Table::csv_row(columns_, line);
}

Status ResultWriter::put(std::string_view lines) {
    if (format_ == Format::json) {
        if (output_.buffer().empty() && lines.size() >= worth_a_write) return write_all(1, lines);
        output_.buffer() += lines;
    } else {
        add_rows(lines);
    }
    return output_.spill();
}

Status ResultWriter::flush() {
    return output_.flush();
}

Status ResultWriter::close() {
    if (format_ == Format::table && !table_.empty()) output_.buffer() += table_.text();
    return output_.close();
}

}  // namespace tidemark::stream
