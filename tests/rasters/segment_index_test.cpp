// SPDX-License-Identifier: Apache-2.0
#include "rasters/segment_index.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <set>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

static std::vector<Segment> strewn(int n) {
    Random random(21);
    std::vector<Segment> segments;
    for (int i = 0; i < n; ++i) {
        const Point a = random.in(Box{500'000, 3'600'000, 600'000, 3'700'000});
        const double reach = i % 50 == 0 ? 40'000 : 100;
        segments.push_back({a, {a.x + random.in(-reach, reach), a.y + random.in(-reach, reach)}});
    }
    return segments;
}

TEST_CASE("the nearest segment is that of a search through all, to the last bit") {
    const std::vector<Segment> segments = strewn(2000);
    const SegmentIndex index(segments);
    Random random(22);
    for (int i = 0; i < 500; ++i) {
        const Point p = random.in(Box{400'000, 3'500'000, 700'000, 3'800'000});
        const Segment s{p, {p.x + random.in(-5000, 5000), p.y + random.in(-5000, 5000)}};
        double to_point = std::numeric_limits<double>::infinity(), to_segment = to_point;
        for (const Segment& t : segments) {
            to_point = std::min(to_point, squared_distance(t, p));
            to_segment = std::min(to_segment, squared_distance(t, s));
        }
        CHECK(index.nearest(p) == to_point);
        CHECK(index.nearest(s, 1e300) == to_segment);
        CHECK(index.nearest(s, to_segment / 2) == to_segment / 2);
    }
}

TEST_CASE("near() leaves none out that is within reach") {
    const std::vector<Segment> segments = strewn(2000);
    const SegmentIndex index(segments);
    const Point p{550'000, 3'650'000};
    std::size_t visited = 0, within = 0, expected = 0;
    index.near(p, 3000, [&](const Segment& s) {
        ++visited;
        within += squared_distance(s, p) <= 9e6;
    });
    for (const Segment& s : segments)
        expected += squared_distance(s, p) <= 9e6;
    CHECK(expected > 5);
    CHECK(within == expected);
    CHECK(visited < segments.size() / 3);
}

TEST_CASE("points, lines of one point and edges all count as segments") {
    const Shape shape{{{1, 2}}, {{{3, 4}}, {{0, 0}, {1, 0}, {1, 1}}}, {{{{{5, 5}, {6, 5}, {5, 6}, {5, 5}}}}}};
    const std::vector<Segment> found = segments_of(std::vector{&shape});
    CHECK(found == std::vector<Segment>{{{1, 2}, {1, 2}},
                                        {{3, 4}, {3, 4}},
                                        {{0, 0}, {1, 0}},
                                        {{1, 0}, {1, 1}},
                                        {{5, 5}, {6, 5}},
                                        {{6, 5}, {5, 6}},
                                        {{5, 6}, {5, 5}}});
}

TEST_CASE("an index of nothing is infinitely far; a coordinate that is no place is refused") {
    CHECK(SegmentIndex(std::vector<Segment>()).empty());
    CHECK(SegmentIndex(std::vector<Segment>()).nearest(Point{0, 0}) == std::numeric_limits<double>::infinity());
    for (const double x : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), -1e13}) {
        CHECK_THROWS_AS(SegmentIndex(std::vector<Segment>{{{x, 0}, {1, 1}}}), Error);
        CHECK_THROWS_AS(SegmentIndex(std::vector<Segment>{{{0, 0}, {1, x}}}), Error);
    }
}
