// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/styles/colours.hpp"

#include "tests/support/vision.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

constexpr Ramp ramps[] = {Ramp::score, Ramp::deviation, Ramp::share, Ramp::speed, Ramp::measurement};
constexpr const tests::Vision* visions[] = {&tests::everybody, &tests::protanope, &tests::deuteranope};

} // namespace

TEST_CASE("colours: a measure of colours that is right itself") {
    CHECK(tests::lightness({255, 255, 255, 255}) == doctest::Approx(100));
    CHECK(tests::lightness({119, 119, 119, 255}) == doctest::Approx(50.03).epsilon(0.001));
    const auto red = tests::lab(tests::linear({255, 0, 0, 255}));
    CHECK(red[0] == doctest::Approx(53.24).epsilon(0.001));
    CHECK(red[1] == doctest::Approx(80.09).epsilon(0.001));
    CHECK(red[2] == doctest::Approx(67.20).epsilon(0.001));
    // red and green of one lightness: apart to most, close to who lacks green cones
    const Colour brick{180, 90, 60, 255}, olive{127, 113, 55, 255};
    CHECK(tests::difference(brick, olive, tests::everybody) > 3 * tests::difference(brick, olive, tests::deuteranope));
}

TEST_CASE("colours: a brighter colour is a better score") {
    CHECK(score_colour(0) == Colour{68, 1, 84, 255}); // viridis, as published
    CHECK(score_colour(0.5) == Colour{33, 145, 140, 255});
    CHECK(score_colour(1) == Colour{253, 231, 37, 255});
    CHECK(score_colour(-3) == score_colour(0));
    CHECK(score_colour(7) == score_colour(1));
    CHECK(score_colour(std::nan("")) == score_colour(0));
}

TEST_CASE("colours: lightness goes one way along each ramp, for every kind of colour vision") {
    for (const Ramp ramp : ramps)
        for (const tests::Vision* vision : visions) {
            CAPTURE(static_cast<int>(ramp));
            const auto light = [&](int step) {
                return tests::lab(tests::seen(tests::linear(ramp_colour(ramp, step / 50.0)), *vision))[0];
            };
            const double sign = light(50) > light(0) ? 1 : -1;
            CHECK(sign * (light(50) - light(0)) > 50);
            CHECK(std::max(light(0), light(50)) < 98); // not paper
            for (int step = 0; step < 50; ++step)
                CHECK(sign * (light(step + 1) - light(step)) > 0);
        }
}

TEST_CASE("colours: no ramp is taken for another") {
    for (const Ramp a : ramps)
        for (const Ramp b : ramps) {
            double most = 0;
            for (int step = 0; step <= 50; ++step)
                most = std::max(most, tests::difference(ramp_colour(a, step / 50.0), ramp_colour(b, step / 50.0),
                                                        tests::everybody));
            CHECK((a == b || most > 25));
        }
}

TEST_CASE("colours: what is ruled out can be told apart, and from every score") {
    constexpr std::size_t count = 8;
    for (const tests::Vision* vision : visions)
        for (std::size_t i = 0; i < count; ++i) {
            CAPTURE(i);
            for (std::size_t j = 0; j < i; ++j)
                CHECK(tests::difference(excluded_colour(i), excluded_colour(j), *vision) > 15);
            for (int step = 0; step <= 50; ++step)
                CHECK(tests::difference(excluded_colour(i), score_colour(step / 50.0), *vision) > 15);
        }
    for (std::size_t i = 1; i < count; ++i)
        CHECK(std::abs(tests::lightness(excluded_colour(i)) - tests::lightness(excluded_colour(i - 1))) > 15);
}

TEST_CASE("colours: classes have their own for as long as there are some") {
    std::set<Colour> classes, constraints;
    for (std::size_t i = 0; i < 14; ++i)
        classes.insert(class_colour(i));
    for (std::size_t i = 0; i < 16; ++i)
        constraints.insert(excluded_colour(i));
    CHECK(classes.size() == 14);
    CHECK(constraints.size() == 16);
    for (const tests::Vision* vision : visions)
        for (std::size_t i = 0; i < 7; ++i)
            for (std::size_t j = 0; j < i; ++j)
                CHECK(tests::difference(class_colour(i), class_colour(j), *vision) > 10);
}

TEST_CASE("colours: as text") {
    CHECK(hex({1, 2, 255, 0}) == "#0102ff");
    CHECK(rgba({1, 2, 255, 0}) == "1,2,255,0");
}
