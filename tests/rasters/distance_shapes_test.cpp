// SPDX-License-Identifier: Apache-2.0
#include "rasters/distance.hpp"

#include "rasters/crs.hpp"
#include "tests/support/bits.hpp"
#include "tests/support/distances.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;
using namespace zonerank::tests::distances;

TEST_CASE("distances from whole cells are GEOS's distances between squares and shapes") {
    const Grid grid = district();
    const Kind kind = mixed();
    const std::vector<Shape> shapes = kind.shapes();
    const DistanceIndex index(shapes);
    Random random(9);
    int touching = 0;
    for (int i = 0; i < 60; ++i) {
        const Point near =
            i % 2 == 0 ? shapes[static_cast<std::size_t>(random.below(150))].points[0] : random.in(grid.box());
        const Window at = grid.cover({near.x, near.y, near.x, near.y});
        const Window w = {at.col - random.below(9), at.row - random.below(9), 10, 10};
        const Tile tile = index.to_cells(grid, w);
        for (int k = 0; k < 10; ++k) {
            const Cell c{w.col + random.below(w.cols), w.row + random.below(w.rows)};
            const double expected = kind.by_geos(square(grid.box({c.col, c.row, 1, 1})));
            CAPTURE(expected);
            CAPTURE(tile[c]);
            CHECK(precise(static_cast<double>(tile[c]), expected));
            touching += expected == 0;
        }
    }
    CHECK(touching > 20);
}

TEST_CASE("a line that only touches a cell's edge or corner touches the cell") {
    const Grid grid = grid_of(3, 3);
    const std::vector<Shape> edge{{{}, {{{1, -5}, {1, 5}}}, {}}}, corner{{{}, {{{0, 3}, {3, 0}}}, {}}};
    CHECK(same_bits(DistanceIndex(edge).to_cells(grid, grid.window()).values(),
                    numbers(grid, {0, 0, 1, 0, 0, 1, 0, 0, 1}).values()));
    const float across = std::sqrt(0.5F);
    CHECK(same_bits(DistanceIndex(corner).to_cells(grid, grid.window()).values(),
                    numbers(grid, {0, 0, across, 0, 0, 0, across, 0, 0}).values()));
}

TEST_CASE("deep inside a polygon all is 0, in its hole the distance is to the hole's rim") {
    Shape sea = square({-1e6, -1e6, 1e6, 1e6});
    sea.polygons[0].rings.push_back(square({-1e5, -1e5, 1e5, 1e5}).polygons[0].rings[0]);
    const DistanceIndex index({&sea, 1});
    const Grid grid = grid_of(100, 100);
    CHECK(all(index.to_centres(grid, {500'000, 0, 70, 70}), [](float d) { return d == 0; }));
    CHECK(all(index.to_cells(grid, {500'000, 0, 9, 9}), [](float d) { return d == 0; }));
    CHECK(index.to_centres(grid, {0, 0, 2, 2})[{1, 1}] == 99'901.5F);
    CHECK(index.to({0, 0}) == 1e5);
    CHECK(index.to({2e5, 0}) == 0);
    CHECK(index.to(square({-10, -10, 10, 10})) == 99'990);
    CHECK(index.to(square({2e5, 0, 2e5 + 1, 1})) == 0);
}

TEST_CASE("where polygons overlap it is inside all the same") {
    const std::vector<Shape> shapes{square({0, 0, 30, 30}), square({10, 10, 40, 40})};
    const DistanceIndex index(shapes);
    const Grid grid = grid_of(60, 60);
    const Tile tile = index.to_centres(grid, grid.window());
    CHECK(tile[{20, 40}] == 0); // in both
    CHECK(tile[{5, 55}] == 0);
    CHECK(tile[{35, 25}] == 0);
    CHECK(tile[{50, 40}] == 10.5F);
    CHECK(index.to(Point{20, 20}) == 0);
}

TEST_CASE("an edge of 100 km is as precise as a short one") {
    const std::vector<Shape> shapes{{{}, {{{3'000'000.25, 4'000'000.5}, {3'086'602.75, 4'050'000.125}}}, {}}};
    const DistanceIndex index(shapes);
    const Geos geos(shapes);
    const Grid grid = district();
    Random random(10);
    for (int i = 0; i < 300; ++i) {
        const Point p = random.in(Box{2'990'000, 3'990'000, 3'100'000, 4'100'000});
        CHECK(std::abs(index.to(p) - geos.distance(p)) < 1e-8);
    }
}

TEST_CASE("an edge of 100 km given in longitude and latitude is measured along its true course") {
    const Transform to_utm(wgs84(), parse_crs("EPSG:32643"));
    const Point from{73.1, 33.0}, to{74.17, 33.02};
    const Shape edge{{}, {{from, to}}, {}};
    const std::vector<Shape> projected{reproject(edge, to_utm, 0.01)};
    Path course; // 20,000 places on it, 5 m apart
    for (int i = 0; i <= 20'000; ++i)
        course.push_back(to_utm({from.x + (to.x - from.x) * i / 20'000, from.y + (to.y - from.y) * i / 20'000}));
    const Geos truth(Shape{{}, {course}, {}});
    const DistanceIndex index(projected);
    const DistanceIndex chord(std::vector<Shape>{{{}, {{course.front(), course.back()}}, {}}});
    const Grid grid = grid_over(bounds(course).grown(30'000), 30, "");
    Random random(13);
    double bend = 0;
    for (int i = 0; i < 1000; ++i) {
        const Cell c{random.below(grid.cols), random.below(grid.rows)};
        const Tile tile = index.to_centres(grid, {c.col, c.row, 1, 1});
        CHECK(std::abs(static_cast<double>(tile[c]) - truth.distance(grid.centre(c))) < 0.012); // and float's rounding
        bend = std::max(bend, std::abs(chord.to(grid.centre(c)) - truth.distance(grid.centre(c))));
    }
    CHECK(bend > 50); // what a straight line in the grid would be off
}

TEST_CASE("from shape to shape: apart, touching, crossing, one inside the other") {
    const std::vector<Shape> box{square({10, 10, 20, 20})};
    const DistanceIndex index(box);
    struct Row {
        const char* what;
        Shape from;
        double expected;
    };
    const Row rows[] = {
        {"apart", square({23, 24, 30, 30}), 5},
        {"sharing an edge", square({20, 10, 30, 20}), 0},
        {"sharing a corner", square({20, 20, 30, 30}), 0},
        {"overlapping", square({15, 15, 30, 30}), 0},
        {"within", square({14, 14, 15, 15}), 0},
        {"around", square({0, 0, 30, 30}), 0},
        {"a cross of two", {{}, {}, {{{{{0, 14}, {30, 14}, {30, 16}, {0, 16}, {0, 14}}}}}}, 0},
        {"a point inside", {{{12, 12}}, {}, {}}, 0},
        {"a point outside", {{{12, 25}}, {}, {}}, 5},
        {"a line beside", {{}, {{{0, 8}, {30, 8}}}, {}}, 2},
        {"one part inside, one far", {{{500, 500}, {12, 12}}, {}, {}}, 0},
    };
    for (const Row& row : rows) {
        CAPTURE(row.what);
        CHECK(index.to(row.from) == row.expected);
        CHECK(DistanceIndex({&row.from, 1}).to(box[0]) == row.expected);
    }
}

TEST_CASE("from shape to shape is GEOS's distance") {
    const Kind kind = mixed();
    const std::vector<Shape> shapes = kind.shapes();
    const DistanceIndex index(shapes);
    Random random(12);
    int apart = 0;
    for (int i = 0; i < 150; ++i) {
        const Point at = random.in(district().box());
        Shape from;
        if (i % 3 == 0)
            from.lines.push_back(road(random, at, 5, 2000));
        else
            from.polygons.push_back(lake(random, at, random.in(10, i % 3 == 1 ? 300 : 9000)));
        const double expected = kind.by_geos(from);
        CHECK(std::abs(index.to(from) - expected) < 1e-7);
        apart += expected > 0;
    }
    CHECK(apart > 30);
    CHECK(apart < 140);
}
