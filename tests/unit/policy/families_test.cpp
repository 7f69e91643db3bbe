#include <algorithm>
#include <catch2/catch.hpp>

#include "desk/vol/vol_policy.hpp"
#include "margin/model/model.hpp"
#include "score/score_policy.hpp"

using namespace tidemark;

namespace {

const policy::Family& family(int i) {
    return i == 0 ? margin::policies() : i == 1 ? desk::vol_policies() : score::policies();
}

}  // namespace

TEST_CASE("every parameter of every model has a unit, bounds and a meaning of its own") {
    for (const policy::ModelText& model : family(GENERATE(0, 1, 2)).models) {
        for (const policy::ParamText& p : model.schema.parameters()) {
            INFO(model.name << " " << p.name);
            CHECK_FALSE(p.meaning.empty());
            CHECK(p.unit_text().front() != ',');
            CHECK_FALSE(p.unit_text().empty());
            CHECK(p.has_bounds() == (p.low < p.high));
        }
    }
}

TEST_CASE("every policy that is built in is of a model of its family, and as that wants it") {
    const policy::Family& of = family(GENERATE(0, 1, 2));
    for (const policy::Preset& preset : of.built_in) {
        INFO(preset.name);
        const policy::Document document = policy::preset(preset.name, of.built_in).value();
        CHECK(document.name() == preset.name);
        const policy::ModelText* const model = of.model(document.model());
        REQUIRE(model != nullptr);
        CHECK(policy::describe(document, *model));
    }
}

TEST_CASE("what parameters are left at is within their bounds") {
    const policy::Family& of = family(GENERATE(0, 1, 2));
    for (const policy::Preset& preset : of.built_in) {
        const policy::Document document = policy::preset(preset.name, of.built_in).value();
        const auto parameters = of.model(document.model())->schema.parameters();
        policy::Document bare = document;
        const auto none = policy::Document::parse(R"({"policy":"p","version":"1","model":")" +
                                                  document.model() + R"(","source":"s"})")
                              .value();
        for (const policy::ParamText& p : parameters) {
            if (!p.otherwise.empty()) bare = bare.taking(p.name, none);
        }
        INFO(preset.name);
        CHECK(of.model(document.model())->schema.check(bare));
    }
}
