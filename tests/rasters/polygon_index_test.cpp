// SPDX-License-Identifier: Apache-2.0
#include "rasters/polygon_index.hpp"

#include "rasters/core/raster.hpp"

#include "tests/support/geos.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace zonerank::rasters;
using namespace zonerank::tests;

// Rows of the window, '#' inside.
static std::string drawn(const std::vector<Run>& runs, const Window& w) {
    std::string picture;
    for (int row = w.row; row < w.row + w.rows; ++row) {
        std::string line(static_cast<std::size_t>(w.cols), '.');
        for (const Run& run : runs)
            if (run.row == row)
                line.replace(static_cast<std::size_t>(run.col - w.col), static_cast<std::size_t>(run.cols),
                             static_cast<std::size_t>(run.cols), '#');
        picture += line + "\n";
    }
    return picture;
}

static Grid grid_of(int cols, int rows) {
    return {"", 1, 0, -rows, cols, rows, {}};
}

TEST_CASE("a polygon with a hole, drawn") {
    Shape shape = square({1, 1, 7, 5});
    shape.polygons[0].rings.push_back(square({3, 2, 5, 4}).polygons[0].rings[0]);
    const Grid grid = grid_of(8, 6);
    CHECK(drawn(PolygonIndex(shape).inside(grid, grid.window()), grid.window()) == "........\n"
                                                                                   ".######.\n"
                                                                                   ".##..##.\n"
                                                                                   ".##..##.\n"
                                                                                   ".######.\n"
                                                                                   "........\n");
}

TEST_CASE("overlapping and touching polygons are one inside") {
    const std::vector<Shape> shapes{square({0, 1, 4, 3}), square({2, 2, 6, 4}), square({4, 1, 6, 2})};
    const Grid grid = grid_of(7, 4);
    const PolygonIndex index(addresses(shapes));
    CHECK(drawn(index.inside(grid, grid.window()), grid.window()) == "..####.\n"
                                                                     "######.\n"
                                                                     "######.\n"
                                                                     ".......\n");
    CHECK(index.inside(grid, {0, 1, 7, 1}) == std::vector<Run>{{1, 0, 6}});
    CHECK(index.contains({3, 2.5}));
    CHECK(index.contains({5, 1.5}));
    CHECK_FALSE(index.contains({6.5, 2.5}));
}

TEST_CASE("a window deep inside a huge polygon is inside, one deep in its hole is not") {
    Shape shape = square({-1e6, -1e6, 1e6, 1e6});
    shape.polygons[0].rings.push_back(square({-1e5, -1e5, 1e5, 1e5}).polygons[0].rings[0]);
    const PolygonIndex index(shape);
    const Grid grid = grid_of(10, 10);
    CHECK(index.inside(grid, {500'000, 0, 3, 2}) == std::vector<Run>{{0, 500'000, 3}, {1, 500'000, 3}});
    CHECK(index.inside(grid, {0, 0, 10, 10}).empty());
    CHECK(index.inside(grid, {99'998, 0, 4, 1}) == std::vector<Run>{{0, 100'000, 2}});
    CHECK(index.inside(grid, {-2'000'000, 0, 4, 4}).empty());
}

TEST_CASE("inside agrees with GEOS for 400 lakes, in whatever window it is asked") {
    Random random(31);
    const Grid grid{"", 30, 100'000, -130'000, 257, 200, {}};
    std::vector<Shape> shapes(400);
    for (Shape& shape : shapes)
        shape.polygons.push_back(lake(random, random.in(grid.box().grown(500)), random.in(50, 900)));
    const PolygonIndex index(addresses(shapes));
    const std::vector<Geos> geos(shapes.begin(), shapes.end());
    const auto in_a_lake = [&](Point p) {
        for (std::size_t i = 0; i < geos.size(); ++i)
            if (bounds(shapes[i]).contains(p) && geos[i].distance(p) == 0)
                return true;
        return false;
    };
    const std::string whole = drawn(index.inside(grid, grid.window()), grid.window());
    for (int i = 0; i < 4000; ++i) {
        const Cell c{random.below(grid.cols), random.below(grid.rows)};
        const bool inside = whole[static_cast<std::size_t>(c.row) * (257 + 1) + static_cast<std::size_t>(c.col)] == '#';
        CAPTURE(c.col);
        CAPTURE(c.row);
        CHECK(inside == in_a_lake(grid.centre(c)));
        CHECK(inside == index.contains(grid.centre(c)));
    }
    for (const int side : {1, 3, 64}) {
        Raster<char> again(grid.window(), '.');
        for (const Window& w : tiles(grid.window(), side))
            for (const Run& run : index.inside(grid, w))
                std::fill_n(&again[{run.col, run.row}], run.cols, '#');
        std::string picture;
        for (int row = 0; row < grid.rows; ++row)
            picture += std::string(again.row(row).begin(), again.row(row).end()) + "\n";
        CHECK(picture == whole);
    }
}

TEST_CASE("no polygons, no inside") {
    const Shape line{{{1, 1}}, {{{0, 0}, {5, 5}}}, {}};
    const PolygonIndex index(line);
    CHECK(index.empty());
    CHECK_FALSE(index.contains({1, 1}));
    CHECK(index.inside(grid_of(4, 4), {0, 0, 4, 4}).empty());
}
