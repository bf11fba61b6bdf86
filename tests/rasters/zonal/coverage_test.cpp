// SPDX-License-Identifier: Apache-2.0
#include "rasters/zonal/coverage.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/geos.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numeric>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

static constexpr double unit = 1.0 / full_coverage;

static Grid grid_of(int cols, int rows) {
    return {"", 1, 0, -rows, cols, rows, {}};
}

// 30 m cells at coordinates of millions of metres.
static Grid district() {
    return {"", 30, 10'000, -120'000, 40, 30, {}};
}

static std::vector<double> fractions(const Shape& shape, const Grid& grid, Window window) {
    const Raster<std::int32_t> cells = coverage(shape, grid, window);
    std::vector<double> result;
    for (const std::int32_t cell : cells.values())
        result.push_back(cell * unit);
    return result;
}

static Shape polygon(std::vector<Path> rings) {
    return {{}, {}, {{std::move(rings)}}};
}

static bool equal(const Raster<std::int32_t>& a, const Raster<std::int32_t>& b) {
    return a.window() == b.window() && std::equal(a.values().begin(), a.values().end(), b.values().begin());
}

static double total(const Raster<std::int32_t>& cells) {
    return std::accumulate(cells.values().begin(), cells.values().end(), 0.0) * unit;
}

// The largest difference to GEOS's intersection areas, in cells.
static double worst(const Shape& shape, const Grid& grid, Window window) {
    const Geos geos(shape);
    REQUIRE(geos.valid());
    const Raster<std::int32_t> cells = coverage(shape, grid, window);
    double result = 0;
    for (int row = window.row; row < window.row + window.rows; ++row)
        for (int col = window.col; col < window.col + window.cols; ++col) {
            const double expected = geos.common_area(grid.box({col, row, 1, 1})) / (grid.cell * grid.cell);
            result = std::max(result, std::abs(cells[{col, row}] * unit - expected));
        }
    return result;
}

// exactextract, test/test_raster_cell_intersection.cpp, "Basic rectangle" and
// "Basic non-rectangle" (Baston, ISciences LLC).
TEST_CASE("the published 3 x 3 cases of exactextract") {
    const Grid grid = grid_of(3, 3);
    CHECK(fractions(polygon({{{0.5, 0.5}, {2.5, 0.5}, {2.5, 2.5}, {0.5, 2.5}, {0.5, 0.5}}}), grid, grid.window()) ==
          std::vector<double>{0.25, 0.5, 0.25, //
                              0.5, 1, 0.5,     //
                              0.25, 0.5, 0.25});
    CHECK(fractions(polygon({{{0.5, 0.5}, {2.5, 0.5}, {2.5, 2.0}, {2.0, 2.0}, {2.0, 2.5}, {0.5, 2.5}, {0.5, 0.5}}}),
                    grid, grid.window()) == std::vector<double>{0.25, 0.5, 0, //
                                                                0.5, 1, 0.5,  //
                                                                0.25, 0.5, 0.25});
}

TEST_CASE("triangles, a hole and a site smaller than a cell, by hand") {
    const Grid grid = grid_of(3, 2);
    CHECK(fractions(polygon({{{0, 0}, {2, 0}, {0, 2}, {0, 0}}}), grid, grid.window()) ==
          std::vector<double>{0.5, 0, 0, 1, 0.5, 0});
    CHECK(fractions(polygon({{{0, 0}, {3, 0}, {3, 2}, {0, 2}, {0, 0}},
                             {{0.5, 0.5}, {2.5, 0.5}, {2.5, 1.5}, {0.5, 1.5}, {0.5, 0.5}}}),
                    grid, grid.window()) == std::vector<double>{0.75, 0.5, 0.75, 0.75, 0.5, 0.75});
    CHECK(fractions(square({1.25, 0.25, 1.5, 0.75}), grid, grid.window()) == std::vector<double>{0, 0, 0, 0, 0.125, 0});
}

TEST_CASE("a polygon far larger than the window fills it, and its hole empties it") {
    const Grid grid = district();
    Shape sea = square({-2e7, -2e7, 2e7, 2e7});
    CHECK(total(coverage(sea, grid, grid.window())) == 1200);
    CHECK(total(coverage(sea, grid, {-1000, 5000, 7, 7})) == 49);
    sea.polygons[0].rings.push_back(square(grid.box().grown(3000)).polygons[0].rings[0]);
    CHECK(total(coverage(sea, grid, grid.window())) == 0);
    CHECK(total(coverage(sea, grid, {40 + 98, 3, 4, 1})) == 2);
}

TEST_CASE("what covers nothing: points, lines, polygons elsewhere, rings without area") {
    const Grid grid = grid_of(4, 4);
    const Shape shapes[] = {{},
                            {{{1, 1}}, {{{0, 0}, {4, 4}}}, {}},
                            square({-9, 0, -5, 4}),
                            square({5, 0, 9, 4}),
                            square({0, 5, 4, 9}),
                            square({0, -9, 4, -5}),
                            square({1, 1, 1, 3}),
                            polygon({{{0.3, 0.1}, {2.9, 3.7}, {0.3, 0.1}}}),
                            polygon({{}}),
                            polygon({{{1, 1}}})};
    for (const Shape& shape : shapes)
        CHECK(total(coverage(shape, grid, grid.window())) == 0);
    CHECK(coverage(square({0, 0, 4, 4}), grid, {}).values().empty());
}

TEST_CASE("corners beyond what can be counted are refused") {
    const Grid grid = grid_of(4, 4);
    for (const double x : {1e12, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS(coverage(polygon({{{0, 0}, {4, 0}, {x, 4}, {0, 4}, {0, 0}}}), grid, grid.window()), Error);
}

// A random shape of one of the sorts that break coverage: every sort comes up
// in ten.
static Shape awkward(Random& random, const Grid& grid, int sort) {
    const Box box = grid.box();
    const Point at = random.in(box);
    const auto on_line = [&](Point p) { // the nearest corner of a cell
        const Window w = grid.cover({p.x, p.y, p.x, p.y});
        return Point{grid.edge_x(w.col), grid.edge_y(w.row)};
    };
    switch (sort) {
    case 0: // smaller than a cell
        return {{}, {}, {lake(random, at, random.in(0.5, 14))}};
    case 1: // a sliver
        return polygon(
            {{at, {at.x + random.in(-600, 600), at.y + random.in(-600, 600)}, {at.x + 0.01, at.y + 0.02}, at}});
    case 2: { // corners on cell corners and lines
        Path ring = star(random, at, 60, 300, 9);
        for (std::size_t i = 0; i + 1 < ring.size(); ++i)
            if (i % 3 != 0)
                ring[i] = on_line(ring[i]);
            else
                ring[i].x = on_line(ring[i]).x;
        ring.back() = ring.front();
        return polygon({ring});
    }
    case 3: { // several parts, some with holes, reaching outside window and grid
        Shape shape;
        for (int i = 0; i < 4; ++i)
            shape.polygons.push_back(lake(random, {box.xmin + 400.0 * i, at.y}, random.in(20, 199)));
        return shape;
    }
    case 4: // much larger than the window
        return {{}, {}, {lake(random, at, random.in(2000, 90'000))}};
    case 5: // along the cell lines
        return square({on_line(at).x, on_line(at).y, on_line(at).x + 30.0 * random.below(9) + 30, on_line(at).y + 60});
    case 6: // many corners in a cell
        return polygon({star(random, at, 20, 30, 400)});
    default:
        return {{}, {}, {lake(random, at, random.in(30, 500))}};
    }
}

TEST_CASE("coverage is GEOS's intersection area within 1e-6 of a cell for 1,000 random polygons") {
    const Grid grid = district();
    Random random(41);
    double largest = 0;
    int skipped = 0, seen = 0;
    for (int i = 0; i < 1000; ++i) {
        Shape shape = awkward(random, grid, i % 10);
        for (; !Geos(shape).valid(); ++skipped) // moving corners to cell lines may make edges cross
            shape = awkward(random, grid, i % 10);
        const Path& ring = shape.polygons.front().rings.front();
        const Point corner = ring[static_cast<std::size_t>(random.below(static_cast<int>(ring.size())))];
        const Window at = grid.cover({corner.x, corner.y, corner.x, corner.y});
        const Window window{at.col - random.below(9), at.row - random.below(9), 9 + random.below(12),
                            9 + random.below(12)};
        largest = std::max(largest, worst(shape, grid, window));
        seen += total(coverage(shape, grid, window)) > 0;
    }
    MESSAGE("largest difference to GEOS: ", largest, " of a cell; ", seen, " windows with some coverage");
    CHECK(largest < 1e-6);
    CHECK(largest < 1.2 * unit);
    CHECK(skipped < 100);
    CHECK(seen > 900);
}

TEST_CASE("fractions add up to the polygon's area and lie between nothing and all") {
    const Grid grid = district();
    Random random(42);
    for (int i = 0; i < 300; ++i) {
        const Shape shape = awkward(random, grid, i % 10 == 4 ? 3 : i % 10);
        const Window window = grid.cover(bounds(shape));
        const Raster<std::int32_t> cells = coverage(shape, grid, window);
        for (const std::int32_t cell : cells.values())
            REQUIRE((cell >= 0 && cell <= full_coverage));
        if (Geos(shape).valid())
            CHECK(std::abs(total(cells) - Geos(shape).area() / 900) < 1e-7 * static_cast<double>(window.size()));
    }
}

TEST_CASE("a cell has the same number in whatever window and grid it is asked for") {
    const Grid grid = district();
    Grid shifted = grid;
    shifted.west -= 1003;
    shifted.north += 77;
    Random random(43);
    for (int i = 0; i < 60; ++i) {
        const Shape shape = awkward(random, grid, i % 10);
        const Window whole{-3, -5, 47, 41};
        const Raster<std::int32_t> expected = coverage(shape, grid, whole);
        for (const int side : {1, 3, 16}) {
            Raster<std::int32_t> parts(whole);
            for (const Window& w : tiles(whole, side)) {
                const Raster<std::int32_t> part = coverage(shape, grid, w);
                for (int row = w.row; row < w.row + w.rows; ++row)
                    std::copy(part.row(row).begin(), part.row(row).end(), &parts[{w.col, row}]);
            }
            CHECK(equal(parts, expected));
        }
        const Raster<std::int32_t> moved = coverage(shape, shifted, {-3 + 1003, -5 - 77, 47, 41});
        CHECK(std::equal(moved.values().begin(), moved.values().end(), expected.values().begin()));
    }
}

TEST_CASE("ring direction, starting corner and order do not matter") {
    Random random(44);
    const Grid grid = district();
    for (int i = 0; i < 100; ++i) {
        Shape shape{{}, {}, {lake(random, random.in(grid.box()), 300)}};
        const Raster<std::int32_t> expected = coverage(shape, grid, grid.window());
        for (Path& ring : shape.polygons[0].rings) {
            if (random.below(2) == 1)
                std::reverse(ring.begin(), ring.end());
            ring.pop_back();
            std::rotate(ring.begin(), ring.begin() + random.below(static_cast<int>(ring.size())), ring.end());
            ring.push_back(ring.front());
        }
        CHECK(equal(coverage(shape, grid, grid.window()), expected));
    }
}

TEST_CASE("two polygons that part the ground between them fill each cell exactly") {
    Random random(45);
    const Grid grid = district();
    const Box box = grid.box().grown(500);
    for (int i = 0; i < 100; ++i) {
        Path border{{box.xmin, random.in(box.ymin, box.ymax)}};
        while (border.back().x < box.xmax)
            border.push_back({border.back().x + random.in(1, 90), random.in(box.ymin, box.ymax)});
        Path north = border, south = border;
        for (const double x : {border.back().x, box.xmin}) {
            north.push_back({x, box.ymax});
            south.push_back({x, box.ymin});
        }
        north.push_back(north.front());
        south.push_back(south.front());
        if (i % 2 == 0)
            std::reverse(south.begin(), south.end());
        const Raster<std::int32_t> a = coverage(polygon({north}), grid, grid.window());
        const Raster<std::int32_t> b = coverage(polygon({south}), grid, grid.window());
        for (std::size_t k = 0; k < a.values().size(); ++k)
            REQUIRE(a.values()[k] + b.values()[k] == full_coverage);
    }
}
