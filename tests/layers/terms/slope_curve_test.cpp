// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/slope_curve.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank::layers;

TEST_CASE("on foot 5 % downhill is the fastest, and up is slower than down") {
    const SlopeCurve curve;
    CHECK(speed_factor(curve, 0) == 1);
    CHECK(speed_factor(curve, 0.1) == doctest::Approx(std::exp(-0.35)));
    CHECK(speed_factor(curve, -0.05) == doctest::Approx(std::exp(0.175)));
    CHECK(most_speed(curve) == speed_factor(curve, -0.05));
    CHECK(speed_factor(curve, -0.1) == doctest::Approx(1));
    CHECK(both_ways_factor(curve, 0) == 1);
    CHECK(both_ways_factor(curve, 0.1) == doctest::Approx((std::exp(0.525) + std::exp(0.175)) / 2 / std::exp(0.175)));
    CHECK(both_ways_factor(curve, -0.3) == both_ways_factor(curve, 0.3));
}

TEST_CASE("a vehicle is at half its speed on 12 %") {
    const SlopeCurve curve{.kind = SlopeCurve::Kind::vehicle};
    CHECK(speed_factor(curve, 0) == 1);
    CHECK(speed_factor(curve, 0.12) == doctest::Approx(0.5));
    CHECK(both_ways_factor(curve, -0.12) == doctest::Approx(2));
    CHECK(most_speed(curve) == 1);
}

TEST_CASE("a table is linear between its slopes; without slopes below 0 it is the same downhill") {
    SlopeCurve curve{.kind = SlopeCurve::Kind::table, .table = {{0, 1}, {0.1, 0.5}, {0.3, 0}}};
    CHECK(speed_factor(curve, 0.05) == doctest::Approx(0.75));
    CHECK(speed_factor(curve, -0.2) == doctest::Approx(0.25));
    CHECK(speed_factor(curve, 0.5) == 0);
    CHECK(std::isinf(both_ways_factor(curve, 0.3)));
    CHECK(std::isnan(both_ways_factor(curve, std::nan(""))));
    curve.table = {{-0.2, 0.4}, {-0.04, 1.2}, {0.2, 0}};
    CHECK(speed_factor(curve, -0.5) == 0.4);
    CHECK(speed_factor(curve, -0.12) == doctest::Approx(0.8));
    CHECK(speed_factor(curve, 0.2) == 0);
    CHECK(most_speed(curve) == 1.2);
    CHECK(std::isinf(both_ways_factor(curve, 0.2)));
}
