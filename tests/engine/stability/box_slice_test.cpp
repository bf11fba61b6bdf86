// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/box_slice.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace zonerank::engine;

namespace {

/// The share of points whose coordinate `i` lies below `limit`.
double share_below(const BoxSlice& slice, std::size_t size, std::size_t i, double limit) {
    constexpr int count = 40'000;
    std::vector<double> point(size);
    int below = 0;
    for (std::uint64_t number = 0; number < count; ++number) {
        Draw draw(3, Purpose::weights, number);
        slice.fill(draw, point);
        below += point[i] < limit;
    }
    return static_cast<double>(below) / count;
}

} // namespace

TEST_CASE("box slice: without bounds it is the simplex, where a weight is below x with 1 - (1 - x)^(m - 1)") {
    const BoxSlice slice(std::vector<double>(5, 0), std::vector<double>(5, 1));
    for (const std::size_t i : {std::size_t{0}, std::size_t{2}, std::size_t{4}})
        for (const double x : {0.05, 0.2, 0.5})
            CHECK(std::abs(share_below(slice, 5, i, x) - (1 - std::pow(1 - x, 4))) < 0.01);
}

TEST_CASE("box slice: three weights, against areas of the plane cut by a box") {
    // x in [0.1, 0.5], y in [0.2, 0.4], z = 1 - x - y in [0.2, 0.6]: the square cut by
    // x + y >= 0.4 and x + y <= 0.8, corners of 0.005 each off 0.08.
    const BoxSlice slice({0.1, 0.2, 0.2}, {0.5, 0.4, 0.6});
    // x < 0.2: 0.1 x 0.2 less the corner at x + y < 0.4, a triangle of side 0.1
    CHECK(std::abs(share_below(slice, 3, 0, 0.2) - (0.02 - 0.005) / 0.07) < 0.01);
    CHECK(std::abs(share_below(slice, 3, 1, 0.3) - 0.5) < 0.01);
}

TEST_CASE("box slice: narrow beside wide, and points that sum to 1 within their bounds") {
    std::vector<double> least(20, 0), most(20, 1);
    for (std::size_t i = 0; i < 10; ++i) {
        least[i] = 0.049;
        most[i] = 0.051;
    }
    const BoxSlice slice(least, most);
    std::vector<double> point(20);
    for (std::uint64_t number = 0; number < 1000; ++number) {
        Draw draw(1, Purpose::weights, number);
        slice.fill(draw, point);
        double sum = 0;
        for (std::size_t i = 0; i < 20; ++i) {
            sum += point[i];
            CHECK((point[i] >= least[i] && point[i] <= most[i]));
        }
        CHECK(sum == doctest::Approx(1).epsilon(1e-12));
    }
    CHECK(std::abs(share_below(slice, 20, 3, 0.05) - 0.5) < 0.02);
}

TEST_CASE("box slice: a slice that is one point") {
    std::vector<double> point(2);
    Draw draw(1, Purpose::weights, 0);
    BoxSlice({0.4, 0.6}, {0.5, 0.7}).fill(draw, point);
    CHECK(point == std::vector<double>{0.4, 0.6});
    BoxSlice({0.1, 0.1}, {0.3, 0.7}).fill(draw, point);
    CHECK(point == std::vector<double>{0.3, 0.7});
}
