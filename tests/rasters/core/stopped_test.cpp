// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/stopped.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

TEST_CASE("a stop is told as it is, wherever it comes from") {
    CHECK_THROWS_WITH_AS(in_context("a file", [] { throw Stopped(); }), "stopped", Stopped);
    CHECK_THROWS_WITH_AS(throw Stopped(), "stopped", Error);
}
