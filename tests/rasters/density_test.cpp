// SPDX-License-Identifier: Apache-2.0
#include "rasters/density.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/bits.hpp"
#include "tests/support/geos.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

static constexpr double pi = std::numbers::pi;

static Grid grid_of(int cols, int rows) {
    return {"", 1, 0, -rows, cols, rows, {}};
}

// 100 m cells at coordinates of millions of metres.
static Grid district() {
    return {"", 100, 3000, -36'000, 120, 90, {}};
}

static std::vector<Shape> villages(int n) {
    Random random(61);
    std::vector<Shape> shapes;
    for (int i = 0; i < n; ++i)
        shapes.push_back({{random.in(district().box().grown(3000))}, {}, {}});
    return shapes;
}

static std::vector<Shape> roads(int n) {
    Random random(62);
    std::vector<Shape> shapes;
    for (int i = 0; i < n; ++i)
        shapes.push_back(
            {{}, {road(random, random.in(district().box().grown(3000)), 12, i % 25 == 0 ? 9000 : 200)}, {}});
    return shapes;
}

static std::vector<double> weights_for(const std::vector<Shape>& shapes) {
    Random random(63);
    std::vector<double> weights;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        weights.push_back(random.in(0, 1000));
    return weights;
}

TEST_CASE("counts and densities around single points, by hand") {
    const std::vector<Shape> shapes{{{{1.5, 0.5}, {4.5, 0.5}}, {}, {}}};
    const std::vector<double> weight{3};
    const DensityIndex index(shapes, weight);
    const Grid grid = grid_of(7, 1);
    const auto values = [&](double radius, Kernel kernel) {
        const Tile tile = index.points(grid, grid.window(), radius, kernel);
        return std::vector<float>(tile.values().begin(), tile.values().end());
    };
    CHECK(values(1, Kernel::count) == std::vector<float>{3, 3, 3, 3, 3, 3, 0}); // the rim counts
    CHECK(values(0.99, Kernel::count) == std::vector<float>{0, 3, 0, 0, 3, 0, 0});
    CHECK(values(2, Kernel::count) == std::vector<float>{3, 3, 6, 6, 3, 3, 3});
    const std::vector<float> uniform = values(2, Kernel::uniform), quartic = values(2, Kernel::quartic);
    CHECK(uniform[2] == doctest::Approx(6 / (4 * pi) * 1e6));
    CHECK(quartic[1] == doctest::Approx(3 * 3 / (4 * pi) * 1e6));
    CHECK(quartic[0] == doctest::Approx(3 * 3 / (4 * pi) * 0.5625 * 1e6));
    CHECK(quartic[6] == 0);
}

TEST_CASE("lengths within a disc, by hand") {
    const Grid grid = grid_of(1, 1); // its centre is (0.5, 0.5)
    const auto length = [&](Path path, double radius) {
        const std::vector<Shape> shapes{{{}, {std::move(path)}, {}}};
        const Tile tile = DensityIndex(shapes, {}).lines(grid, grid.window(), radius);
        return static_cast<double>(tile.values()[0]) * pi * radius * radius * 1e-3;
    };
    CHECK(length({{-100, 0.5}, {100, 0.5}}, 2) == doctest::Approx(4));   // a diameter
    CHECK(length({{-100, 2.1}, {100, 2.1}}, 2) == doctest::Approx(2.4)); // a chord: 3, 4, 5
    CHECK(length({{0, 0}, {1, 0}, {1, 1}}, 2) == doctest::Approx(2));    // all inside
    CHECK(length({{0.5, 0.5}, {0.5, 9}}, 2) == doctest::Approx(2));      // out of the middle
    CHECK(length({{-100, 2.5}, {100, 2.5}}, 2) == 0);                    // touches
    CHECK(length({{3, 0.5}, {9, 0.5}}, 2) == 0);                         // points at it
    CHECK(length({{0.5, 0.5}, {0.5, 0.5}}, 2) == 0);                     // without length
    CHECK(length({{-1e6, -1e6}, {1e6, 1e6}}, 50) == doctest::Approx(100));
}

TEST_CASE("points agree with a sum over all of them") {
    const std::vector<Shape> shapes = villages(800);
    const std::vector<double> weights = weights_for(shapes);
    const DensityIndex index(shapes, weights);
    const Grid grid = district();
    const double radius = 1234;
    const Tile count = index.points(grid, grid.window(), radius, Kernel::count);
    const Tile uniform = index.points(grid, grid.window(), radius, Kernel::uniform);
    const Tile quartic = index.points(grid, grid.window(), radius, Kernel::quartic);
    Random random(64);
    for (int i = 0; i < 500; ++i) {
        const Cell c{random.below(grid.cols), random.below(grid.rows)};
        double sum = 0, smooth = 0;
        for (std::size_t k = 0; k < shapes.size(); ++k) {
            const double d =
                std::hypot(shapes[k].points[0].x - grid.centre(c).x, shapes[k].points[0].y - grid.centre(c).y);
            if (d <= radius) {
                sum += weights[k];
                smooth += weights[k] * 3 / (pi * 1.234 * 1.234) * std::pow(1 - d * d / (radius * radius), 2);
            }
        }
        CHECK(count[c] == static_cast<float>(sum));
        CHECK(uniform[c] == doctest::Approx(sum / (pi * 1.234 * 1.234)).epsilon(1e-6));
        CHECK(quartic[c] == doctest::Approx(smooth).epsilon(1e-6));
    }
}

TEST_CASE("a kernel's volume is the weight it spreads") {
    const std::vector<Shape> shapes{{{{306'033, 3'595'021}}, {}, {}}};
    const std::vector<double> weight{500};
    const Grid grid{"", 50, 6000, -72'000, 200, 200, {}};
    for (const Kernel kernel : {Kernel::quartic, Kernel::uniform}) {
        const Tile tile = DensityIndex(shapes, weight).points(grid, grid.window(), 2500, kernel);
        const double total = std::accumulate(tile.values().begin(), tile.values().end(), 0.0);
        CHECK(total * 0.05 * 0.05 == doctest::Approx(500).epsilon(2e-3));
    }
}

TEST_CASE("lines agree with GEOS's lengths in a circle") {
    const std::vector<Shape> shapes = roads(400);
    const DensityIndex index(shapes, {});
    const Geos geos(shapes);
    const Grid grid = district();
    for (const double radius : {150.0, 1700.0}) {
        const Tile tile = index.lines(grid, grid.window(), radius);
        Random random(65);
        for (int i = 0; i < 60; ++i) {
            const Cell c{random.below(grid.cols), random.below(grid.rows)};
            const double expected = geos.length_within(grid.centre(c), radius) * 1e-3 / (pi * radius * radius * 1e-6);
            CAPTURE(expected);
            CHECK(static_cast<double>(tile[c]) == doctest::Approx(expected).epsilon(1e-5));
        }
    }
}

// Lengths cut one by one: by the roots of a quadratic, not by the foot of the
// perpendicular as the library does.
static double cut(const std::vector<Shape>& shapes, const std::vector<double>& weights, Point centre, double radius) {
    long double total = 0;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        for_each_segment(shapes[i], [&](Point p, Point q) {
            const long double dx = q.x - p.x, dy = q.y - p.y, ux = p.x - centre.x, uy = p.y - centre.y;
            const long double a = dx * dx + dy * dy, b = ux * dx + uy * dy, c = ux * ux + uy * uy - radius * radius;
            if (a == 0 || b * b <= a * c)
                return;
            const long double root = std::sqrt(b * b - a * c);
            const long double from = std::max((-b - root) / a, 0.0L), to = std::min((-b + root) / a, 1.0L);
            total += std::max(to - from, 0.0L) * std::sqrt(a) * weights[i];
        });
    return static_cast<double>(total);
}

TEST_CASE("lines agree with cutting each of them, weights and all") {
    const std::vector<Shape> shapes = roads(300);
    const std::vector<double> weights = weights_for(shapes);
    const DensityIndex index(shapes, weights);
    const Grid grid = district();
    const double radius = 900;
    const Tile tile = index.lines(grid, grid.window(), radius);
    Random random(66);
    int some = 0;
    for (int i = 0; i < 1000; ++i) {
        const Cell c{random.below(grid.cols), random.below(grid.rows)};
        const double expected = cut(shapes, weights, grid.centre(c), radius) * 1e-3 / (pi * 0.81);
        CHECK(static_cast<double>(tile[c]) == doctest::Approx(expected).epsilon(2e-7));
        some += expected > 0;
    }
    CHECK(some > 500);
}

TEST_CASE("a cell has the same bits in whatever window and grid it is asked") {
    std::vector<Shape> shapes = villages(500);
    for (Shape& shape : roads(300))
        shapes.push_back(shape);
    const DensityIndex index(shapes, weights_for(shapes));
    const Grid grid = district();
    const Window whole{-7, 11, 90, 70};
    for (const double radius : {130.0, 2500.0}) {
        const Tile points = index.points(grid, whole, radius, Kernel::quartic),
                   lines = index.lines(grid, whole, radius);
        for (const int side : {1, 3, 64}) {
            const Window part = side == 1 ? Window{-7, 20, 90, 6} : whole;
            for (const Window& w : tiles(part, side)) {
                const Tile a = index.points(grid, w, radius, Kernel::quartic), b = index.lines(grid, w, radius);
                for (int row = w.row; row < w.row + w.rows; ++row) {
                    const auto from = static_cast<std::size_t>(w.col - whole.col), n = static_cast<std::size_t>(w.cols);
                    REQUIRE(same_bits(a.row(row), points.row(row).subspan(from, n)));
                    REQUIRE(same_bits(b.row(row), lines.row(row).subspan(from, n)));
                }
            }
        }
        Grid shifted = grid;
        shifted.west -= 5;
        shifted.north += 3;
        CHECK(same_bits(index.lines(shifted, {-2, 8, 90, 70}, radius).values(), lines.values()));
        CHECK(same_bits(index.points(shifted, {-2, 8, 90, 70}, radius, Kernel::quartic).values(), points.values()));
    }
}

TEST_CASE("the order of lines does not matter") {
    std::vector<Shape> shapes = roads(300);
    const Grid grid = district();
    const Tile tile = DensityIndex(shapes, {}).lines(grid, grid.window(), 2000);
    std::reverse(shapes.begin(), shapes.end());
    for (Shape& shape : shapes)
        std::reverse(shape.lines[0].begin(), shape.lines[0].end());
    const Tile again = DensityIndex(shapes, {}).lines(grid, grid.window(), 2000);
    for (std::size_t i = 0; i < tile.values().size(); ++i)
        REQUIRE(again.values()[i] == doctest::Approx(tile.values()[i]).epsilon(1e-7));
    std::rotate(shapes.begin(), shapes.begin() + 77, shapes.end());
    CHECK(same_bits(DensityIndex(shapes, {}).lines(grid, grid.window(), 2000).values(), again.values()));
}

TEST_CASE("nothing is as dense as 0") {
    const Grid grid = grid_of(5, 4);
    const std::vector<Shape> lake{square({0, 0, 5, 4})};
    for (const DensityIndex& index : {DensityIndex({}, {}), DensityIndex(lake, {})})
        for (const Tile& tile :
             {index.points(grid, grid.window(), 3, Kernel::quartic), index.lines(grid, grid.window(), 3)})
            CHECK(std::all_of(tile.values().begin(), tile.values().end(), [](float v) { return v == 0; }));
}

TEST_CASE("what is no radius, no weight or no place is refused") {
    const Grid grid = grid_of(2, 2);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<Shape> shapes{{{{1, 1}}, {{{0, 0}, {1, 1}}}, {}}};
    const DensityIndex index(shapes, {});
    for (const double radius : {0.0, -1.0, nan, std::numeric_limits<double>::infinity()}) {
        CHECK_THROWS_AS(index.points(grid, grid.window(), radius, Kernel::count), Error);
        CHECK_THROWS_AS(index.lines(grid, grid.window(), radius), Error);
    }
    for (const double weight : {nan, 1e16, -std::numeric_limits<double>::infinity()}) {
        const std::vector<double> weights{weight};
        CHECK_THROWS_AS(DensityIndex(shapes, weights), Error);
    }
    const std::vector<Shape> point{{{{nan, 1}}, {}, {}}}, line{{{}, {{{0, 0}, {1e13, 1}}}, {}}};
    CHECK_THROWS_AS(DensityIndex(point, {}), Error);
    CHECK_THROWS_AS(DensityIndex(line, {}), Error);
}
