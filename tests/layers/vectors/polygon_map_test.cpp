// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/polygon_map.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank;
using layers::PolygonMap;
using rasters::Grid;
using rasters::Shape;
using rasters::Tile;

static Shape box(double x0, double y0, double x1, double y1) {
    return {.polygons = {{{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}}}}};
}

static const Grid grid = rasters::grid_over({0, 0, 4, 4}, 1, "");

TEST_CASE("a hole belongs to nobody, or to what lies in it") {
    Shape ring = box(0, 0, 4, 4);
    ring.polygons[0].rings.push_back(box(1, 1, 3, 3).polygons[0].rings[0]);
    const std::vector<Shape> shapes{ring, box(1, 1, 2, 2)};
    const std::vector<float> values{7, 8};
    const Tile tile = PolygonMap(shapes).at_centres(grid, grid.window(), values);
    CHECK(tile[{0, 0}] == 7);
    CHECK(tile[{1, 2}] == 8);
    CHECK(std::isnan(tile[{2, 1}]));
    CHECK(std::isnan(tile[{2, 2}]));
}

TEST_CASE("points and lines hold nothing; neither does an empty map") {
    const std::vector<Shape> shapes{{.points = {{1.5, 1.5}}, .lines = {{{0, 0}, {4, 4}}}}};
    const std::vector<float> values{7};
    const auto nothing = [](const Tile& tile) {
        return std::ranges::all_of(tile.values(), [](float value) { return std::isnan(value); });
    };
    CHECK(nothing(PolygonMap(shapes).at_centres(grid, grid.window(), values)));
    const PolygonMap none(std::vector<Shape>{});
    CHECK(nothing(none.at_centres(grid, grid.window(), {})));
    const Tile cover = none.cover(grid, grid.window());
    CHECK(std::ranges::count(cover.values(), 0.0F) == 16);
}

TEST_CASE("windows outside the grid, and shapes far beyond the window") {
    const std::vector<Shape> shapes{box(-1e7, -1e7, 1e7, 1e7), box(-3, 5, -1, 6)};
    const std::vector<float> values{1, 2};
    const PolygonMap map(shapes);
    const Tile tile = map.at_centres(grid, {-4, -3, 5, 5}, values);
    CHECK(tile[{-4, -3}] == 1);
    CHECK(tile[{-3, -2}] == 2);
    CHECK(tile[{-1, -2}] == 1);
    CHECK(PolygonMap(std::span(shapes).first(1)).cover(grid, {-4, -3, 5, 5})[{0, 0}] == 1);
}

TEST_CASE("cover is a share") {
    const std::vector<Shape> shapes{box(0, 0, 0.5, 4), box(0.5, 0, 0.75, 0.5), box(3, 3, 4, 4)};
    const Tile tile = PolygonMap(shapes).cover(grid, grid.window());
    CHECK(tile[{0, 0}] == 0.5F);
    CHECK(tile[{0, 3}] == 0.625F);
    CHECK(tile[{1, 3}] == 0);
    CHECK(tile[{3, 0}] == 1);
}
