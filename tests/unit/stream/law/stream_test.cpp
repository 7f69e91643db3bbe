#include "stream/law/stream.hpp"

#include <catch2/catch.hpp>
#include <new>
#include <stdexcept>

#include "stream/law/exit_status.hpp"
#include "unit/stream/law/run_in_child.hpp"
#include "unit/stream/law/sum_filter.hpp"

using namespace tidemark;
using namespace tidemark::stream;

namespace {

std::string answered(std::int64_t qty) {
    std::string line = account_line(qty);
    line.insert(line.size() - 2, fmt::format(R"(,"answer":{{"own":{}}})", qty));
    return line;
}

std::string account_lines(int count) {
    std::string lines;
    for (int i = 1; i <= count; ++i) lines += account_line(i);
    return lines;
}

SumFilter throwing_at(std::int64_t qty) {
    return SumFilter{false, [qty](std::int64_t now) -> Result<Answer> {
                         if (now == qty) throw std::runtime_error{"seven is right out"};
                         return Answer{};
                     }};
}

}  // namespace

TEST_CASE("what a worker throws ends the run behind the answers before it, with its message") {
    const int jobs = GENERATE(1, 4);
    const int throws_at = GENERATE(1, 700, 20'000);
    SumFilter filter = throwing_at(throws_at);
    Settings settings;
    settings.jobs = jobs;
    const Ran ran = run_in_child(filter, account_lines(20'000), settings);
    INFO("jobs " << jobs << ", throws at " << throws_at);
    CHECK(ran.status == exit_internal);
    CHECK(ran.err == "tool: internal error, please report it: seven is right out\n");
    std::string before;
    for (int i = 1; i < throws_at; ++i) before += answered(i);
    CHECK((ran.out == before));
}

TEST_CASE("an allocation that fails is told in its own words") {
    SumFilter filter{false, [](std::int64_t) -> Result<Answer> { throw std::bad_alloc{}; }};
    Settings settings;
    settings.jobs = GENERATE(1, 3);
    const Ran ran = run_in_child(filter, account_line(1), settings);
    CHECK(ran.status == exit_internal);
    CHECK(ran.err == "tool: out of memory\n");
}

TEST_CASE("what --fail-on asks for comes before refused lines, and they before missing figures") {
    struct Case {
        bool found, refused, indeterminate;
        int status;
    };
    const auto c = GENERATE(values<Case>({{false, false, false, exit_ok},
                                          {false, false, true, exit_indeterminate},
                                          {false, true, true, exit_rejected},
                                          {true, true, true, exit_found},
                                          {true, false, true, exit_found},
                                          {true, false, false, exit_found}}));
    SumFilter filter{
        false, [&](std::int64_t) { return Answer{.indeterminate = c.indeterminate, .found = c.found}; }};
    const Ran ran = run_in_child(filter, account_line(1) + (c.refused ? "{\n" : ""), {});
    CHECK(ran.status == c.status);
}

TEST_CASE("a stop comes before what --fail-on asks for") {
    SumFilter filter{false, [](std::int64_t) { return Answer{.found = true}; }};
    Settings settings;
    settings.on_error = "stop";
    CHECK(run_in_child(filter, account_line(1) + "{\n", settings).status == exit_stopped);
}

TEST_CASE("a line that its producer was cut off in is truncated, whatever the number of threads") {
    SumFilter filter{false};
    Settings settings;
    settings.jobs = GENERATE(1, 2);
    const Ran ran = run_in_child(filter, account_line(1) + R"({"type":"account","qty")", settings);
    CHECK(ran.status == exit_rejected);
    CHECK(ran.out.find(R"("code":"truncated")") != std::string::npos);
}
