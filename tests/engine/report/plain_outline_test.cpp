// SPDX-License-Identifier: Apache-2.0
#include "engine/report/plain_outline.hpp"

#include "tests/support/ranking.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using rasters::Path;
using rasters::Shape;

static Shape circle(int corners, double radius, double hole = 0) {
    Shape shape;
    shape.polygons.emplace_back();
    for (const double r : {radius, hole}) {
        Path ring;
        for (int i = 0; i <= corners && r > 0; ++i)
            ring.push_back(
                {r * std::cos(2 * M_PI * (i % corners) / corners), r * std::sin(2 * M_PI * (i % corners) / corners)});
        if (!ring.empty())
            shape.polygons[0].rings.push_back(ring);
    }
    return shape;
}

TEST_CASE("plain_outline: no point of the old line is farther than the tolerance from the new one") {
    const Shape shape = circle(10'000, 1000);
    const std::vector<Path> rings = engine::plain_outline(shape, 5, 100'000);
    REQUIRE(rings.size() == 1);
    CHECK(rings[0].size() < 60);
    CHECK(rings[0].front() == rings[0].back());
    for (const auto point : shape.polygons[0].rings[0]) {
        double nearest = 1e9;
        for (std::size_t i = 0; i + 1 < rings[0].size(); ++i)
            for (int k = 0; k <= 100; ++k) {
                const auto a = rings[0][i], b = rings[0][i + 1];
                nearest = std::min(
                    nearest, std::hypot(a.x + (b.x - a.x) * k / 100 - point.x, a.y + (b.y - a.y) * k / 100 - point.y));
            }
        REQUIRE(nearest <= 5 + 2);
    }
}

TEST_CASE("plain_outline: never more corners than asked for, and no site vanishes") {
    Shape many;
    for (int i = 0; i < 50; ++i) {
        Shape one = circle(1000, 100);
        for (auto& point : one.polygons[0].rings[0])
            point.x += 500 * i;
        many.polygons.push_back(one.polygons[0]);
    }
    std::size_t corners = 0;
    const auto rings = engine::plain_outline(many, 0.1, 400);
    for (const Path& ring : rings)
        corners += ring.size();
    CHECK(rings.size() == 50);
    CHECK(corners <= 400);
    CHECK(engine::plain_outline(circle(100, 1), 50, 1000).at(0).size() == 4);
    CHECK(engine::plain_outline(circle(100, 1000, 3), 50, 1000).size() == 1);
    CHECK(engine::plain_outline(circle(100, 1000, 300), 50, 1000).size() == 2);
    CHECK(engine::plain_outline({}, 1, 10).empty());
}

TEST_CASE("plain_outline: a tolerance of 0 keeps every corner that bends") {
    const Shape square = tests::square_shape(0, 0, 10);
    CHECK(engine::plain_outline(square, 0, 100).at(0) == square.polygons[0].rings[0]);
}

TEST_CASE("label_point: within the ground, also where the middle is not") {
    Shape bow; // a U, whose box's middle is open
    bow.polygons.push_back({{{{0, 0}, {90, 0}, {90, 90}, {70, 90}, {70, 20}, {30, 20}, {30, 90}, {0, 90}, {0, 0}}}});
    const auto point = engine::label_point(bow);
    CHECK(point.y == 45);
    CHECK(point.x == 15); // the longer of the two legs
    CHECK(engine::label_point(circle(4, 10, 5)).x != doctest::Approx(0));
    CHECK(std::isnan(engine::label_point({}).x));
}
