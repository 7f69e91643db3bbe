#include "stream/io/input.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "json/number.hpp"
#include "stream/io/io_error.hpp"

namespace tidemark::stream {
namespace {

constexpr std::size_t read_size = std::size_t{256} << 10;

struct Magic {
    std::string_view bytes;
    std::string_view remedy;
};

constexpr std::array<Magic, 9> magics{{
    {"\xEF\xBB\xBF", "text with a byte order mark: cut its first three bytes off"},
    {"\xFF\xFE", "UTF-16: convert it with iconv -t UTF-8"},
    {"\xFE\xFF", "UTF-16: convert it with iconv -t UTF-8"},
    {"\x28\xB5\x2F\xFD", "zstd: unpack it with zstdcat"},
    {"PK\x03\x04", "zip: unpack it with unzip -p"},
    {"PAR1", "Parquet: export it as JSON lines"},
    {"\x7F"
     "ELF",
     "a program"},
    {"\x89PNG", "a picture"},
    {"<", "HTML or XML, an error page perhaps"},
}};

Status refuse_magic(std::string_view first, std::string_view path) {
    for (const Magic& magic : magics) {
        if (first.starts_with(magic.bytes))
            return Error{Errc::not_jsonl, fmt::format("{}: want text lines, got {}", path, magic.remedy), "",
                         0};
    }
    return Ok{};
}

}  // namespace

struct FileSource::Gzip {
    z_stream stream{};
    std::array<char, 65536> packed;
    bool between_members = false;
    ~Gzip() { inflateEnd(&stream); }
};

FileSource::FileSource(int fd, std::string path) : fd_{fd}, path_{std::move(path)} {}
FileSource::FileSource(FileSource&& other) noexcept {
    *this = std::move(other);
}
FileSource& FileSource::operator=(FileSource&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(path_, other.path_);
    std::swap(ahead_, other.ahead_);
    std::swap(ahead_at_, other.ahead_at_);
    std::swap(started_, other.started_);
    std::swap(gzip_, other.gzip_);
    return *this;
}
FileSource::~FileSource() {
    if (fd_ > STDERR_FILENO) ::close(fd_);
}

Result<FileSource> FileSource::open(const std::string& path) {
    if (path == "-") return FileSource{STDIN_FILENO, "<stdin>"};
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return io_error("open", path);
    return FileSource{fd, path};
}

Result<std::size_t> FileSource::read_raw(char* to, std::size_t room) {
    if (ahead_at_ < ahead_.size()) {
        const std::size_t some = std::min(room, ahead_.size() - ahead_at_);
        std::memcpy(to, ahead_.data() + ahead_at_, some);
        ahead_at_ += some;
        return some;
    }
    while (true) {
        const ssize_t got = ::read(fd_, to, room);
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR) return io_error("read", path_);
    }
}

Result<std::size_t> FileSource::read(char* to, std::size_t room) {
    if (!started_) {
        started_ = true;
        std::string first(4, '\0');
        std::size_t have = 0;
        for (std::size_t got = 1; got != 0 && have < first.size(); have += got) {
            const auto some = read_raw(first.data() + have, first.size() - have);
            if (!some) return some.error();
            got = *some;
        }
        first.resize(have);
        ahead_ = std::move(first);
        if (const Status plain = refuse_magic(ahead_, path_); !plain) return plain.error();
        if (ahead_.starts_with("\x1F\x8B")) {
            gzip_ = std::make_unique<Gzip>();
            if (inflateInit2(&gzip_->stream, 16 + MAX_WBITS) != Z_OK)
                return Error{Errc::internal, "out of memory", "", 0};
        }
    }
    return gzip_ ? inflate_some(to, room) : read_raw(to, room);
}

Result<std::size_t> FileSource::inflate_some(char* to, std::size_t room) {
    z_stream& z = gzip_->stream;
    z.next_out = reinterpret_cast<Bytef*>(to);
    z.avail_out = static_cast<uInt>(room);
    while (z.avail_out == room) {
        if (z.avail_in == 0) {
            const auto got = read_raw(gzip_->packed.data(), gzip_->packed.size());
            if (!got) return got.error();
            if (*got == 0) {
                if (gzip_->between_members) return std::size_t{0};
                return Error{Errc::truncated,
                             fmt::format("{}: want a whole gzip file, got one that is cut off", path_), "",
                             0};
            }
            z.next_in = reinterpret_cast<Bytef*>(gzip_->packed.data());
            z.avail_in = static_cast<uInt>(*got);
        }
        if (gzip_->between_members && inflateReset(&z) != Z_OK) return Error{Errc::internal, "zlib", "", 0};
        const int code = inflate(&z, Z_NO_FLUSH);
        gzip_->between_members = code == Z_STREAM_END;
        if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
            return Error{Errc::io, fmt::format("{}: want gzip, got damaged data", path_), "", 0};
    }
    return room - z.avail_out;
}

bool FileSource::would_block() const {
    if (ahead_at_ < ahead_.size() || (gzip_ && gzip_->stream.avail_in != 0)) return false;
    pollfd poll{fd_, POLLIN, 0};
    return ::poll(&poll, 1, 0) == 0;
}

LineInput::LineInput(std::vector<std::string> paths, std::size_t line_bytes)
    : paths_{std::move(paths)}, line_bytes_{line_bytes} {
    buffer_.resize(2 * read_size + json::padding);
}

Status LineInput::open_next() {
    const std::string& path = paths_[at_path_++];
    auto opened = FileSource::open(path);
    if (!opened) return opened.error();
    source_ = std::make_unique<FileSource>(*std::move(opened));
    names_.push_back(path == "-" ? "<stdin>" : path);
    begin_ = end_ = scanned_ = 0;
    number_ = offset_ = 0;
    at_end_ = false;
    return Ok{};
}

/// Reads more; false at the end of the file. What is not yet a whole line moves to the front.
Result<bool> LineInput::fill() {
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        scanned_ -= begin_;
        begin_ = 0;
    }
    if (end_ + read_size + json::padding > buffer_.size())
        buffer_.resize(end_ + 2 * read_size + json::padding);
    const auto got = source_->read(buffer_.data() + end_, read_size);
    if (!got) return got.error();
    end_ += *got;
    return *got != 0;
}

/// Gives out [begin_, end) and steps over it and `skip` more; false where it is blank.
bool LineInput::take(LineView& line, std::size_t end, std::size_t skip) {
    line.text = std::string_view{buffer_.data() + begin_, end - begin_};
    line.file = names_.back();
    line.number = ++number_;
    line.offset = offset_;
    line.complete = skip != 0;
    line.raw = std::string_view{line.text.data(), line.text.size() + skip};
    offset_ += static_cast<std::int64_t>(end + skip - begin_);
    begin_ = scanned_ = end + skip;
    if (line.text.ends_with('\r')) line.text.remove_suffix(1);
    return line.text.find_first_not_of(" \t") != std::string_view::npos;
}

LineInput::Got LineInput::refuse_long_line(LineView& line) {
    line = {{}, names_.back(), ++number_, offset_, true};
    refusal_ = {Errc::line_too_long,
                fmt::format("want lines of at most {} bytes (see --max-line)", line_bytes_), "", 0};
    in_long_line_ = true;
    return Got::refused;
}

Result<std::string_view> LineInput::rest() {
    if (in_long_line_ && begin_ == end_) {
        const auto more = fill();
        if (!more) return more.error();
        at_end_ = !*more;
        in_long_line_ = *more;
    }
    if (!in_long_line_) return std::string_view{};
    const std::string_view ahead{buffer_.data() + begin_, end_ - begin_};
    const std::size_t newline = ahead.find('\n');
    in_long_line_ = newline == std::string_view::npos;
    const std::string_view piece = ahead.substr(0, in_long_line_ ? newline : newline + 1);
    offset_ += static_cast<std::int64_t>(piece.size());
    begin_ = scanned_ = begin_ + piece.size();
    return piece;
}

Result<LineInput::Got> LineInput::next(LineView& line) {
    while (in_long_line_) {
        if (const auto skipped = rest(); !skipped) return skipped.error();
    }
    while (true) {
        if (!source_ || (at_end_ && begin_ == end_)) {
            if (at_path_ == paths_.size()) return Got::end;
            if (const Status opened = open_next(); !opened) return opened.error();
        }
        const void* newline = std::memchr(buffer_.data() + scanned_, '\n', end_ - scanned_);
        if (newline != nullptr) {
            const auto end = static_cast<std::size_t>(static_cast<const char*>(newline) - buffer_.data());
            if (end - begin_ > line_bytes_) return refuse_long_line(line);
            if (take(line, end, 1)) return Got::line;
            continue;
        }
        scanned_ = end_;
        if (end_ - begin_ > line_bytes_) return refuse_long_line(line);
        if (at_end_) {
            if (take(line, end_, 0)) return Got::line;
            continue;
        }
        const auto more = fill();
        if (!more) return more.error();
        at_end_ = !*more;
    }
}

bool LineInput::would_block() const {
    if (!source_ || at_end_) return false;
    if (std::memchr(buffer_.data() + scanned_, '\n', end_ - scanned_) != nullptr) return false;
    return source_->would_block();
}

}  // namespace tidemark::stream
