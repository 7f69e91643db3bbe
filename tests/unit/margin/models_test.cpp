#include "margin/model/model.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using policy::Document;

TEST_CASE("every built-in policy reads, names a model and is found by its name") {
    const market::Market market;
    REQUIRE(policy::presets().size() >= margin::rules().size());
    for (const policy::Preset& preset : policy::presets()) {
        INFO(preset.name);
        const Document document = policy::preset(preset.name).value();
        CHECK(document.name() == preset.name);
        CHECK(document.source().size() > 10);
        CHECK(margin::make_model(document, market));
    }
}

TEST_CASE("parameters that contradict one another are refused") {
    const market::Market market;
    struct Case {
        std::string preset, set, field;
    };
    const auto c = GENERATE(values<Case>({{"static", "maintenance_rate=0.11", "maintenance_rate"},
                                          {"dynamic", "correlation_low=0.96", "correlation_low"},
                                          {"dynamic", "tail_degrees_of_freedom=2", "tail_degrees_of_freedom"},
                                          {"dynamic", "confidence=1", "confidence"},
                                          {"dynamic", "horizon_days=0", "horizon_days"},
                                          {"dynamic", "haircuts.BTC=1.5", "haircuts.BTC"}}));
    INFO(c.set);
    const auto model = margin::make_model(policy::preset(c.preset).value().with(c.set).value(), market);
    REQUIRE_FALSE(model);
    CHECK(model.error().code == Errc::policy);
    CHECK(model.error().field == c.field);
}

TEST_CASE("a model that does not exist is refused") {
    const auto document =
        Document::parse(R"({"policy":"p","version":"1","model":"statik","source":"s"})").value();
    const auto model = margin::make_model(document, market::Market{});
    REQUIRE_FALSE(model);
    CHECK(model.error().field == "model");
}
