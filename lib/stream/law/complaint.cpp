#include "stream/law/complaint.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <exception>
#include <new>

#include "json/escape.hpp"
#include "stream/io/output.hpp"

namespace tidemark::stream {

std::string complaint(std::string_view tool, std::string_view what) {
    return fmt::format("{}: {}\n", tool, json::printable(what));
}

Status say(std::string_view complaints) {
    return write_all(STDERR_FILENO, complaints);
}

void complain(std::string_view tool, std::string_view what) {
    static_cast<void>(say(complaint(tool, what)));
}

Error thrown() {
    constexpr std::string_view report = "internal error, please report it";
    try {
        throw;
    } catch (const std::bad_alloc&) {
        return {Errc::internal, "out of memory", "", 0};
    } catch (const std::exception& e) {
        return {Errc::internal, fmt::format("{}: {}", report, e.what()), "", 0};
    } catch (...) {
        return {Errc::internal, std::string{report}, "", 0};
    }
}

}  // namespace tidemark::stream
