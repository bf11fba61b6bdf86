// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/value_rows.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace zonerank;

TEST_CASE("the table holds every topic's rows, each name once") {
    std::size_t rows = 0;
    for (const auto& topic : {engine::shape_rows(), engine::sigmoid_rows(), engine::map_rows(), engine::fuzzy_rows(),
                              engine::piecewise_rows(), engine::category_rows(), engine::formula_rows()})
        rows += topic.size();
    CHECK(rows == engine::value_functions().size());
    std::set<std::string_view> names;
    for (const auto& kind : engine::value_functions())
        CHECK(names.insert(kind.name).second);
}

TEST_CASE("what rows share") {
    CHECK(engine::checked_value("a", 0.5) == 0.5);
    CHECK_THROWS_WITH(engine::checked_value("a", 1.5),
                      "the value of a is 1.5; values lie between 0 (useless) and 1 (ideal)");
    CHECK(engine::straight(10, 0).of(2.5) == 0.75);
    CHECK_THROWS_WITH(engine::positive({}, "spread"), "'spread' must be above 0");
    CHECK(engine::shown({}, 3.5) == "3.5");
}
