#include "stream/law/book_pass.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <vector>

#include "score/book_median.hpp"
#include "stream/law/exit_status.hpp"
#include "unit/stream/law/run_in_child.hpp"
#include "unit/stream/law/sum_filter.hpp"

using namespace tidemark;
using namespace tidemark::stream;
using score::BookMedian;

static_assert(Reduction<BookMedian>);

namespace {

/// Adds each contribution to one of the shards, in a random order, and merges them in a random order.
std::string split_and_merged(const BookPass& book, std::vector<std::string> contributions, std::size_t shards,
                             std::mt19937& random) {
    std::vector<std::unique_ptr<BookPass>> parts;
    for (std::size_t i = 0; i < shards; ++i) parts.push_back(book.shard());
    std::shuffle(contributions.begin(), contributions.end(), random);
    for (const std::string& one : contributions) parts[random() % shards]->add(one);
    std::shuffle(parts.begin(), parts.end(), random);
    while (parts.size() > 1) {
        const std::unique_ptr<BookPass> last = std::move(parts.back());
        parts.pop_back();
        parts[random() % parts.size()]->merge(*last);
    }
    return parts.front()->bytes();
}

std::vector<std::string> some_probabilities(std::size_t count, std::mt19937& random) {
    std::vector<std::string> contributions;
    for (std::size_t i = 0; i < count; ++i) {
        const double probability = static_cast<double>(random() % 100 + 1) / 128.0;  // some twice
        contributions.push_back(contribution_bytes(BookMedian::Contribution{probability}));
    }
    return contributions;
}

}  // namespace

TEST_CASE("a book that is split over shards and merged in any order has the same bytes") {
    std::mt19937 random{20261130};
    const BookPassOf<BookMedian> book{nullptr};
    for (int trial = 0; trial < 200; ++trial) {
        const auto contributions = some_probabilities(random() % 60, random);
        const auto whole = book.shard();
        for (const std::string& one : contributions) whole->add(one);
        const std::size_t shards = 1 + random() % 9;
        CHECK((split_and_merged(book, contributions, shards, random) == whole->bytes()));
    }
}

TEST_CASE("the state of a book survives its bytes") {
    std::mt19937 random{7};
    BookMedian median;
    for (int i = 0; i < 31; ++i) median.add({static_cast<double>(random() % 1000 + 1) / 1024.0});
    ByteSink saved, again;
    median.save(saved);
    BookMedian loaded;
    ByteSource in{saved.bytes()};
    REQUIRE(loaded.load(in));
    loaded.save(again);
    CHECK(in.at_end());
    CHECK((again.bytes() == saved.bytes()));
    CHECK((loaded.close() == median.close()));
    ByteSource cut{std::string_view{saved.bytes()}.substr(0, saved.bytes().size() - 1)};
    CHECK_FALSE(BookMedian{}.load(cut));
}

TEST_CASE("bytes that no worker wrote are no contribution") {
    const BookPassOf<BookMedian> book{nullptr};
    CHECK_THROWS(book.shard()->add("1234567"));
    CHECK_THROWS(book.shard()->add("123456789"));
}

TEST_CASE("answers that wait keep their place, and any number of threads gives the same bytes") {
    std::string lines;
    std::int64_t all = 0;
    for (std::int64_t i = 1; i <= 9'000; all += i++) {
        lines += account_line(i);
        if (i % 11 == 0) lines += R"({"type":"note","n":)" + std::to_string(i) + "}\n";
        if (i % 997 == 0) lines += "{\"type\":\"account\",\n";
    }
    SumFilter filter{true};
    const Ran one = run_in_child(filter, lines, {});
    CHECK(one.status == exit_rejected);
    CHECK(one.out.starts_with(
        fmt::format(R"({{"type":"account","account_id":"a1","qty":1,"answer":{{"own":1,"all":{}}}}})", all)));
    Settings settings;
    settings.jobs = GENERATE(2, 5);
    const Ran many = run_in_child(filter, lines, settings);
    CHECK((many.out == one.out));
    CHECK((many.err == one.err));
    CHECK(many.status == one.status);
}

TEST_CASE("a book beyond the memory that it may take ends the run before the memory does") {
    std::string lines = "{\"type\":\"note\"}\n";
    for (std::int64_t i = 1; i <= 9'000; ++i) lines += account_line(i);
    SumFilter filter{true};
    Settings settings;
    settings.max_held = 200'000;
    settings.jobs = GENERATE(1, 3);
    const Ran ran = run_in_child(filter, lines, settings);
    CHECK(ran.status == exit_stopped);
    CHECK(ran.err ==
          "tool: want at most 200000 bytes of answers that wait for the end of the book, got more (see "
          "--max-held)\n");
    CHECK(ran.out.find("answer") == std::string::npos);
}
