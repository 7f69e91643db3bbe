#include "feed/shared/time_text.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using namespace tidemark::feed;

TEST_CASE("a whole number's size tells its unit") {
    const std::string text =
        GENERATE("1770306692", "1770306692000", "1770306692000000", "1770306692000000000",
                 "2026-02-05T15:51:32Z", "2026-02-05 16:51:32+01:00", "2026-02-05T15:51:32.000000+00:00");
    CHECK(read_time(text, TimeUnit::by_size).value().ms == 1770306692000);
}

TEST_CASE("microseconds and nanoseconds are cut to milliseconds") {
    CHECK(read_time("1770306692535650", TimeUnit::by_size).value().ms == 1770306692535);
    CHECK(read_time("1770306692535999999", TimeUnit::by_size).value().ms == 1770306692535);
}

TEST_CASE("a unit that is given is taken, and believed only between 2000 and 2100") {
    CHECK(read_time("1770306692", TimeUnit::s).value().ms == 1770306692000);
    CHECK(read_time("1770306692", TimeUnit::ms).error().code == Errc::bad_timestamp);
    CHECK(read_time("1770306692000", TimeUnit::s).error().code == Errc::bad_timestamp);
    CHECK(read_time("9223372036854775807", TimeUnit::s).error().code == Errc::bad_timestamp);
}

TEST_CASE("what is no time is refused") {
    const std::string text =
        GENERATE("", "0", "-1", "1770306692.5", " 1770306692", "1.7e9", "2026-02-05 15:51:32", "2026-02-30",
                 "05/02/2026", "99999999999999999999", "now", "946684799");
    INFO(text);
    CHECK(read_time(text, TimeUnit::by_size).error().code == Errc::bad_timestamp);
}
