// SPDX-License-Identifier: Apache-2.0
#include "engine/model/changed.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

TEST_CASE("an input that has changed keeps its own words, wherever they come from") {
    const auto change = [] { throw engine::Changed("{}: has changed", "roads.csv"); };
    CHECK_THROWS_WITH_AS(in_context("unit 'score-0001'", change), "roads.csv: has changed", engine::Changed);
}
