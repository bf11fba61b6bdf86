// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/direction.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

using namespace zonerank::rasters;

TEST_CASE("quarters and eighths of a turn") {
    struct Row {
        double east, north, degrees;
    };
    for (const Row& row : {Row{0, 1, 0},
                           {1, 1, 45},
                           {1, 0, 90},
                           {1, -1, 135},
                           {0, -3, 180},
                           {-2, -2, 225},
                           {-5, 0, 270},
                           {-1, 1, 315},
                           {-0.0, 1, 0},
                           {-1e-30, 1, 0}}) {
        CAPTURE(row.degrees);
        CHECK(direction(row.east, row.north) == doctest::Approx(row.degrees).epsilon(1e-15));
    }
    CHECK(direction(-1e-30, 1) < 360);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(std::isnan(direction(nan, 1)));
    CHECK(std::isnan(direction(1, nan)));
}

TEST_CASE("the direction is the library's arc tangent, but for the last digits") {
    std::mt19937 random(4);
    std::normal_distribution<double> normal;
    double worst = 0;
    for (int i = 0; i < 200'000; ++i) {
        const double scale = std::exp(20 * normal(random));
        const double east = scale * normal(random), north = scale * normal(random) * std::exp(3 * normal(random));
        const long double degrees = std::atan2(static_cast<long double>(east), static_cast<long double>(north)) * 180 /
                                    std::numbers::pi_v<long double>;
        const double found = direction(east, north);
        REQUIRE(found >= 0);
        REQUIRE(found < 360);
        worst = std::max(worst, std::abs(static_cast<double>(found - (degrees < 0 ? degrees + 360 : degrees))));
    }
    CHECK(worst < 1e-13);
}
