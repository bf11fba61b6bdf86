// SPDX-License-Identifier: Apache-2.0
#include "engine/text/listing.hpp"

#include <doctest/doctest.h>

using zonerank::engine::listed;

TEST_CASE("listing: all names, or the first and how many more") {
    CHECK(listed({}, 2).empty());
    CHECK(listed({"A"}, 2) == "A");
    CHECK(listed({"A", "B"}, 2) == "A, B");
    CHECK(listed({"A", "B", "C", "D"}, 2) == "A, B and 2 more");
}
