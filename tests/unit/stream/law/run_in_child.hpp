// A filter run over some lines as a tool runs it, in a process of its own: what it wrote, and how it ended.
#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "stream/law/stream.hpp"

namespace tidemark::stream {

struct Ran {
    int status = -1;  // -1 where it was ended by a signal
    std::string out, err;
};

/// A folder that is gone with the test.
class Scratch {
public:
    Scratch() {
        if (::mkdtemp(name_.data()) == nullptr) throw std::runtime_error{"cannot make a folder for the test"};
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() {
        for (const char* file : {"in", "out", "err"}) ::unlink(at(file).c_str());
        ::rmdir(name_.c_str());
    }
    [[nodiscard]] std::string at(const char* file) const { return name_ + "/" + file; }

private:
    std::string name_ = "/tmp/tidemark.XXXXXX";
};

inline std::string text_of(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

inline Ran run_in_child(Filter& filter, const std::string& lines, Settings settings) {
    const Scratch scratch;
    std::ofstream{scratch.at("in"), std::ios::binary} << lines;
    settings.files = {"-"};
    settings.format = "json";
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(::open(scratch.at("in").c_str(), O_RDONLY), STDIN_FILENO);
        ::dup2(::open(scratch.at("out").c_str(), O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
        ::dup2(::open(scratch.at("err").c_str(), O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
        ::_exit(run_stream({.tool = "tool", .member = "answer", .row = "answer", .columns = {}}, filter,
                           settings));
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(scratch.at("out")),
            text_of(scratch.at("err"))};
}

}  // namespace tidemark::stream
