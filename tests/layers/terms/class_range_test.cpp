// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/class_range.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::ClassRange;

TEST_CASE("classes: a code, a range, a name, the rest") {
    CHECK(layers::parse_class("10").holds(10));
    CHECK_FALSE(layers::parse_class("10").holds(11));
    const ClassRange range = layers::parse_class("50..59");
    CHECK(range.holds(50));
    CHECK(range.holds(59));
    CHECK_FALSE(range.holds(49));
    CHECK_FALSE(range.holds(60));
    CHECK(layers::parse_class("-3..-1").holds(-2));
    CHECK(layers::parse_class("1.5..2.5").holds(2));
    CHECK(layers::parse_class("5..5").holds(5));
    const ClassRange forest = layers::parse_class("forest");
    CHECK(forest.text == "forest");
    CHECK_FALSE(forest.holds(0));
    const ClassRange rest = layers::parse_class("other");
    CHECK(rest.other);
    CHECK_FALSE(rest.holds(0));
    CHECK(layers::parse_class("10 km").text == "10 km"); // a name that starts like a number
    CHECK(layers::parse_class("a..b").text == "a..b");
    for (const char* text : {"10", "50..59", "other", "forest", "-1.5"})
        CHECK(to_string(layers::parse_class(text)) == text);
}

TEST_CASE("a class's name that is a number means that code") {
    CHECK(layers::code_named("10") == 10);
    CHECK(layers::code_named("-1.5") == -1.5);
    for (const char* name : {"", "forest", "10 km", "1..2", "other"})
        CHECK_FALSE(layers::code_named(name));
}

TEST_CASE("the number of a class, by code or by name, or that of the rest") {
    const layers::Categories numbers{
        {layers::parse_class("other"), 0.1}, {layers::parse_class("10..19"), 0.5}, {layers::parse_class("forest"), 1}};
    CHECK(layers::number_of(numbers, 12, "") == 0.5);
    CHECK(layers::number_of(numbers, {}, "forest") == 1);
    CHECK(layers::number_of(numbers, 30, "steppe") == 0.1);
    CHECK(layers::number_of({numbers.begin() + 1, numbers.end()}, {}, "steppe") == std::nullopt);
}
