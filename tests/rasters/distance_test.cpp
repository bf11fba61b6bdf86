// SPDX-License-Identifier: Apache-2.0
#include "rasters/distance.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/simd.hpp"
#include "rasters/segment_index.hpp"
#include "tests/support/bits.hpp"
#include "tests/support/distances.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;
using namespace zonerank::tests::distances;

TEST_CASE("distances to a point, a line and a polygon that can be read off the grid") {
    const Grid grid = grid_of(5, 3);
    const std::vector<Shape> point{{{{0.5, 1.5}}, {}, {}}};
    const float diagonal = std::sqrt(2.0F), knight = std::sqrt(5.0F), ten = std::sqrt(10.0F), slope = std::sqrt(17.0F);
    CHECK(same_bits(
        DistanceIndex(point).to_centres(grid, grid.window()).values(),
        numbers(grid, {1, diagonal, knight, ten, slope, 0, 1, 2, 3, 4, 1, diagonal, knight, ten, slope}).values()));
    const std::vector<Shape> line{{{}, {{{-8, 0.5}, {8, 0.5}}}, {}}};
    CHECK(same_bits(DistanceIndex(line).to_centres(grid, grid.window()).values(),
                    numbers(grid, {2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0}).values()));
    const std::vector<Shape> box{square({2, 0, 4, 3})};
    CHECK(same_bits(DistanceIndex(box).to_centres(grid, grid.window()).values(),
                    numbers(grid, {1.5, 0.5, 0, 0, 0.5, 1.5, 0.5, 0, 0, 0.5, 1.5, 0.5, 0, 0, 0.5}).values()));
    CHECK(same_bits(DistanceIndex(box).to_cells(grid, grid.window()).values(),
                    numbers(grid, {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0}).values()));
    CHECK(
        same_bits(DistanceIndex(point).to_cells(grid, grid.window()).values(),
                  numbers(grid, {0.5, std::sqrt(0.5F), std::sqrt(2.5F), std::sqrt(6.5F), std::sqrt(12.5F), 0, 0.5, 1.5,
                                 2.5, 3.5, 0.5, std::sqrt(0.5F), std::sqrt(2.5F), std::sqrt(6.5F), std::sqrt(12.5F)})
                      .values()));
}

TEST_CASE("no shapes, or shapes without points, are no distance") {
    const Grid grid = grid_of(9, 2);
    for (const auto& shapes : {std::vector<Shape>{}, std::vector<Shape>{Shape{}, Shape{{}, {{}}, {}}}}) {
        const DistanceIndex index(shapes);
        CHECK(index.empty());
        CHECK(all(index.to_centres(grid, grid.window()), [](float d) { return std::isnan(d); }));
        CHECK(all(index.to_cells(grid, grid.window()), [](float d) { return std::isnan(d); }));
        CHECK(std::isnan(index.to(Point{1, 1})));
        CHECK(std::isnan(index.to(square({0, 0, 1, 1}))));
    }
    const std::vector<Shape> some{{{{1, 1}}, {}, {}}};
    CHECK(std::isnan(DistanceIndex(some).to(Shape{})));
    CHECK(DistanceIndex(some).to_centres(grid, {}).values().empty());
}

TEST_CASE("coordinates that are not finite are refused") {
    for (const double x : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        const std::vector<Shape> point{{{{x, 0}}, {}, {}}}, line{{{}, {{{0, 0}, {1, x}}}, {}}};
        CHECK_THROWS_AS(DistanceIndex{point}, Error);
        CHECK_THROWS_AS(DistanceIndex{line}, Error);
    }
}

TEST_CASE("distances are GEOS's at 10,000 random cells each, for points, lines, polygons and all of them") {
    const Grid grid = district();
    for (const Kind& kind :
         {Kind{"points", {points()}}, Kind{"lines", {lines()}}, Kind{"polygons", {polygons()}}, mixed()}) {
        const DistanceIndex index(kind.shapes());
        Random random(8);
        int inside = 0;
        double farthest = 0;
        for (int i = 0; i < 100; ++i) {
            const Window w{random.below(grid.cols), random.below(grid.rows), 1 + random.below(90),
                           1 + random.below(90)};
            const Tile tile = index.to_centres(grid, w);
            for (int k = 0; k < 100; ++k) {
                const Cell c{w.col + random.below(w.cols), w.row + random.below(w.rows)};
                const double expected = kind.by_geos(grid.centre(c));
                CAPTURE(kind.name);
                CAPTURE(expected);
                CAPTURE(tile[c]);
                CHECK(precise(static_cast<double>(tile[c]), expected));
                CHECK(tile[c] == static_cast<float>(index.to(grid.centre(c))));
                CHECK((tile[c] == 0) == (expected == 0));
                inside += expected == 0;
                farthest = std::max(farthest, expected);
            }
        }
        CHECK((inside > 200) == !kind.parts.back().back().polygons.empty());
        CHECK(farthest > 3000);
    }
}

TEST_CASE("a cell has the same bits in windows of 1, 3, 64 and 257 cells and in the whole") {
    const Grid grid = district();
    const DistanceIndex index(mixed().shapes());
    const Window whole{-40, 1200, 300, 290};
    const Tile centres = index.to_centres(grid, whole), cells = index.to_cells(grid, whole);
    for (const int side : {1, 3, 64, 257}) {
        CAPTURE(side);
        const Window part = side == 1 ? Window{-40, 1300, 300, 20} : whole;
        for (const Window& w : tiles(part, side)) {
            const Tile a = index.to_centres(grid, w), b = index.to_cells(grid, w);
            for (int row = w.row; row < w.row + w.rows; ++row) {
                const auto from = static_cast<std::size_t>(w.col - whole.col), n = static_cast<std::size_t>(w.cols);
                REQUIRE(same_bits(a.row(row), centres.row(row).subspan(from, n)));
                REQUIRE(same_bits(b.row(row), cells.row(row).subspan(from, n)));
            }
        }
    }
}

TEST_CASE("every set of instructions gives the same bits") {
    const Grid grid = district();
    for (const Kind& kind : {Kind{"points", {points()}}, Kind{"lines", {lines()}}, mixed()}) {
        const DistanceIndex index(kind.shapes());
        const Window window{700, 900, 300, 203};
        limit_simd(Simd::baseline);
        const Tile centres = index.to_centres(grid, window), cells = index.to_cells(grid, window, 5000);
        for (const Simd level : {Simd::avx2, Simd::avx512}) {
            limit_simd(level);
            CHECK(same_bits(index.to_centres(grid, window).values(), centres.values()));
            CHECK(same_bits(index.to_cells(grid, window, 5000).values(), cells.values()));
        }
        limit_simd(best_simd());
    }
}

// Each cell against a plain loop over all edges, by the formula of the library.
TEST_CASE("every cell of a map has the distance that a search through all edges finds") {
    const Grid grid = district();
    std::vector<Shape> shapes = points();
    for (const Shape& shape : lines())
        shapes.push_back(shape);
    const std::vector<Segment> edges = segments_of(addresses(shapes));
    const DistanceIndex index(shapes);
    for (const Window& window : {Window{1500, 1700, 130, 100}, Window{2900, 60, 67, 131}, Window{-900, 4000, 70, 9}}) {
        const Tile tile = index.to_centres(grid, window);
        for (int row = window.row; row < window.row + window.rows; ++row)
            for (int col = window.col; col < window.col + window.cols; ++col) {
                double least = std::numeric_limits<double>::infinity();
                for (const Segment& edge : edges)
                    least = std::min(least, squared_distance(edge, grid.centre({col, row})));
                REQUIRE(tile[{col, row}] == static_cast<float>(std::sqrt(least)));
            }
    }
}

TEST_CASE("what is beyond a limit counts as the limit, what is nearer is as without one") {
    const Grid grid = district();
    const DistanceIndex index(mixed().shapes());
    for (const double limit : {1.0, 40.0, 333.3, 2000.0, 1e5, 1e9})
        for (const Window& window :
             {Window{300, 400, 200, 150}, Window{1999, 1001, 1, 1}, Window{-5000, 10, 70, 140}}) {
            const Tile centres = index.to_centres(grid, window), cells = index.to_cells(grid, window);
            const Tile near = index.to_centres(grid, window, limit), nearer = index.to_cells(grid, window, limit);
            const auto most = static_cast<float>(limit);
            for (std::size_t i = 0; i < centres.values().size(); ++i) {
                REQUIRE(near.values()[i] == std::min(centres.values()[i], most));
                REQUIRE(nearer.values()[i] == std::min(cells.values()[i], most));
            }
        }
    const DistanceIndex nothing(std::vector<Shape>{});
    CHECK(all(nothing.to_centres(grid, {0, 0, 3, 3}, 10), [](float d) { return std::isnan(d); }));
}

TEST_CASE("a window is said to be within a distance or beyond it only when all of it is") {
    const Grid grid = district();
    const DistanceIndex index(mixed().shapes());
    Random random(14);
    int sides[3] = {};
    for (int i = 0; i < 3000; ++i) {
        const int side = 1 + random.below(i % 2 == 0 ? 200 : 4);
        const Window window{random.below(grid.cols), random.below(grid.rows), side, 1 + random.below(side)};
        const double metres = i % 3 == 0 ? 0 : random.in(0, 9000);
        const Side found = index.within(grid, window, metres);
        ++sides[static_cast<int>(found)];
        if (found == Side::mixed)
            continue;
        for (int k = 0; k < 20; ++k)
            REQUIRE((index.to(random.in(grid.box(window))) <= metres) == (found == Side::inside));
        const Tile tile = i % 2 == 0 ? index.to_centres(grid, window) : index.to_cells(grid, window);
        for (const float d : tile.values())
            REQUIRE((d <= static_cast<float>(metres)) == (found == Side::inside));
    }
    for (const int count : sides)
        CHECK(count > 300);
}

TEST_CASE("sides of a window by hand") {
    Shape land = square({0, 0, 100, 100});
    land.polygons[0].rings.push_back(square({40, 40, 60, 60}).polygons[0].rings[0]);
    const DistanceIndex index({&land, 1});
    const Grid grid = grid_of(100, 100);
    CHECK(index.within(grid, {10, 10, 15, 15}, 0) == Side::inside);
    CHECK(index.within(grid, {48, 48, 4, 4}, 0) == Side::outside);
    CHECK(index.within(grid, {48, 48, 4, 4}, 20) == Side::inside);
    CHECK(index.within(grid, {30, 30, 20, 20}, 0) == Side::mixed);
    CHECK(index.within(grid, {110, 50, 4, 4}, 0) == Side::outside);
    CHECK(index.within(grid, {110, 50, 4, 4}, 5) == Side::outside);
    CHECK(index.within(grid, {110, 50, 4, 4}, 12) == Side::mixed);
    CHECK(index.within(grid, {110, 50, 4, 4}, 20) == Side::inside);
    CHECK(index.within(grid, {}, 20) == Side::mixed);
    CHECK(DistanceIndex(std::vector<Shape>{}).within(grid, grid.window(), 20) == Side::mixed);
}

TEST_CASE("a cell has the same bits in a grid that begins elsewhere") {
    const Grid grid = district();
    Grid shifted = grid;
    shifted.west += 1001;
    shifted.north += 17;
    const DistanceIndex index(mixed().shapes());
    const Tile a = index.to_centres(grid, {1001, 17, 100, 80}), b = index.to_centres(shifted, {0, 0, 100, 80});
    CHECK(same_bits(a.values(), b.values()));
}

TEST_CASE("the order of the shapes does not matter") {
    std::vector<Shape> shapes = mixed().shapes();
    const Grid grid = district();
    const Tile a = DistanceIndex(shapes).to_centres(grid, {500, 500, 150, 150});
    std::reverse(shapes.begin(), shapes.end());
    CHECK(same_bits(a.values(), DistanceIndex(shapes).to_centres(grid, {500, 500, 150, 150}).values()));
}
