// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/value_function.hpp"

#include "tests/support/values.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

using namespace zonerank;
using tests::metres;
using tests::refusal;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

/// r.fuzzy.set as its manual gives it (Jasiewicz 2011), side both, no shape modifier.
double by_grass(double x, double a, double b, double c, double d, char boundary) {
    if (x <= a || x >= d)
        return 0;
    if (x >= b && x <= c)
        return 1;
    const double t = x < b ? (x - a) / (b - a) : (d - x) / (d - c), pi = std::numbers::pi;
    switch (boundary) {
    case 'S':
        return std::pow(std::sin(t * pi / 2), 2);
    case 'J':
        return std::pow(std::tan(t * pi / 4), 2);
    case 'G':
        return std::pow(std::tan(t * pi / 4), 0.5);
    default:
        return t;
    }
}

} // namespace

TEST_CASE("fuzzy memberships: published formulas, GRASS r.fuzzy.set's four boundaries on both sides") {
    const std::tuple<std::string_view, std::string, char> shapes[] = {{"fuzzy linear", "", 'L'},
                                                                      {"fuzzy sigmoidal", "", 'S'},
                                                                      {"fuzzy j-shaped", ", tail: closed", 'J'},
                                                                      {"fuzzy g-shaped", "", 'G'}};
    for (const auto& [name, more, boundary] : shapes) {
        CAPTURE(name);
        const auto f = tests::value_function(name, "{a: 3, b: 7, c: 11, d: 31" + more + "}");
        for (double x = 0; x < 35; x += 0.17)
            CHECK(std::abs(f.of(x) - by_grass(x, 3, 7, 11, 31, boundary)) <= 1e-14);
    }
}

TEST_CASE("fuzzy memberships: published formulas, TerrSet FUZZY") {
    const auto s = tests::value_function("fuzzy sigmoidal", "{a: 100 m, b: 300 m, c: 500 m, d: 900 m}", metres);
    for (double x = 100; x <= 300; x += 7) // cos^2 of (1 - (x - a) / (b - a)) pi / 2, and of (x - c) / (d - c) pi / 2
        CHECK(s.of(x) ==
              doctest::Approx(std::pow(std::cos((1 - (x - 100) / 200) * std::numbers::pi / 2), 2)).epsilon(1e-12));
    for (double x = 500; x < 900; x += 7)
        CHECK(s.of(x) == doctest::Approx(std::pow(std::cos((x - 500) / 400 * std::numbers::pi / 2), 2)).epsilon(1e-12));
    const auto j = tests::value_function("fuzzy j-shaped", "{a: 100 m, b: 300 m, c: 500 m, d: 900 m}", metres);
    CHECK(j.of(100) == 0.5);
    CHECK(j.of(900) == 0.5);
    CHECK(j.of(-100) == 0.2); // as far again
    CHECK(j.of(1300) == 0.2);
    CHECK(j.of(300) == 1);
    CHECK(j.of(500) == 1);
}

TEST_CASE("fuzzy memberships: rising, falling, both, by the points given") {
    for (const std::string_view name : {"fuzzy linear", "fuzzy sigmoidal", "fuzzy j-shaped", "fuzzy g-shaped"}) {
        CAPTURE(name);
        const auto rising = tests::value_function(name, "{a: 2, b: 6}");
        const auto falling = tests::value_function(name, "{c: 8, d: 9}");
        const auto both = tests::value_function(name, "{a: 2, b: 6, c: 8, d: 9}");
        for (double x = -5; x < 20; x += 0.25) {
            CHECK(both.of(x) == std::min(rising.of(x), falling.of(x)));
            CHECK((x < 6 || rising.of(x) == 1));
            CHECK((x > 8 || falling.of(x) == 1));
        }
        CHECK(rising.of(inf) == 1);
        CHECK(rising.of(-inf) == 0);
        CHECK(falling.of(inf) == 0);
        CHECK(falling.of(-inf) == 1);
        CHECK(tests::value_function(name, "{a: 2, b: 6, c: 6, d: 9}").of(6) == 1);
    }
}

TEST_CASE("fuzzy memberships: points that can't be meant") {
    for (const std::string_view name : {"fuzzy linear", "fuzzy sigmoidal", "fuzzy j-shaped", "fuzzy g-shaped"}) {
        CHECK(refusal(name, "") == "give the points a and b to rise, c and d to fall, or all four to rise and fall");
        CHECK(refusal(name, "{a: 2}") == "'a' is given without 'b'");
        CHECK(refusal(name, "{a: 2, b: 3, d: 4}") == "'d' is given without 'c'");
        CHECK(refusal(name, "{a: 2 km, b: 2 km}", metres) == "'a' (2 km) must be below 'b' (2 km)");
        CHECK(refusal(name, "{c: 3, d: 2}") == "'c' (3) must be below 'd' (2)");
        CHECK(refusal(name, "{a: 1, b: 3, c: 2, d: 4}") == "'b' (3) must be at most 'c' (2)");
    }
}
