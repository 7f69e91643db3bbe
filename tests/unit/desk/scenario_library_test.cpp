#include "desk/scenario_library.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using namespace tidemark::desk;

namespace {

constexpr std::string_view two =
    "{\"type\":\"scenario\",\"name\":\"crash\",\"shocks\":[\"BTC=-20%\",\"vol=+25%\"],\"source\":\"2026-02-"
    "05\"}\n"
    "\n"
    "{\"type\":\"scenario\",\"name\":\"dry\",\"shocks\":[\"depth=-80%\"]}";

std::string refusal(std::string_view text, std::string_view name = "") {
    const auto shocks = desk::scenario_shocks(text, "s.jsonl", name);
    REQUIRE_FALSE(shocks);
    CHECK(shocks.error().code == Errc::usage);
    return shocks.error().message;
}

}  // namespace

TEST_CASE("a scenario is found by its name") {
    CHECK(desk::scenario_shocks(two, "s.jsonl", "crash").value().all().size() == 2);
    CHECK(desk::scenario_shocks(two, "s.jsonl", "dry").value().all()[0].text == "depth=-80%");
}

TEST_CASE("the only scenario needs no name") {
    CHECK(desk::scenario_shocks(two.substr(0, two.find('\n')), "s.jsonl", "").value().all().size() == 2);
    CHECK(refusal(two) == "--scenario: want one of crash, dry, got ''");
    CHECK(refusal(two, "Crash") == "--scenario: want one of crash, dry, got 'Crash'");
    CHECK(refusal("\n") == "s.jsonl: want a scenario line, got none");
}

TEST_CASE("every line of a scenario file has to be good") {
    const auto with = [](std::string_view line) { return std::string{two} + "\n" + std::string{line}; };
    CHECK(refusal(with("{"), "crash").starts_with("s.jsonl:4: "));
    CHECK(refusal(with(R"({"type":"note"})"), "crash") == "s.jsonl:4: type: want a scenario record");
    CHECK(refusal(with(R"({"type":"scenario","name":"dry","shocks":["BTC=-1%"]})"), "crash") ==
          "s.jsonl:4: name: want one scenario dry, got two");
    CHECK(refusal(with(R"({"type":"scenario","name":"x","shocks":["BTC=20%"]})"), "crash") ==
          "s.jsonl:4: BTC=20%: want ASSET=+N%, ASSET=-N% or, as a level, ASSET=N");
    CHECK(refusal(with(R"({"type":"scenario","name":"x","shocks":["BTC=-1%","BTC=-2%"]})"), "crash") ==
          "s.jsonl:4: BTC=-2%: want one shock of it, got BTC=-1% too");
    CHECK(refusal(with(R"({"type":"scenario","name":"x"})"), "crash") ==
          "s.jsonl:4: shocks: want at least one shock, got none");
}
