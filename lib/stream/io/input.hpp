// Bytes in, lines out: read(2), gzip by content, framing by newline, limits.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace tidemark::stream {

/// The bytes of one file or of standard input, unpacked where they begin as gzip does.
class FileSource {
public:
    /// "-" is standard input. Fails with io.
    static Result<FileSource> open(const std::string& path);
    FileSource(FileSource&&) noexcept;
    FileSource& operator=(FileSource&&) noexcept;
    ~FileSource();

    /// Up to `room` bytes; 0 at the end. Fails with io, and with truncated where a gzip stream is cut off.
    Result<std::size_t> read(char* to, std::size_t room);

    /// True where a read would wait for a producer.
    [[nodiscard]] bool would_block() const;

private:
    struct Gzip;
    FileSource(int fd, std::string path);
    Result<std::size_t> read_raw(char* to, std::size_t room);
    Result<std::size_t> inflate_some(char* to, std::size_t room);

    int fd_ = -1;
    std::string path_;
    std::string ahead_;  // the first bytes, read to see what they are
    std::size_t ahead_at_ = 0;
    bool started_ = false;
    std::unique_ptr<Gzip> gzip_;
};

/// A line without its newline, with json::padding readable bytes after it, until the next call.
struct LineView {
    std::string_view text;
    std::string_view file;
    std::int64_t number = 0;    // from 1
    std::int64_t offset = 0;    // of its first byte in the file (unpacked)
    bool complete = true;       // false for a last line without a newline
    std::string_view raw = {};  // its bytes as they came, with what ended it
};

/// The lines of several files, one after another.
class LineInput {
public:
    LineInput(std::vector<std::string> paths, std::size_t line_bytes);

    enum class Got { line, end, refused };
    /// The next line that is not blank. `refused` is a line over the limit, whose error is in refusal(): its
    /// bytes are what rest() gives, and are stepped over in constant memory. Fails with io, truncated or
    /// not_jsonl.
    Result<Got> next(LineView& line);
    /// The next bytes of a refused line, its newline last; empty when there are no more. Fails as next().
    Result<std::string_view> rest();

    [[nodiscard]] const Error& refusal() const { return refusal_; }
    /// Which of the files the last line was of, from 0.
    [[nodiscard]] std::size_t file_index() const { return at_path_ == 0 ? 0 : at_path_ - 1; }
    /// True where the next line is not there yet and its producer is slow.
    [[nodiscard]] bool would_block() const;

private:
    Status open_next();
    Result<bool> fill();
    Got refuse_long_line(LineView& line);
    bool take(LineView& line, std::size_t end, std::size_t skip);

    std::vector<std::string> paths_;
    std::size_t at_path_ = 0;
    std::unique_ptr<FileSource> source_;
    std::deque<std::string> names_;  // stay where they are: views into them outlive a file
    std::string buffer_;
    std::size_t begin_ = 0, end_ = 0, scanned_ = 0;
    std::int64_t number_ = 0, offset_ = 0;
    bool at_end_ = false, in_long_line_ = false;
    std::size_t line_bytes_;
    Error refusal_{Errc::line_too_long, "", "", 0};
};

}  // namespace tidemark::stream
