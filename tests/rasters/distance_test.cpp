// SPDX-License-Identifier: Apache-2.0
#include "rasters/distance.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/simd.hpp"
#include "rasters/crs.hpp"
#include "rasters/segment_index.hpp"
#include "tests/support/bits.hpp"
#include "tests/support/geos.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

static Grid grid_of(int cols, int rows) {
    return {"", 1, 0, -rows, cols, rows, {}};
}

// 100 km square of 30 m cells at coordinates of millions of metres.
static Grid district() {
    return {"", 30, 10'000, -120'000, 3333, 3333, {}};
}

static Tile numbers(const Grid& grid, std::vector<float> values) {
    Tile tile(grid.window());
    std::copy(values.begin(), values.end(), tile.values().begin());
    return tile;
}

static bool all(const Tile& tile, bool (*holds)(float)) {
    return std::all_of(tile.values().begin(), tile.values().end(), holds);
}

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

static std::vector<Shape> points() {
    Random random(7);
    std::vector<Shape> shapes(150);
    for (Shape& shape : shapes)
        shape.points.push_back(random.in(district().box().grown(20'000)));
    return shapes;
}

static std::vector<Shape> lines() {
    Random random(17);
    std::vector<Shape> shapes(200);
    for (std::size_t i = 0; i < shapes.size(); ++i)
        shapes[i].lines.push_back(
            road(random, random.in(district().box().grown(20'000)), 1 + random.below(40), i % 20 == 0 ? 30'000 : 300));
    return shapes;
}

// Lakes that don't overlap, so that GEOS takes them together.
static std::vector<Shape> polygons() {
    Random random(27);
    const Box land = district().box().grown(20'000);
    std::vector<Shape> shapes;
    for (double y = land.ymin; y < land.ymax; y += 12'000)
        for (double x = land.xmin; x < land.xmax; x += 12'000) {
            const double radius = random.below(3) == 0 ? random.in(5, 50) : random.in(500, 5500);
            shapes.push_back({{}, {}, {lake(random, {x + random.in(0, 900), y + random.in(0, 900)}, radius)}});
        }
    return shapes;
}

struct Kind {
    const char* name;
    std::vector<std::vector<Shape>> parts; ///< each fit for GEOS

    std::vector<Shape> shapes() const {
        std::vector<Shape> all;
        for (const auto& part : parts)
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }
    double by_geos(const auto& from) const {
        double least = std::numeric_limits<double>::infinity();
        for (const Geos& one : geos)
            least = std::min(least, one.distance(from));
        return least;
    }

    std::vector<Geos> geos{parts.begin(), parts.end()};
};

static Kind mixed() {
    return {"mixed", {points(), lines(), polygons()}};
}

// What a float of a distance may be off: a centimetre up to 10 km, 2e-7 of it beyond.
static bool precise(double found, double expected) {
    return std::abs(found - expected) <= std::max(0.01, 2e-7 * expected) &&
           std::abs(found - expected) <= std::max(1e-7, 1e-7 * expected);
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
