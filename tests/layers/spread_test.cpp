// SPDX-License-Identifier: Apache-2.0
#include "layers/spread.hpp"

#include "tests/support/measuring.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank;
using layers::Spread;
using rasters::Dot;
using rasters::Grid;
using rasters::Path;
using rasters::Point;
using rasters::Shape;
using rasters::Tile;
using rasters::Window;

namespace {

const Grid squares = tests::grid_of(8, 8, 500); // 500000 to 504000, 3600000 to 3604000

Shape rectangle(double x0, double y0, double x1, double y1) {
    return {.polygons = {{{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}}}}};
}

double total(const std::vector<Dot>& dots) {
    double sum = 0;
    for (const Dot& dot : dots)
        sum += dot.weight;
    return sum;
}

double at(const std::vector<Dot>& dots, Point place) {
    double sum = 0;
    for (const Dot& dot : dots)
        sum += dot.at == place ? dot.weight : 0;
    return sum;
}

/// Twice as settled north of y = 3602000 as south of it.
Tile more_in_the_north(Window window) {
    const Grid fine = Spread::fine(squares);
    Tile amounts(window);
    for (int row = window.row; row < window.row + window.rows; ++row)
        std::fill_n(&amounts[{window.col, row}], window.cols, fine.centre_y(row) > 3602000 ? 2.0F : 1.0F);
    return amounts;
}

} // namespace

TEST_CASE("evenly by area, or by how settled the ground is") {
    const Shape shape = rectangle(500000, 3601500, 501000, 3602500);
    std::vector<Dot> evenly, settled;
    Spread(squares).add(shape, 100, evenly);
    Spread(squares, more_in_the_north).add(shape, 120, settled);
    CHECK(evenly.size() == 4);
    CHECK(at(evenly, {500250, 3601750}) == doctest::Approx(25));
    CHECK(at(settled, {500250, 3601750}) == doctest::Approx(20));
    CHECK(at(settled, {500750, 3602250}) == doctest::Approx(40));
}

TEST_CASE("all of a weight is spread, also beyond the squares") {
    const Shape across = rectangle(503000, 3602500, 506000, 3603500); // a third of it on the squares
    std::vector<Dot> evenly, settled;
    Spread(squares).add(across, 90, evenly);
    Spread(squares, more_in_the_north).add(across, 90, settled);
    CHECK(total(evenly) == doctest::Approx(30));
    CHECK(total(settled) == doctest::Approx(30));
    CHECK(settled.size() == 4);
}

TEST_CASE("polygons of any outline keep their weights") {
    tests::Random random(7);
    Spread spread(squares, [](Window window) {
        const Grid fine = Spread::fine(squares);
        Tile amounts(window);
        for (int row = window.row; row < window.row + window.rows; ++row)
            for (int col = window.col; col < window.col + window.cols; ++col)
                amounts[{col, row}] = static_cast<float>(
                    std::max(0.0, std::sin(fine.centre_x(col) / 300) * std::cos(fine.centre_y(row) / 200)));
        return amounts;
    });
    for (int i = 0; i < 50; ++i) {
        Path ring;
        for (int k = 0; k < 9; ++k) {
            const double angle = k * 2 * 3.14159265 / 9, radius = random.in(300, 1800);
            ring.push_back({502000 + radius * std::cos(angle), 3602000 + radius * std::sin(angle)});
        }
        ring.push_back(ring.front());
        std::vector<Dot> dots;
        spread.add({.polygons = {{{ring}}}}, 1000, dots);
        CHECK(total(dots) == doctest::Approx(1000).epsilon(1e-12));
    }
    CHECK(spread.polygons() == 50);
    CHECK(spread.unsettled() == 0);
}

TEST_CASE("a polygon without a settled part is spread evenly, and counted") {
    Spread spread(squares, [](Window window) { return Tile(window); });
    std::vector<Dot> dots;
    spread.add(rectangle(500000, 3600000, 501000, 3601000), 100, dots);
    spread.add(rectangle(500000, 3600000, 501000, 3601000), 0, dots);
    spread.add(rectangle(510000, 3600000, 511000, 3601000), 100, dots);
    CHECK(dots.size() == 4);
    CHECK(total(dots) == doctest::Approx(100));
    CHECK(spread.polygons() == 1);
    CHECK(spread.unsettled() == 1);
}
