// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/relief.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/relief.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::rasters;

TEST_CASE("a factor of speed at any slope, and the other way") {
    const SlopeSpeed speed(tests::tobler), back = speed.reversed();
    for (double slope = -1.9; slope < 1.9; slope += 0.0137) {
        const auto s = static_cast<float>(slope);
        CHECK(static_cast<double>(speed.at(s)) == doctest::Approx(tests::tobler(slope)).epsilon(1e-4));
        CHECK(back.at(s) == doctest::Approx(speed.at(-s)).epsilon(1e-4));
    }
    CHECK(speed.at(0) == 1);
    CHECK(speed.at(7) == speed.at(2));
    CHECK(speed.at(-7) == speed.at(-2));
    CHECK(static_cast<double>(speed.fastest()) == doctest::Approx(std::exp(0.175)));
}

TEST_CASE("what can't be a factor is told") {
    CHECK_THROWS_WITH_AS(SlopeSpeed([](double) { return -1; }), doctest::Contains("it has to be 0 or more"), Error);
    CHECK_THROWS_WITH_AS(SlopeSpeed([](double) { return 0; }), doctest::Contains("no slope leaves anything"), Error);
}
