// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/styles/colours.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank::engine;

namespace {

// Relative luminance (WCAG 2): what is left of a colour in grey.
double luminance(const Colour& colour) {
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour[0] / 255.0) + 0.7152 * linear(colour[1] / 255.0) + 0.0722 * linear(colour[2] / 255.0);
}

} // namespace

TEST_CASE("colours: a brighter colour is a better score, in grey as well") {
    CHECK(score_colour(0) == Colour{68, 1, 84, 255}); // viridis, as published
    CHECK(score_colour(0.5) == Colour{33, 145, 140, 255});
    CHECK(score_colour(1) == Colour{253, 231, 37, 255});
    for (int i = 0; i < 100; ++i)
        CHECK(luminance(score_colour(i / 100.0)) < luminance(score_colour((i + 1) / 100.0)));
    CHECK(score_colour(-3) == score_colour(0));
    CHECK(score_colour(7) == score_colour(1));
}

TEST_CASE("colours: as text") {
    CHECK(hex({1, 2, 255, 0}) == "#0102ff");
    CHECK(rgba({1, 2, 255, 0}) == "1,2,255,0");
}
