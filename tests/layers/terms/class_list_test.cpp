// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/class_list.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace zonerank;
using layers::ClassList;

static ClassList list(const std::vector<const char*>& classes, const std::vector<std::string>& names = {}) {
    std::vector<layers::ClassRange> ranges;
    for (const char* text : classes)
        ranges.push_back(layers::parse_class(text));
    return {ranges, names, "exclude"};
}

TEST_CASE("codes and ranges of codes, both ends included") {
    const ClassList classes = list({"10", "50..59", "700", "-3", "1000.5..2e6"});
    for (const float code : {10.0F, 50.0F, 55.5F, 59.0F, 700.0F, -3.0F, 5000.0F, 2e6F})
        CHECK(classes.holds(code));
    for (const float code : {0.0F, 9.0F, 49.0F, 60.0F, 701.0F, 3.0F, 1000.0F, 3e6F})
        CHECK_FALSE(classes.holds(code));
}

TEST_CASE("names mean their place, numbers among them themselves") {
    const ClassList named = list({"forest", "2"}, {"water", "forest", "town", "farm"});
    CHECK_FALSE(named.holds(0));
    CHECK(named.holds(1));
    CHECK(named.holds(2));
    CHECK_FALSE(named.holds(3));
    const ClassList numbers = list({"10..20"}, {"10", "30", "20"});
    CHECK(numbers.holds(0));
    CHECK_FALSE(numbers.holds(1));
    CHECK(numbers.holds(2));
    CHECK(numbers.holds(11)); // beyond the names codes are themselves
    CHECK_FALSE(list({"steppe"}, {"water", "forest"}).holds(1));
}

TEST_CASE("slips and `other` are refused") {
    CHECK_THROWS_WITH_AS(list({"forst"}, {"water", "forest"}), "exclude: unknown class 'forst'; did you mean 'forest'?",
                         Error);
    CHECK_NOTHROW(list({"forst", "forest"}, {"water", "forest"}));
    CHECK_THROWS_WITH_AS(list({"forest"}),
                         "exclude: class 'forest': the classes of this layer are numbers, without names", Error);
    CHECK_THROWS_WITH_AS(list({"other"}), "exclude: 'other' needs a list of what it is other than; name the classes",
                         Error);
}
