// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/geometry.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <utility>

using namespace zonerank::rasters;

namespace {

Path ring(double x0, double y0, double x1, double y1) {
    return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}};
}

} // namespace

TEST_CASE("bounds in longitude and latitude are the narrowest on the globe") {
    const auto points = [](std::vector<Point> at) { return lonlat_bounds({.points = std::move(at)}); };
    CHECK(points({{73, 33}, {74, 34}}) == Box{73, 33, 74, 34});
    CHECK(points({{179, 1}, {-179, 2}}) == Box{179, 1, 181, 2});
    CHECK(points({{-120, 0}, {140, 0}, {170, 0}}) == Box{140, 0, 240, 0});
    CHECK(lonlat_bounds({.lines = {{{-170, 0}, {170, 5}}}}) == Box{-170, 0, 170, 5}); // one part is as wide as it is
    CHECK(lonlat_bounds({}).empty());
}

TEST_CASE("a box grows from nothing") {
    Box box;
    CHECK(box.empty());
    CHECK(!box.contains({0, 0}));
    CHECK(!box.intersects({-1, -1, 1, 1}));
    box.add(Box{});
    CHECK(box.empty());
    box.add(Point{2, 3});
    CHECK(!box.empty()); // a point is a place
    CHECK(box.width() == 0);
    box.add(Box{-1, 5, 0, 7});
    CHECK(box == Box{-1, 3, 2, 7});
    CHECK(box.width() == 3);
    CHECK(box.height() == 4);
    CHECK(box.centre() == Point{0.5, 5});
    CHECK(box.grown(1) == Box{-2, 2, 3, 8});
    CHECK(box.grown(-2).empty());
}

TEST_CASE("edges belong to a box") {
    const Box box{0, 0, 2, 1};
    CHECK(box.contains({0, 0}));
    CHECK(box.contains({2, 1}));
    CHECK(!box.contains({2.001, 1}));
    CHECK(!box.contains({1, -0.001}));
    CHECK(box.intersects({2, 1, 3, 3}));
    CHECK(box.intersects({-5, -5, 5, 5}));
    CHECK(box.intersects({0.5, 0.4, 0.6, 0.5}));
    CHECK(!box.intersects({2.1, 0, 3, 1}));
    CHECK(!box.intersects({0, 1.1, 2, 2}));
}

TEST_CASE("bounds cover all parts") {
    Shape shape;
    CHECK(shape.empty());
    CHECK(bounds(shape).empty());
    shape.points = {{5, 5}};
    CHECK(bounds(shape) == Box{5, 5, 5, 5});
    shape.lines = {{{0, 1}, {2, 9}}};
    shape.polygons = {{{ring(3, -2, 4, 0), ring(3.2, -1, 3.5, -0.5)}}};
    CHECK(!shape.empty());
    CHECK(bounds(shape) == Box{0, -2, 5, 9});
    CHECK(bounds(shape.polygons[0]) == Box{3, -2, 4, 0});
    CHECK(bounds(shape.lines[0]) == Box{0, 1, 2, 9});
}

TEST_CASE("area is outer rings less holes, in any direction") {
    const Polygon polygon{{ring(0, 0, 10, 10), ring(1, 1, 3, 3), ring(5, 5, 6, 8)}};
    CHECK(area(polygon) == 100 - 4 - 3);
    Polygon reversed = polygon;
    for (Path& r : reversed.rings)
        r = Path(r.rbegin(), r.rend());
    CHECK(area(reversed) == 93);
    CHECK(area(Polygon{{ring(0, 0, 1, 1), ring(-1, -1, 3, 3)}}) == 0); // never negative
    CHECK(area(Polygon{}) == 0);
    CHECK(area(Shape{.points = {{1, 1}}, .lines = {{{0, 0}, {1, 1}}}, .polygons = {polygon, {{ring(20, 0, 22, 2)}}}}) ==
          97);
    // A plot of a few metres, thousands of kilometres from the origin.
    const double x = 3'123'456, y = 4'123'456;
    CHECK(area(Polygon{{ring(x, y, x + 0.125, y + 0.25)}}) == 0.03125);
}

TEST_CASE("segments of lines and rings, in order") {
    Shape shape;
    shape.points = {{9, 9}};
    shape.lines = {{{0, 0}, {1, 0}, {1, 1}}, {{7, 7}}, {}};
    shape.polygons = {{{ring(0, 0, 2, 2), ring(0.5, 0.5, 1, 1)}}};
    std::vector<std::pair<Point, Point>> segments;
    for_each_segment(shape, [&](Point a, Point b) { segments.emplace_back(a, b); });
    REQUIRE(segments.size() == 2 + 4 + 4);
    CHECK(segments[0] == std::pair{Point{0, 0}, Point{1, 0}});
    CHECK(segments[1] == std::pair{Point{1, 0}, Point{1, 1}});
    CHECK(segments[2] == std::pair{Point{0, 0}, Point{2, 0}});
    CHECK(segments[9] == std::pair{Point{0.5, 1}, Point{0.5, 0.5}});
}

TEST_CASE("a place lies in the pixel that starts at or before it") {
    CHECK(floor_of(2) == 2);
    CHECK(floor_of(2.9) == 2);
    CHECK(floor_of(-0.1) == -1);
}
