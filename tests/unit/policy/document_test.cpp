#include "policy/document.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using policy::Document;

namespace {

struct Rates {
    double rate = 0.0;
    std::vector<double> steps;
    policy::Table by_asset;
    std::vector<std::string> names;

    static constexpr auto params() {
        using policy::param;
        return std::tuple{param("maintenance_rate", &Rates::rate, 0, 1, "a rate"),
                          param("steps", &Rates::steps, -1, 1, "a list"),
                          param("by_asset", &Rates::by_asset, 0, 1, "a table"),
                          param("names", &Rates::names, 0, 0, "names")};
    }
};

std::string written(std::string_view rest) {
    return R"({"policy":"p","version":"1","model":"m","source":"s",)" + std::string{rest} + "}";
}

constexpr std::string_view good =
    R"("maintenance_rate":0.25,"steps":[-1,0,1],"by_asset":{"BTC":0.1},"names":["USD"])";

Error refusal(std::string_view rest) {
    const auto document = Document::parse(written(rest));
    if (!document) return document.error();
    const auto params = document->params<Rates>();
    REQUIRE_FALSE(params);
    return params.error();
}

}  // namespace

TEST_CASE("a policy is its header and its parameters") {
    const Document document = Document::parse(written(good)).value();
    CHECK(document.name() == "p");
    CHECK(document.model() == "m");
    CHECK(document.source() == "s");
    CHECK(document.id() == "p@1");
    const Rates rates = document.params<Rates>().value();
    CHECK(rates.rate == 0.25);
    CHECK(rates.steps == std::vector{-1.0, 0.0, 1.0});
    CHECK(rates.by_asset.at("BTC") == 0.1);
    CHECK(rates.names == std::vector<std::string>{"USD"});
}

TEST_CASE("a policy that is not right is refused, and the parameter named") {
    struct Case {
        std::string name, rest, field;
    };
    const std::string lists = R"("steps":[0],"by_asset":{},"names":[])";
    const auto c = GENERATE_COPY(values<Case>(
        {{"unknown", std::string{good} + R"(,"colour":1)", "colour"},
         {"misspelt", std::string{good} + R"(,"maintenence_rate":1)", "maintenence_rate"},
         {"missing", lists, "maintenance_rate"},
         {"below its bounds", R"("maintenance_rate":-0.01,)" + lists, "maintenance_rate"},
         {"above its bounds", R"("maintenance_rate":1.01,)" + lists, "maintenance_rate"},
         {"text for a number", R"("maintenance_rate":"0.1",)" + lists, "maintenance_rate"},
         {"NaN as text", R"("maintenance_rate":"NaN",)" + lists, "maintenance_rate"},
         {"null", R"("maintenance_rate":null,)" + lists, "maintenance_rate"},
         {"a boolean", R"("maintenance_rate":true,)" + lists, "maintenance_rate"},
         {"a list for a number", R"("maintenance_rate":[0.1],)" + lists, "maintenance_rate"},
         {"a number for a list", R"("maintenance_rate":0.1,"steps":1,"by_asset":{},"names":[])", "steps"},
         {"text in a list", R"("maintenance_rate":0.1,"steps":[0,"1"],"by_asset":{},"names":[])", "steps"},
         {"list beyond bounds", R"("maintenance_rate":0.1,"steps":[2],"by_asset":{},"names":[])", "steps"},
         {"table beyond bounds", R"("maintenance_rate":0.1,"steps":[],"by_asset":{"X":2},"names":[])",
          "by_asset.X"},
         {"a list for a table", R"("maintenance_rate":0.1,"steps":[],"by_asset":[],"names":[])", "by_asset"},
         {"a number for a name", R"("maintenance_rate":0.1,"steps":[],"by_asset":{},"names":[1])", "names"},
         {"other header case", std::string{good} + R"(,"Version":"2")", "Version"}}));
    INFO(c.name);
    const Error error = refusal(c.rest);
    CHECK(error.code == Errc::policy);
    CHECK(error.field == c.field);
}

TEST_CASE("a misspelt parameter is told what it may have been meant for") {
    CHECK(refusal(std::string{good} + R"(,"maintenence_rate":1)").message.find("'maintenance_rate'") !=
          std::string::npos);
}

TEST_CASE("what is not one strict JSON object is no policy") {
    const auto text = GENERATE(values<std::string>(
        {"", "[]", "1", "nul", R"({"policy":"p")", R"({"policy":"p"} {})", R"({"policy":NaN})",
         R"({"policy":"p","version":"1","model":"m","source":"s","maintenance_rate":1e400})",
         R"({"policy":"p","version":"1","model":"m","source":"s","maintenance_rate":NaN})",
         R"({"policy":"p","policy":"q","version":"1","model":"m","source":"s"})",
         R"({"policy":"p","version":"1","model":"m","source":"s","by_asset":{"BTC":0.1,"BTC":0.2}})",
         R"({"policy":"p","version":"1","model":"m"})",
         R"({"policy":"p","version":1,"model":"m","source":"s"})",
         R"({"policy":"","version":"1","model":"m","source":"s"})", "{\"policy\":\"\xff\"}"}));
    INFO(text);
    const auto document = Document::parse(text);
    REQUIRE_FALSE(document);
    CHECK(document.error().code == Errc::policy);
}

TEST_CASE("--set changes one number and says so") {
    const Document before = Document::parse(written(good)).value();
    const Document after = before.with("maintenance_rate=0.5").value().with("by_asset.ETH=1e-1").value();
    CHECK(after.id() == "p@1+maintenance_rate=0.5+by_asset.ETH=0.1");
    const Rates rates = after.params<Rates>().value();
    CHECK(rates.rate == 0.5);
    CHECK(rates.by_asset.at("ETH") == 0.1);
    CHECK(rates.by_asset.at("BTC") == 0.1);
    CHECK(before.params<Rates>().value().rate == 0.25);
}

TEST_CASE("--set is refused where it names no number or gives none") {
    const Document document = Document::parse(written(good)).value();
    const auto text = GENERATE(values<std::string>({"",
                                                    "=",
                                                    "maintenance_rate",
                                                    "maintenance_rate=x",
                                                    "maintenance_rate=0.1x",
                                                    "maintenance_rate= 0.1",
                                                    "maintenance_rate=nan",
                                                    "maintenance_rate=inf",
                                                    "maintenance_rate=-inf",
                                                    "maintenance_rate=0x1",
                                                    "maintenance_rate=+1",
                                                    "maintenence_rate=0.1",
                                                    "steps=1",
                                                    "steps.0=1",
                                                    "names=1",
                                                    "policy=1",
                                                    "policy.x=1",
                                                    "by_asset=1",
                                                    "colour.BTC=1",
                                                    "maintenance_rate.x=1",
                                                    "=0.1"}));
    INFO(text);
    const auto changed = document.with(text);
    REQUIRE_FALSE(changed);
    CHECK(changed.error().code == Errc::policy);
}

TEST_CASE("--set refuses a number that is not there or that no double is") {
    const Document document = Document::parse(written(good)).value();
    CHECK_FALSE(document.with("maintenance_rate="));
    CHECK_FALSE(document.with("maintenance_rate=1e400"));
    CHECK_FALSE(document.with("maintenance_rate=1e-400"));
}

TEST_CASE("--set beyond a parameter's bounds is refused where it is read") {
    const auto beyond = Document::parse(written(good)).value().with("maintenance_rate=1.5").value();
    const auto rates = beyond.params<Rates>();
    REQUIRE_FALSE(rates);
    CHECK(rates.error().field == "maintenance_rate");
}

TEST_CASE("an unknown name is answered with those there are") {
    const auto unknown = policy::preset("dynamo");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code == Errc::policy);
    CHECK(unknown.error().message.find("dynamic") != std::string::npos);
}

TEST_CASE(
    "two policies differ in the parameters that one has otherwise, and taking them all makes one the other") {
    const Document from = Document::parse(written(good)).value();
    const Document to =
        Document::parse(
            written(
                R"("maintenance_rate":0.5,"steps":[-1,1],"by_asset":{"ETH":0.2,"BTC":0.15},"names":["USD"])"))
            .value();
    const auto found = from.differences(to);
    REQUIRE(found.size() == 4);
    CHECK(found[0].name == "by_asset.BTC");
    CHECK(found[0].from == 0.1);
    CHECK(found[0].to == 0.15);
    CHECK(found[1].name == "by_asset.ETH");
    CHECK_FALSE(found[1].from);
    CHECK(found[2].name == "maintenance_rate");
    CHECK(found[3].name == "steps");
    CHECK_FALSE(found[3].to);
    Document way = from, back = to;
    for (const auto& difference : found) way = way.taking(difference.name, to);
    for (const auto& difference : found) back = back.taking(difference.name, from);
    CHECK(way.differences(to).empty());
    CHECK(back.differences(from).empty());
    CHECK(back.params<Rates>()->by_asset == policy::Table{{"BTC", 0.1}});
    CHECK(from.differences(from).empty());
}

TEST_CASE("policies of two models differ in nothing but the model") {
    const Document from = Document::parse(written(good)).value();
    const Document to =
        Document::parse(R"({"policy":"p","version":"1","model":"other","source":"s","x":1})").value();
    REQUIRE(from.differences(to).size() == 1);
    CHECK(from.differences(to)[0].name == "model");
    CHECK(from.taking("model", to).model() == "other");
}

TEST_CASE("the name of a policy that was changed many times fits a record, and tells it from others") {
    auto one = policy::preset("dynamic").value(), other = one;
    for (int i = 0; i < 12; ++i) {
        one = one.with("confidence=0.991").value();
        other = other.with(i == 11 ? "confidence=0.992" : "confidence=0.991").value();
        CHECK(one.id().size() <= 128);
    }
    CHECK(one.id().size() == 128);
    CHECK(one.id().starts_with("dynamic@1+confidence=0.991+"));
    CHECK(one.id() != other.id());
}
