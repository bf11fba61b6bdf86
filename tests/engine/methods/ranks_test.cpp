// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/ranks.hpp"

#include <doctest/doctest.h>

using namespace zonerank::engine;

TEST_CASE("ranks: ties share one and the next skips") {
    CHECK(ranks_of(std::vector{0.5, 0.9, 0.5, 0.1}, true) == std::vector{2, 1, 2, 4});
    CHECK(ranks_of(std::vector{0.5, 0.9, 0.5, 0.1}, false) == std::vector{2, 4, 2, 1});
    CHECK(ranks_of(std::vector<double>{}, true).empty());
    CHECK(ranks_of(std::vector{0.0, 0.0}, true) == std::vector{1, 1});
}

TEST_CASE("ranks: the order of a sum is no difference, a difference is") {
    CHECK(ranks_of(std::vector{0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1}, true) == std::vector{1, 1});
    CHECK(ranks_of(std::vector{0.6, 0.6 + 1e-9}, true) == std::vector{2, 1});
}

TEST_CASE("ascending order keeps equals as they were") {
    CHECK(ascending(std::vector{2.0, 1.0, 2.0, 0.0}) == std::vector<std::size_t>{3, 1, 0, 2});
}
