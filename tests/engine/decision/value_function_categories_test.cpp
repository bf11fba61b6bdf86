// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/value_function.hpp"

#include "tests/support/values.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using engine::Measured;

TEST_CASE("categories: by code and range; a class without a value is unknown") {
    const auto f = tests::value_function("categories", "{10: 1, 50..59: 0.2, 60: 0}");
    CHECK(f.of(10) == 1);
    CHECK(f.of(50) == 0.2);
    CHECK(f.of(59) == 0.2);
    CHECK(f.of(60) == 0);
    CHECK(std::isnan(f.of(11)));
    CHECK(std::isnan(f.of(49)));
    CHECK(tests::value_function("categories", "{10: 1, other: 0.5}").of(11) == 0.5);
}

TEST_CASE("categories: by name; codes are places in the list of names") {
    const Measured landuse{{"forest", "farmland", "scrub"}, {}};
    const auto f = tests::value_function("categories", "{scrub: 1, farmland: 0.4}", {}, landuse);
    CHECK(f.of(2) == 1);
    CHECK(f.of(1) == 0.4);
    CHECK(std::isnan(f.of(0)));
    CHECK(std::isnan(f.of(3)));
    CHECK(std::isnan(f.of(-1)));
    CHECK(std::isnan(f.of(1.5)));
    const auto with_rest = tests::value_function("categories", "{scrub: 1, other: 0.3}", {}, landuse);
    CHECK(with_rest.of(0) == 0.3);
    CHECK(with_rest.of(2) == 1);
}

TEST_CASE("categories: names that are numbers are meant by their number, not their place") {
    const auto f = tests::value_function("categories", "{20: 1, 30..39: 0.5}", {}, {{"10", "20", "35"}, {}});
    CHECK(std::isnan(f.of(0)));
    CHECK(f.of(1) == 1);
    CHECK(f.of(2) == 0.5);
    const auto coded = tests::value_function("categories", "{0: 0.1, 1: 0.9}", {}, {{"water", "land"}, {}});
    CHECK(coded.of(0) == 0.1);
    CHECK(coded.of(1) == 0.9);
}

TEST_CASE("categories: a code without a name is meant by itself") {
    const auto f = tests::value_function("categories", "{0: 0.1, 2: 0.9, land: 0.5}", {}, {{"water", "land", ""}, {}});
    CHECK(f.of(0) == 0.1);
    CHECK(f.of(1) == 0.5);
    CHECK(f.of(2) == 0.9);
}

TEST_CASE("categories: a slip of a name is refused, a class that does not occur is not") {
    const Measured landuse{{"forest", "farmland"}, {}};
    CHECK(tests::refusal("categories", "{forst: 1}", {}, landuse) == "unknown class 'forst'; did you mean 'forest'?");
    CHECK(tests::refusal("categories", "{salt pond: 1, forest: 0}", {}, landuse) == "accepted");
    CHECK(tests::refusal("categories", "{farmland: 1, farmyard: 0}", {}, landuse) == "accepted");
    CHECK(tests::refusal("categories", "{forest: 1}") ==
          "class 'forest': the classes of this measure are numbers, without names");
}
