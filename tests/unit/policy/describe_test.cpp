#include "policy/describe.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using policy::Document;

namespace {

struct Params {
    double horizon_days = 0.0, share = 0.0;
    std::string residuals;
    policy::Table haircuts;

    static constexpr auto params() {
        using policy::param;
        using T = Params;
        return std::tuple{
            param("horizon_days", &T::horizon_days, 0.01, 30, "time to close"),
            param("share", &T::share, 0, 1, "part that is given", "fraction", "0.25"),
            param("residuals", &T::residuals, 0, 0, "what returns are taken for", {}, R"("normal")"),
            param("haircuts", &T::haircuts, 0, 1, "taken off", {}, "{}"),
        };
    }
};

constexpr policy::ModelText model{"m", "a model", policy::schema<Params>};

Document document(const std::string& rest) {
    return Document::parse(R"({"policy":"p","version":"1","model":"m","source":"s",)" + rest + "}").value();
}

}  // namespace

TEST_CASE("a parameter that a policy leaves out has its default") {
    const Params params = document(R"("horizon_days":2)").params<Params>().value();
    CHECK(params.horizon_days == 2.0);
    CHECK(params.share == 0.25);
    CHECK(params.residuals == "normal");
    CHECK(params.haircuts.empty());
    CHECK(document(R"("horizon_days":2,"share":0.5)").params<Params>()->share == 0.5);
}

TEST_CASE("a parameter without a default has to be there, and a default is no licence for bounds") {
    CHECK(document(R"("share":0.5)").params<Params>().error().field == "horizon_days");
    CHECK(document(R"("horizon_days":2,"share":1.5)").params<Params>().error().field == "share");
    CHECK(document(R"("horizon_days":2,"share":null)").params<Params>().error().field == "share");
}

TEST_CASE("a policy completed by its defaults is the one that has them written") {
    const Document left_out = document(R"("horizon_days":2)").completed(policy::param_texts<Params>());
    const Document written = document(R"("horizon_days":2,"share":0.25,"residuals":"normal","haircuts":{})");
    CHECK(left_out.differences(written).empty());
    CHECK(left_out.id() == "p@1");
    CHECK(left_out.with("share=0.5")->params<Params>()->share == 0.5);
    CHECK(left_out.shown("share") == "0.25");
}

TEST_CASE("a policy is described parameter by parameter") {
    const Document policy =
        document(R"("horizon_days":2,"haircuts":{"BTC":0.1},"sources":{"horizon_days":"Art. 26"})");
    CHECK(policy::describe(policy, model).value() ==
          R"(policy  p@1
model   m: a model
source  s

parameter     value        unit               bounds      default   meaning                     source
horizon_days  2            days               0.01 to 30  -         time to close               Art. 26
share         0.25         fraction           0 to 1      0.25      part that is given          the policy's
residuals     "normal"     word               -           "normal"  what returns are taken for  the policy's
haircuts      {"BTC":0.1}  fraction, by name  0 to 1      {}        taken off                   the policy's
)");
}

TEST_CASE("a policy that is not as its model wants it is not described") {
    const auto described = policy::describe(document(R"("horizon_days":31)"), model);
    REQUIRE_FALSE(described);
    CHECK(described.error().field == "horizon_days");
}

TEST_CASE("sources are texts, of parameters that there are") {
    const auto unknown = document(R"("horizon_days":2,"sources":{"horizon_dais":"x"})").params<Params>();
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().field == "sources");
    const auto number =
        Document::parse(R"({"policy":"p","version":"1","model":"m","source":"s","sources":{"a":1}})");
    REQUIRE_FALSE(number);
    CHECK(number.error().field == "sources");
}

TEST_CASE("--set leaves the sources alone") {
    const Document policy = document(R"("horizon_days":2,"sources":{"horizon_days":"x"})");
    CHECK_FALSE(policy.with("sources=1"));
    CHECK_FALSE(policy.with("sources.horizon_days=1"));
    CHECK_FALSE(policy.with_table("sources", {}));
}
