#include "json/reader.hpp"
#include "json/members.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <tuple>

#include "padded.hpp"

using namespace tidemark;
using namespace tidemark::json;

namespace {

enum class Colour { red, green };

struct Inner {
    std::string_view name;
    std::optional<double> weight;
    static constexpr auto fields() {
        return std::tuple{field("name", &Inner::name, ""),
                          field("weight", &Inner::weight, "", Rule::positive)};
    }
};

struct Sample {
    std::optional<double> any, positive, not_negative, share, correlation, annual_vol;
    std::optional<std::int64_t> count;
    std::optional<Timestamp> ts;
    std::optional<std::string_view> symbol;
    std::optional<Colour> colour;
    bool reduce_only = true;
    std::vector<Inner> inner;
    std::vector<Level> bids;
    Named depth_value;

    static constexpr auto fields() {
        using T = Sample;
        return std::tuple{
            field("any", &T::any, ""),
            field("positive", &T::positive, "", Rule::positive),
            field("not_negative", &T::not_negative, "", Rule::not_negative),
            field("share", &T::share, "", Rule::fraction),
            field("correlation", &T::correlation, "", Rule::correlation),
            field("annual_vol", &T::annual_vol, "", Rule::vol),
            field("count", &T::count, ""),
            field("ts", &T::ts, ""),
            field("symbol", &T::symbol, ""),
            field("colour", &T::colour, ""),
            field("reduce_only", &T::reduce_only, ""),
            field("inner", &T::inner, ""),
            field("bids", &T::bids, "", Rule::not_negative),
            field("depth_value", &T::depth_value, "", Rule::not_negative),
        };
    }
};

/// Keeps what a record's views point into.
struct Reading {
    explicit Reading(std::string_view text) : padded{text} {
        REQUIRE(line.parse(padded.text()));
        status = reader.read(line, sample);
    }
    Padded padded;
    Line line;
    Reader reader;
    Sample sample;
    Status status = Ok{};
};

Sample taken(const Reading& reading) {
    INFO(reading.padded.text());
    if (!reading.status) FAIL(reading.status.error().message);
    return reading.sample;
}

Error refused(std::string_view text) {
    const Reading reading{text};
    INFO(text);
    REQUIRE_FALSE(reading.status);
    return reading.status.error();
}

}  // namespace

namespace tidemark {
template <>
struct Words<Colour> {
    static constexpr std::array<std::string_view, 2> list{"red", "green"};
};
}  // namespace tidemark

TEST_CASE("a number may be a JSON number or a decimal string, wholly") {
    CHECK(taken(Reading{R"({"any":0.00012})"}).any == 0.00012);
    CHECK(taken(Reading{R"({"any":"0.00012"})"}).any == 0.00012);
    CHECK(taken(Reading{R"({"any":"-1e3"})"}).any == -1000.0);
    CHECK(taken(Reading{R"({"any":"68.730000000000000000000000000000000000000000"})"}).any == 68.73);
    CHECK_FALSE(taken(Reading{R"({"any":null})"}).any);
    for (const std::string text :
         {R"("")", R"("1 ")", R"(" 1")", R"("28 .21006347")", R"("1,5")", R"("0x10")", R"("+1")", R"("NaN")",
          R"("1e400")", R"("\u0031")", "true", "[1]", "{}"}) {
        CHECK(refused("{\"any\":" + text + "}").code == Errc::wrong_type);
    }
    CHECK(refused(R"({"any":"abc"})").message == "want a number, got 'abc'");
    CHECK(refused(R"({"any":[1]})").message == "want a number, got an array");
}

TEST_CASE("a number beyond 2^53 is refused however it is spelled, even where its double would not be") {
    CHECK(taken(Reading{R"({"any":9007199254740991})"}).any == 9007199254740991.0);
    CHECK(taken(Reading{R"({"any":9007199254740992})"}).any == 9007199254740992.0);
    CHECK(taken(Reading{R"({"any":-9007199254740992})"}).any == -9007199254740992.0);
    for (const std::string text :
         {"9007199254740993", "-9007199254740993", "\"9007199254740993\"", "9007199254740994",
          "18446744073709551616", "19007199254740992", "9007199254740993.0", "9007199254740992.5",
          "90071992547409930e-1", "9007199254740993.5", "1e16", "\"1e17\"", "-1e300"})
        CHECK(refused("{\"any\":" + text + "}").code == Errc::out_of_range);
    for (const std::string text :
         {"9007199254740992.0", "9.007199254740992e15", "0.9007199254740992E+16", "\"90071992547409920e-1\""})
        CHECK(taken(Reading{"{\"any\":" + text + "}"}).any == 9007199254740992.0);
}

TEST_CASE("each rule holds at its edges") {
    CHECK(taken(Reading{R"({"positive":5e-324,"not_negative":0,"share":0,"correlation":-1,"annual_vol":5})"})
              .annual_vol == 5.0);
    CHECK(
        taken(Reading{R"({"not_negative":-0.0,"share":1,"correlation":1,"annual_vol":1e-9})"}).not_negative ==
        0.0);
    const std::map<std::string, Errc> all{
        {R"({"positive":0})", Errc::out_of_range},         {R"({"positive":-1})", Errc::out_of_range},
        {R"({"not_negative":-1e-9})", Errc::out_of_range}, {R"({"share":1.0001})", Errc::out_of_range},
        {R"({"share":-0.1})", Errc::out_of_range},         {R"({"correlation":1.1})", Errc::out_of_range},
        {R"({"annual_vol":0})", Errc::out_of_range},       {R"({"annual_vol":-0.5})", Errc::out_of_range},
        {R"({"annual_vol":5.01})", Errc::unit_suspect},    {R"({"annual_vol":"61"})", Errc::unit_suspect},
    };
    for (const auto& [text, code] : all) CHECK(errc_name(refused(text).code) == errc_name(code));
}

TEST_CASE("a whole number has no fraction") {
    CHECK(taken(Reading{R"({"count":1e3})"}).count == 1000);
    CHECK(taken(Reading{R"({"count":"-7"})"}).count == -7);
    CHECK(taken(Reading{R"({"count":2.0})"}).count == 2);
    CHECK(refused(R"({"count":1.5})").code == Errc::wrong_type);
    CHECK(refused(R"({"count":1e300})").code == Errc::out_of_range);
    CHECK(refused(R"({"count":true})").code == Errc::wrong_type);
}

TEST_CASE("a time is milliseconds or RFC 3339, between 2000 and 2100") {
    const std::map<std::string, std::int64_t> good{
        {"1770306692535", 1770306692535},
        {"\"1770306692535\"", 1770306692535},
        {"1.770306692535e12", 1770306692535},
        {R"("2026-02-05T15:51:32.535650+00:00")", 1770306692535},
        {R"("2026-02-05T15:51:32Z")", 1770306692000},
        {R"("2026-02-05t16:51:32.5+01:00")", 1770306692500},
        {R"("2026-02-05")", 1770249600000},
        {R"("2024-02-29T00:00:00Z")", 1709164800000},
        {"946684800000", 946684800000},
        {"4102444799999", 4102444799999},
    };
    for (const auto& [text, ms] : good) CHECK(taken(Reading{"{\"ts\":" + text + "}"}).ts->ms == ms);
    for (const std::string text :
         {"1770306692", "1770306692535000", "1770306692535000000", "0", "-1", "1e300", "-1e300",
          "1770306692535.5", "946684799999", "4102444800000", R"("2026-02-30")", R"("2026-02-05T15:51:32")",
          R"("2026-02-05T24:00:00Z")", R"("05/02/2026")", R"("")", R"("1999-12-31T23:59:59Z")"})
        CHECK(errc_name(refused("{\"ts\":" + text + "}").code) == "bad_timestamp");
    CHECK(refused(R"({"ts":[1]})").code == Errc::wrong_type);
    CHECK(refused(R"({"ts":true})").code == Errc::wrong_type);
    CHECK(refused("{\"ts\":\"" + std::string(10'000, 'x') + "\"}").message.size() < 200);
}

TEST_CASE("an identifier has no control character, no blank end, and 1 to 128 bytes") {
    CHECK(taken(Reading{R"({"symbol":"BTC-PERPETUAL"})"}).symbol == "BTC-PERPETUAL");
    CHECK(taken(Reading{R"({"symbol":"a b"})"}).symbol == "a b");
    CHECK(taken(Reading{"{\"symbol\":\"\xE4\xBD\xA0\"}"}).symbol == "\xE4\xBD\xA0");
    CHECK(taken(Reading{R"({"symbol":"\u0042TC\/USD"})"}).symbol == "BTC/USD");
    CHECK(taken(Reading{"{\"symbol\":\"" + std::string(128, 'x') + "\"}"}).symbol->size() == 128);
    for (const std::string text :
         {"", " BTC", "BTC ", R"(B\nTC)", R"(\u001b[31m)", R"(\u007f)", "\x7f", R"(\t)"})
        CHECK(refused("{\"symbol\":\"" + text + "\"}").code == Errc::out_of_range);
    CHECK(refused("{\"symbol\":\"" + std::string(129, 'x') + "\"}").code == Errc::out_of_range);
    CHECK(refused(R"({"symbol":5})").code == Errc::wrong_type);
    CHECK(refused(R"({"depth_value":{"a\u0007":1}})").code == Errc::out_of_range);
}

TEST_CASE("a word is one of its list") {
    CHECK(taken(Reading{R"({"colour":"green"})"}).colour == Colour::green);
    CHECK(refused(R"({"colour":"Green"})").message == "want one of red, green, got 'Green'");
    CHECK(refused(R"({"colour":1})").code == Errc::wrong_type);
    CHECK(refused(R"({"reduce_only":"true"})").code == Errc::wrong_type);
    CHECK(refused(R"({"reduce_only":1})").code == Errc::wrong_type);
}

TEST_CASE("an error names the member by its path and the byte of its value") {
    struct Case {
        std::string text, field;
        std::size_t offset;
    };
    const auto c = GENERATE(values<Case>({
        {R"({"any":"x"})", "any", 8},
        {R"({"inner":[{"name":"a"},{"name":"b","weight":0}]})", "inner[1].weight", 44},
        {R"({"inner":[{"weight":1}]})", "inner[0].name", 10},
        {R"({"inner":{"name":"a"}})", "inner", 9},
        {R"({"inner":["a"]})", "inner[0]", 11},
        {R"({"bids":[[1,2],[1,-2]]})", "bids[1][1]", 18},
        {R"({"bids":[[1,2,3]]})", "bids[0]", 9},
        {R"({"bids":[[1]]})", "bids[0]", 9},
        {R"({"depth_value":{"25":1,"50":"x"}})", "depth_value.50", 29},
        {R"({"a\u006ey":true})", "any", 12},
    }));
    const Error error = refused(c.text);
    CHECK(error.field == c.field);
    CHECK(error.offset == c.offset);
}

TEST_CASE("a name that is nearly a known one is refused as misspelt") {
    for (const std::string name :
         {"Symbol", "SYMBOL", "symbl", "simbol", "sybmol", "symbols", "posittive", "positve", "reduceOnly",
          "reduce-only", "annualvol", "annual_volt", "depth.value", "anny"})
        CHECK(errc_name(refused("{\"" + name + "\":1}").code) == "suspect_field");
    const Error error = refused(R"({"reduceOnly":true})");
    CHECK(error.field == "reduceOnly");
    CHECK(error.message == "want 'reduce_only' or a name unlike it, got 'reduceOnly'");
    CHECK(refused(R"({"inner":[{"nmae":"x"}]})").field == "inner[0].nmae");
    for (const std::string name : {"note", "an", "ts2", "venue", "greeks", "type", "counterparty", "sh"})
        CHECK(taken(Reading{"{\"" + name + "\":1}"}).any == std::nullopt);
}

TEST_CASE("a name is judged again after an unlike one was let pass") {
    Reader reader;
    Sample sample;
    Line line;
    const Padded harmless{R"({"venue":1})"}, misspelt{R"({"Symbol":1})"};
    for (int i = 0; i < 3; ++i) {
        REQUIRE(line.parse(harmless.text()));
        CHECK(reader.read(line, sample));
        REQUIRE(line.parse(misspelt.text()));
        CHECK_FALSE(reader.read(line, sample));
    }
}

TEST_CASE("members come in any order, and nothing is left from the line before") {
    Reader reader;
    Sample sample;
    Line line;
    const Padded full{
        R"({"bids":[[2,1]],"inner":[{"weight":2,"name":"a"}],"symbol":"S","any":1,"reduce_only":true,
"depth_value":{"25":4}})"};
    REQUIRE(line.parse(full.text()));
    REQUIRE(reader.read(line, sample));
    CHECK(sample.inner.at(0).weight == 2.0);
    CHECK(sample.depth_value.at(0).first == "25");
    const Padded bare{R"({"inner":[{"name":"b"}]})"};
    REQUIRE(line.parse(bare.text()));
    REQUIRE(reader.read(line, sample));
    CHECK_FALSE(sample.any);
    CHECK_FALSE(sample.symbol);
    CHECK_FALSE(sample.reduce_only);
    CHECK(sample.bids.empty());
    CHECK(sample.depth_value.empty());
    CHECK_FALSE(sample.inner.at(0).weight);
}

TEST_CASE("a list has at most ten thousand entries") {
    std::string text = R"({"bids":[[1,1])";
    for (int i = 1; i < 10'000; ++i) text += ",[1,1]";
    CHECK(taken(Reading{text + "]}"}).bids.size() == 10'000);
    CHECK(refused(text + ",[1,1]]}").code == Errc::too_many);
}
