#include <catch2/catch.hpp>
#include <limits>

#include "json/number.hpp"
#include "stream/law/exit_status.hpp"
#include "unit/stream/law/run_in_child.hpp"
#include "unit/stream/law/sum_filter.hpp"

using namespace tidemark;
using namespace tidemark::stream;

namespace {

void append_figure(std::string& out, bool finite) {
    json::append_number(out, finite ? 1.5 : std::numeric_limits<double>::infinity());
}

/// Accounts answer as those of SumFilter; where each figure is written can be chosen to have none.
class Unwritable final : public Filter {
public:
    enum class Where { book, step, conclusion };
    Unwritable(Where where, bool whole_book) : where_{where}, accounts_{whole_book} {}

    [[nodiscard]] Use use(std::string_view type) const override {
        return type == "note" ? Use::learn : accounts_.use(type);
    }
    Status learn(const json::Line&, std::string_view) override { return Ok{}; }
    [[nodiscard]] std::unique_ptr<Worker> worker() const override { return accounts_.worker(); }
    [[nodiscard]] std::unique_ptr<BookPass> book() const override {
        if (!accounts_.book()) return nullptr;
        return std::make_unique<BookPassOf<Sum>>(
            [this](std::string& value, const Sum::Contribution& own, std::int64_t) -> Status {
                value.clear();
                append_figure(value, where_ != Where::book || own.value != 2);
                return Ok{};
            });
    }
    void step(std::string& out) override { append_two(out, where_ != Where::step); }
    Status conclude(Conclusion& out) override {
        append_two(out.lines, where_ != Where::conclusion);
        return Ok{};
    }

private:
    static void append_two(std::string& out, bool finite) {
        out += "{\"type\":\"first\"}\n{\"type\":\"second\",\"figure\":";
        append_figure(out, finite);
        out += "}\n";
    }

    Where where_;
    SumFilter accounts_;
};

constexpr std::string_view both = "{\"type\":\"first\"}\n{\"type\":\"second\",\"figure\":1.5}\n";
constexpr std::string_view one = "{\"type\":\"first\"}\n";
const std::string note = "{\"type\":\"note\"}\n";

}  // namespace

TEST_CASE("an answer that waited and has a figure beyond a double costs its line and no other") {
    Unwritable filter{Unwritable::Where::book, true};
    const Scratch kept;
    Settings settings;
    settings.jobs = GENERATE(1, 3);
    settings.quarantine = kept.at("out");
    std::string refused = account_line(2);
    refused.insert(refused.size() - 1, "\r");
    const Ran ran = run_in_child(filter, account_line(1) + refused + account_line(3), settings);
    CHECK(ran.status == exit_rejected);
    CHECK(ran.err == "tool: <stdin>:2: a figure is beyond what a double holds\n");
    CHECK(ran.out ==
          "{\"type\":\"account\",\"account_id\":\"a1\",\"qty\":1,\"answer\":1.5}\n"
          "{\"type\":\"error\",\"tool\":\"tool\",\"code\":\"out_of_domain\",\"file\":\"<stdin>\",\"line\":2,"
          "\"offset\":45,\"key\":\"a2\",\"message\":\"a figure is beyond what a double holds\"}\n"
          "{\"type\":\"account\",\"account_id\":\"a3\",\"qty\":3,\"answer\":1.5}\n" +
              std::string{both});
    CHECK(text_of(settings.quarantine) == refused);
}

TEST_CASE("a conclusion with a figure beyond a double stands as far as it goes, and is indeterminate") {
    Unwritable filter{Unwritable::Where::conclusion, false};
    const Ran ran = run_in_child(filter, account_line(1), {});
    CHECK(ran.status == exit_indeterminate);
    CHECK(ran.err == "tool: a figure is beyond what a double holds\n");
    CHECK(ran.out == "{\"type\":\"account\",\"account_id\":\"a1\",\"qty\":1,\"answer\":{\"own\":1}}\n" +
                         std::string{one});
}

TEST_CASE(
    "a line that follows from another and has a figure beyond a double is left out, and the run goes on") {
    Unwritable filter{Unwritable::Where::step, false};
    const Ran ran = run_in_child(filter, note + account_line(1), {});
    CHECK(ran.status == exit_indeterminate);
    CHECK(ran.err == "tool: a figure is beyond what a double holds\n");
    CHECK(ran.out == note + std::string{one} +
                         "{\"type\":\"account\",\"account_id\":\"a1\",\"qty\":1,\"answer\":{\"own\":1}}\n" +
                         std::string{both});
}
