// SPDX-License-Identifier: Apache-2.0
#include "engine/report/object_text.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using nlohmann::ordered_json;

TEST_CASE("ObjectText: members in their order, of every kind") {
    engine::ObjectText text;
    text.add("a", ordered_json{1, 2}).add(ordered_json{{"b", "x\"y"}, {"c", nullptr}});
    text.add_text("d\n", "[true]").add_plain("e", "AA==").add_number("f", 0.1 + 0.2).add_number("g", NAN);
    CHECK(text.take() == R"({"a":[1,2],"b":"x\"y","c":null,"d\n":[true],"e":"AA==","f":0.30000000000000004,"g":null})");
    CHECK(engine::ObjectText().take() == "{}");
    CHECK(ordered_json::parse(engine::ObjectText().add("bad", std::string("\xFF")).take())["bad"] == "\xEF\xBF\xBD");
}

TEST_CASE("append_number: JSON that reads back the same, or to so many digits") {
    const auto written = [](double number, int digits = 0) {
        std::string text;
        engine::append_number(text, number, digits);
        return text;
    };
    for (const double number : {0.0, -0.0, 1.0, 1e300, 5e-324, 1.0 / 3, -123456.789})
        CHECK(ordered_json::parse(written(number)).get<double>() == number);
    CHECK(written(HUGE_VAL) == "null");
    CHECK(written(1.0 / 3, 5) == "0.33333");
    CHECK(ordered_json::parse(written(1234567.0, 5)).get<double>() == 1234600.0);
}
