// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/figures.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank::engine;

TEST_CASE("figures: to their digits, and never a NaN") {
    CHECK(csv_figure(2.0 / 3, 4) == "0.6667");
    CHECK(csv_figure(0, 4) == "0");
    CHECK(json_figure(2.0 / 3, 4).dump() == "0.6667");
    for (const double none : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
        CHECK(csv_figure(none, 4).empty());
        CHECK(json_figure(none, 4).is_null());
    }
}

TEST_CASE("number_json: the shortest text that reads back the same, null for what is no number") {
    CHECK(number_json(0.1).dump() == "0.1");
    CHECK(number_json(0.1 + 0.2).dump() == "0.30000000000000004");
    CHECK(number_json(std::nan("")).is_null());
    CHECK(number_json(HUGE_VAL).is_null());
}

TEST_CASE("field_json: each kind of field as what it is") {
    CHECK(field_json(std::int64_t{-7}).dump() == "-7");
    CHECK(field_json(2.5).dump() == "2.5");
    CHECK(field_json(std::nan("")).is_null());
    CHECK(field_json(std::string("7")).dump() == "\"7\"");
    CHECK(field_json(std::monostate{}).is_null());
}
