#include "join/explain.hpp"

#include "lines.hpp"

using namespace tidemark;
using namespace tidemark::join;

namespace {

std::string explained(Lines& lines, std::string_view members) {
    Assessor assessor = lines.assessor();
    const record::Account account = lines.account(members);
    const record::Margin& margin = assessor.assess(account);
    std::string page;
    append_explanation(page, account, margin, assessor);
    return page;
}

bool says(const std::string& page, std::string_view words) {
    return page.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("the page names what is held, what it is worth and why that much is needed") {
    Lines lines;
    add_two_coins(lines);
    const std::string page = explained(
        lines, R"("collateral":[{"asset":"BTC","qty":0.5},{"asset":"USDC","qty":-100}],"positions":[)"
               R"({"symbol":"BTC_USDC-PERPETUAL","qty":1,"entry_price":90000}])");
    for (const char* words : {"account a under dynamic@1", "equity", "BTC_USDC-PERPETUAL", "haircut 2.0%",
                              "base", "maintenance margin", "worst scenario", "health"}) {
        INFO(words << " in\n" << page);
        CHECK(says(page, words));
    }
}

TEST_CASE("the page of an account without figures says why") {
    Lines lines;
    add_two_coins(lines);
    const std::string page =
        explained(lines, R"("positions":[{"symbol":"XRP-PERPETUAL","qty":1,"entry_price":1}])");
    CHECK(says(page, "indeterminate: missing_market"));
    CHECK_FALSE(says(page, "equity"));
}

TEST_CASE("nothing that an account says of itself reaches a terminal raw") {
    Lines lines;
    add_two_coins(lines);
    const std::string page =
        explained(lines, R"("positions":[{"symbol":"X\u202e-PERPETUAL","qty":1,"entry_price":1}])");
    CHECK(page.find("\u202e") == std::string::npos);
}
