// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/geos.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <utility>
#include <vector>

using namespace zonerank;
using layers::buffered;
using layers::mend;
using layers::united;
using rasters::Path;
using rasters::Shape;

static Shape square(double x, double y, double side) {
    return {.polygons = {{{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}}}}};
}

TEST_CASE("valid polygons are left as they are") {
    Shape shape = square(0, 0, 10);
    shape.polygons[0].rings.push_back({{4, 4}, {6, 4}, {6, 6}, {4, 6}, {4, 4}});
    const Path before = shape.polygons[0].rings[1];
    CHECK_FALSE(mend(shape));
    CHECK(shape.polygons[0].rings[1] == before);
    CHECK(rasters::area(shape) == 96);
}

TEST_CASE("a shape without polygons has nothing to mend") {
    Shape shape{.points = {{1, 2}}, .lines = {{{0, 0}, {1, 1}, {0, 1}, {1, 0}}}};
    CHECK_FALSE(mend(shape));
    CHECK(shape.points.size() == 1);
    CHECK(shape.lines.size() == 1);
}

TEST_CASE("a bowtie becomes its two triangles") {
    Shape shape{.polygons = {{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}, {0, 0}}}}}};
    CHECK(mend(shape));
    CHECK(shape.polygons.size() == 2);
    CHECK(rasters::area(shape) == doctest::Approx(50));
}

TEST_CASE("overlapping parts of a multipolygon become one ground, not two") {
    Shape shape = square(0, 0, 10);
    shape.polygons.push_back(square(5, 0, 10).polygons[0]);
    CHECK(mend(shape));
    CHECK(shape.polygons.size() == 1);
    CHECK(rasters::area(shape) == doctest::Approx(150));
}

TEST_CASE("a ring that touches itself keeps its area") {
    Shape shape{.polygons = {{{{{0, 0}, {10, 0}, {10, 10}, {5, 0}, {0, 10}, {0, 0}}}}}};
    CHECK(mend(shape));
    CHECK(rasters::area(shape) == doctest::Approx(50));
}

TEST_CASE("what collapses stays where it was, as a line or a point") {
    Shape thin{.polygons = {{{{{0, 0}, {10, 0}, {0, 0}}}}}};
    CHECK(mend(thin));
    CHECK(thin.polygons.empty());
    REQUIRE(thin.lines.size() == 1);
    CHECK(rasters::bounds(thin) == rasters::Box{0, 0, 10, 0});

    Shape dot{.polygons = {{{{{3, 4}, {3, 4}}}}}};
    CHECK(mend(dot));
    CHECK(rasters::bounds(dot) == rasters::Box{3, 4, 3, 4});
}

TEST_CASE("an open ring is closed") {
    Shape shape{.polygons = {{{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}}}}};
    CHECK_FALSE(layers::buffered(shape, 1).empty());
    CHECK(rasters::area(united({shape})) == doctest::Approx(100));
}

TEST_CASE("a buffer's area follows Steiner's formula") {
    // 64 chords of a unit circle enclose 32 sin(2 pi / 64).
    const double disc = 32 * std::sin(2 * std::numbers::pi / 64);
    CHECK(rasters::area(buffered({.points = {{100, 100}}}, 2)) == doctest::Approx(4 * disc));
    CHECK(rasters::area(buffered({.lines = {{{0, 0}, {30, 0}}}}, 2)) == doctest::Approx(120 + 4 * disc));
    CHECK(rasters::area(buffered(square(0, 0, 10), 3)) == doctest::Approx(100 + 4 * 10 * 3 + 9 * disc));
}

TEST_CASE("an inward buffer shrinks polygons and drops the rest") {
    Shape shape = square(0, 0, 10);
    CHECK(rasters::area(buffered(shape, -2)) == doctest::Approx(36));
    CHECK(buffered(shape, -6).empty());
    CHECK(buffered({.points = {{0, 0}}, .lines = {{{0, 0}, {5, 5}}}}, -1).empty());
    CHECK(rasters::area(buffered(shape, 0)) == 100);
}

// Squares at random places: in groups by touching boxes, and in one piece through a square round all of them.
TEST_CASE("a union of many is that of all at once, whatever lies near what") {
    std::mt19937 random(5);
    std::uniform_real_distribution<double> place(0, 1000), side(1, 40);
    std::vector<Shape> shapes;
    std::vector<rasters::Box> boxes;
    for (int i = 0; i < 400; ++i) {
        const double x = place(random), y = place(random), length = side(random);
        shapes.push_back(square(x, y, length));
        boxes.push_back({x, y, x + length, y + length});
    }
    const Shape all = united(shapes);
    // What each row of a comb of lines has in common with the squares, by sorting their ends.
    double expected = 0;
    std::vector<double> rows;
    for (const rasters::Box& box : boxes)
        rows.insert(rows.end(), {box.ymin, box.ymax});
    std::ranges::sort(rows);
    for (std::size_t r = 0; r + 1 < rows.size(); ++r) {
        std::vector<std::pair<double, double>> spans;
        for (const rasters::Box& box : boxes)
            if (box.ymin <= rows[r] && rows[r + 1] <= box.ymax)
                spans.emplace_back(box.xmin, box.xmax);
        std::ranges::sort(spans);
        double reached = -1, covered = 0;
        for (const auto& [from, to] : spans) {
            covered += std::max(0.0, to - std::max(from, reached));
            reached = std::max(reached, to);
        }
        expected += covered * (rows[r + 1] - rows[r]);
    }
    CHECK(rasters::area(all) == doctest::Approx(expected).epsilon(1e-12));
    CHECK(all.polygons.size() > 100);
    Shape again = all;
    CHECK_FALSE(mend(again)); // no two overlap
}

TEST_CASE("a union counts shared ground once and drops points and lines") {
    Shape extra = square(5, 5, 10);
    extra.points.push_back({50, 50});
    const Shape all = united({square(0, 0, 10), extra, square(100, 0, 1)});
    CHECK(rasters::area(all) == doctest::Approx(100 + 100 - 25 + 1));
    CHECK(all.polygons.size() == 2);
    CHECK(all.points.empty());
    CHECK(united({}).empty());
}

TEST_CASE("what GEOS can't do is an Error") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    Shape shape{.polygons = {{{{{0, 0}, {nan, 1}, {1, 1}, {0, 0}}}}}};
    try {
        mend(shape); // mended or refused, never a crash
    } catch (const Error& error) {
        CHECK(std::string(error.what()).starts_with("geometry: "));
    }
}

TEST_CASE("common ground is what both cover, with holes, touching edges and points") {
    Shape ground = square(0, 0, 10);
    ground.polygons[0].rings.push_back({{4, 4}, {6, 4}, {6, 6}, {4, 6}, {4, 4}});
    const layers::CommonGround common(ground);
    CHECK(common.area_with(square(1, 1, 2)) == 4);
    CHECK(common.area_with(square(8, 8, 5)) == doctest::Approx(4));
    CHECK(common.area_with(square(3, 3, 4)) == doctest::Approx(12));
    CHECK(common.area_with(square(10, 0, 5)) == 0);
    CHECK(common.area_with(square(20, 20, 5)) == 0);
    CHECK(common.area_with({.points = {{5, 1}}}) == 0);
    CHECK(layers::CommonGround(Shape{}).area_with(square(0, 0, 1)) == 0);
}
