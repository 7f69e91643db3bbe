#include "stream/io/state_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

using namespace tidemark;
using stream::read_state;
using stream::write_state;

namespace {

const stream::StateKind kind{"some-tool", 1};

/// A folder of its own, gone at the end.
class Folder {
public:
    Folder() { REQUIRE(::mkdtemp(path_) != nullptr); }
    ~Folder() {
        std::remove(file().c_str());
        std::remove((file() + ".lock").c_str());
        ::rmdir(path_);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::string file() const { return std::string{path_} + "/state"; }

private:
    char path_[32] = "/tmp/tidemark-state-XXXXXX";
};

std::string bytes_of(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

void put_bytes(const std::string& path, const std::string& bytes) {
    std::ofstream{path, std::ios::binary} << bytes;
}

}  // namespace

TEST_CASE("what was written is read") {
    const Folder folder;
    const std::string state{"a\0b\nc\n", 6};
    REQUIRE(write_state(folder.file(), kind, "first"));
    REQUIRE(write_state(folder.file(), kind, state));
    CHECK(read_state(folder.file(), kind).value() == state);
    struct stat about {};
    REQUIRE(::stat(folder.file().c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    REQUIRE(write_state(folder.file(), kind, ""));
    CHECK(read_state(folder.file(), kind).value() == "");
}

TEST_CASE("no file is no state") {
    const Folder folder;
    const auto none = read_state(folder.file(), kind);
    REQUIRE(none);
    CHECK_FALSE(*none);
}

TEST_CASE("any byte changed, cut or added is told") {
    const Folder folder;
    REQUIRE(write_state(folder.file(), kind, "0123456789"));
    const std::string whole = bytes_of(folder.file());
    for (std::size_t i = 0; i <= whole.size(); ++i) {
        for (int change = 0; change < 3; ++change) {
            std::string damaged = whole;
            if (change == 0 && i < whole.size()) damaged[i] = static_cast<char>(damaged[i] ^ 1);
            if (change == 1) damaged.resize(i);
            if (change == 2) damaged = whole.substr(0, i).append("x").append(whole, i);
            if (damaged == whole) continue;
            put_bytes(folder.file(), damaged);
            const auto read = read_state(folder.file(), kind);
            REQUIRE_FALSE(read);
            CHECK(read.error().code == Errc::truncated);
        }
    }
}

TEST_CASE("the state of another tool is refused, and of another version by its number") {
    const Folder folder;
    REQUIRE(write_state(folder.file(), kind, "state"));
    CHECK_FALSE(read_state(folder.file(), {"other-tool", 1}));
    const auto newer = read_state(folder.file(), {"some-tool", 2});
    REQUIRE_FALSE(newer);
    CHECK(newer.error().code == Errc::truncated);
    CHECK(newer.error().message.find("of version 1, and this some-tool reads version 2") !=
          std::string::npos);
}

TEST_CASE("where it cannot be written, the old state stands") {
    const Folder folder;
    CHECK(write_state("/nonexistent/folder/state", kind, "x").error().code == Errc::io);
    REQUIRE(write_state(folder.file(), kind, "old"));
    CHECK(read_state(folder.file() + "/state", kind).error().code == Errc::truncated);
    CHECK(read_state(folder.file(), kind).value() == "old");
}

TEST_CASE("a state is one run's at a time") {
    const Folder folder;
    REQUIRE(tidemark::stream::lock_state(folder.file()));
    const auto again = tidemark::stream::lock_state(folder.file());
    REQUIRE_FALSE(again);
    CHECK(again.error().code == tidemark::Errc::conflict);
    CHECK_FALSE(tidemark::stream::lock_state("/no/such/folder/state"));
}
