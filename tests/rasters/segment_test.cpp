// SPDX-License-Identifier: Apache-2.0
#include "rasters/segment.hpp"

#include "tests/support/geos.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace zonerank::rasters;
using namespace zonerank::tests;

static Shape line(const Segment& s) {
    return {{}, {{s.a, s.b}}, {}};
}

TEST_CASE("distances between segments, points and boxes in easy places") {
    const Segment flat{{0, 0}, {10, 0}};
    CHECK(squared_distance(flat, Point{5, 3}) == 9);
    CHECK(squared_distance(flat, Point{-3, 4}) == 25);
    CHECK(squared_distance(flat, Point{13, 4}) == 25);
    CHECK(squared_distance(Segment{{2, 2}, {2, 2}}, Point{5, 6}) == 25);
    CHECK(squared_distance(flat, Segment{{5, -1}, {5, 1}}) == 0);
    CHECK(squared_distance(flat, Segment{{10, 0}, {20, 5}}) == 0);
    CHECK(squared_distance(flat, Segment{{12, 0}, {20, 0}}) == 4);
    CHECK(squared_distance(flat, Box{4, -1, 6, 1}) == 0);
    CHECK(squared_distance(flat, Box{-5, -5, 15, 5}) == 0);
    CHECK(squared_distance(flat, Box{13, 4, 20, 20}) == 25);
    CHECK(squared_distance(Box{0, 0, 1, 1}, Point{4, 5}) == 25);
    CHECK(squared_distance(Box{0, 0, 1, 1}, Box{4, 5, 9, 9}) == 25);
    CHECK(squared_distance(Box{0, 0, 4, 4}, Box{1, 1, 2, 2}) == 0);
}

TEST_CASE("a segment meets a box that it passes, touches or ends in, not one that its own box overlaps") {
    const Box box{0, 0, 2, 2};
    CHECK(meets({{-1, 1}, {3, 1}}, box));
    CHECK(meets({{-1, 3}, {3, -1}}, box));
    CHECK(meets({{-1, 1}, {1, 3}}, box)); // through the corner
    CHECK(meets({{1, 1}, {9, 9}}, box));
    CHECK(meets({{2, -5}, {2, 5}}, box)); // along the edge
    CHECK_FALSE(meets({{-1, 1.5}, {0.5, 3.5}}, box));
    CHECK_FALSE(meets({{3, 0}, {3, 2}}, box));
    CHECK_FALSE(meets({{-2, 1}, {-1, 1}}, box));
}

TEST_CASE("distances agree with GEOS at 4,000 random pairs, small and in coordinates of millions") {
    Random random(11);
    for (int i = 0; i < 4000; ++i) {
        const Box land = i % 4 == 0 ? Box{0, 0, 1, 1} : Box{3'000'000, 4'000'000, 3'000'100, 4'000'100};
        const Segment s{random.in(land), random.in(land)}, t{random.in(land), random.in(land)};
        Box box = t.box();
        box.xmax += land.width() / 100;
        box.ymax += land.width() / 100;
        const Geos geos(line(s));
        CAPTURE(i);
        CHECK(std::sqrt(squared_distance(s, t.a)) == doctest::Approx(geos.distance(t.a)).epsilon(1e-9));
        CHECK(std::abs(std::sqrt(squared_distance(s, t)) - geos.distance(line(t))) < 1e-7);
        CHECK(std::abs(std::sqrt(squared_distance(s, box)) - geos.distance(square(box))) < 1e-7);
    }
}
