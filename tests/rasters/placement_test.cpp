// SPDX-License-Identifier: Apache-2.0
#include "rasters/placement.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace zonerank;
using namespace zonerank::rasters;
using tests::Folder;

namespace {

// A raster needs no pixels of its own to be placed on.
Mosaic raster_of(const std::string& crs, const PixelTransform& transform, int cols, int rows) {
    BandFacts facts;
    facts.path = "made up";
    facts.crs = parse_crs(crs);
    facts.transform = transform;
    facts.cols = cols;
    facts.rows = rows;
    return {{facts}, 1, {}, {}};
}

bool same_bits(const std::vector<Point>& a, const std::vector<Point>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(Point)) == 0;
}

const Crs utm43 = parse_crs("EPSG:32643");

} // namespace

TEST_CASE("places are those of the exact transformation") {
    struct Row {
        const char* crs;
        PixelTransform transform;
        double cell;
    };
    for (const Row& row : {Row{"EPSG:4326", {72, 1.0 / 3600, 0, 35, 0, -1.0 / 3600}, 30},
                           Row{"EPSG:4326", {72, 1.0 / 3600, 0, 35, 0, -1.0 / 3600}, 1000},
                           Row{"EPSG:32642", {700'000, 30, 0, 4'000'000, 0, -30}, 30},
                           Row{"EPSG:32642", {700'000, 30, 7, 4'000'000, 5, -28}, 250}, // turned
                           Row{"EPSG:3857", {8'000'000, 500, 0, 4'500'000, 0, -500}, 5000},
                           Row{"EPSG:24313", {300'000, 30, 0, 4'000'000, 0, -30}, 90}}) { // Kalianpur 1962
        CAPTURE(row.crs);
        CAPTURE(row.cell);
        const Mosaic mosaic = raster_of(row.crs, row.transform, 1000, 1000);
        const Grid grid =
            grid_over({300'000, 3'650'000, 300'000 + 200 * row.cell, 3'650'000 + 150 * row.cell}, row.cell, utm43.wkt);
        const Placement placement(grid, mosaic);
        const Transform there(utm43, mosaic.crs()); // each point by itself, without polynomials
        for (const bool corners : {false, true}) {
            const Window window{-3, 5, 140, 90};
            const std::vector<Point> places = placement.places(window, corners);
            REQUIRE(places.size() == (corners ? 141 * 91 : 140 * 90));
            double farthest = 0;
            for (std::size_t i = 0; i < places.size(); i += 7) {
                const int across = corners ? 141 : 140;
                const int col = -3 + static_cast<int>(i) % across, r = 5 + static_cast<int>(i) / across;
                const Point ground = corners ? Point{grid.edge_x(col), grid.edge_y(r)} : grid.centre({col, r});
                const Point exact = applied(inverted(mosaic.transform()), there(ground));
                farthest = std::max({farthest, std::abs(exact.x - places[i].x), std::abs(exact.y - places[i].y)});
            }
            CHECK(farthest < 1.5e-6);
        }
    }
}

TEST_CASE("a place has the same bits in any window, and in a neighbouring grid") {
    const Mosaic mosaic = raster_of("EPSG:4326", {72, 1.0 / 3600, 0, 35, 0, -1.0 / 3600}, 1000, 1000);
    const Grid grid = grid_over({300'000, 3'650'000, 310'000, 3'658'000}, 60, utm43.wkt);
    Grid other = grid;
    other.west += 41;
    other.north -= 17;
    const Placement placement(grid, mosaic), shifted(other, mosaic);
    const Window whole{-40, -35, 150, 120};
    const std::vector<Point> all = placement.places(whole, false);
    for (const int side : {1, 7, 33, 64})
        for (const Window& w : tiles({-13, 5, 64, 40}, side)) {
            std::vector<Point> expected;
            for (int row = w.row; row < w.row + w.rows; ++row)
                for (int col = w.col; col < w.col + w.cols; ++col)
                    expected.push_back(all[static_cast<std::size_t>((row - whole.row) * whole.cols + col - whole.col)]);
            REQUIRE(same_bits(placement.places(w, false), expected));
            REQUIRE(same_bits(shifted.places({w.col - 41, w.row + 17, w.cols, w.rows}, false), expected));
        }
    // The corner that two cells share is one corner.
    const std::vector<Point> west = placement.places({0, 0, 9, 9}, true), east = placement.places({9, 0, 9, 9}, true);
    CHECK(west[9] == east[0]);
    CHECK(west[59] == east[50]);
}

TEST_CASE("an aligned grid's corners are whole pixels") {
    const Mosaic mosaic = raster_of("EPSG:32643", {300'000.3, 0.1, 0, 3'680'400.7, 0, -0.1}, 100, 100);
    const Grid grid{utm43.wkt, 0.1, 3'000'003, -36'804'007, 50, 50, {}};
    for (const Point p : Placement(grid, mosaic).places(grid.window(), true)) {
        CHECK(p.x == std::round(p.x));
        CHECK(p.y == std::round(p.y));
    }
}

TEST_CASE("places do not jump at the antimeridian, whatever the raster's longitudes") {
    const Crs fiji = default_crs({178, -19, 182, -16});
    const Grid grid = grid_over({-200'000, -150'000, 200'000, 150'000}, 2000, fiji.wkt);
    for (const double west : {-180.0, 0.0, 170.0, -190.0}) {
        CAPTURE(west);
        const bool world = west == -180 || west == 0;
        const Mosaic mosaic = raster_of("EPSG:4326", {west, 0.1, 0, 0, 0, -0.1}, world ? 3600 : 200, 300);
        const std::vector<Point> places = Placement(grid, mosaic).places(grid.window(), false);
        double step = 0;
        for (std::size_t i = 1; i < places.size(); ++i)
            if (i % static_cast<std::size_t>(grid.cols) != 0)
                step = std::max(step, std::abs(places[i].x - places[i - 1].x - 0.19));
        CHECK(step < 0.02);
        // Where it is read modulo 3600 columns it must be the right longitude.
        const Point centre = Transform(fiji, wgs84())(grid.centre({10, 10}));
        const double off = places[static_cast<std::size_t>(10 * grid.cols + 10)].x - (centre.x - west) / 0.1;
        CHECK(std::abs(std::remainder(off, 3600)) < 1e-5);
    }
}

TEST_CASE("around a pole and beyond a projection's reach cells are placed one by one") {
    const Grid arctic = grid_over({-100'000, -100'000, 100'000, 100'000}, 5000, parse_crs("EPSG:3413").wkt);
    const Mosaic world = raster_of("EPSG:4326", {-180, 0.1, 0, 90, 0, -0.1}, 3600, 1800);
    const Transform back(parse_crs(arctic.crs), wgs84());
    const std::vector<Point> places = Placement(arctic, world).places(arctic.window(), false);
    double farthest = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Point p = back(arctic.centre({static_cast<int>(i) % arctic.cols, static_cast<int>(i) / arctic.cols}));
        farthest = std::max({farthest, std::abs(places[i].y - (90 - p.y) * 10),
                             std::abs(std::remainder(places[i].x - (p.x + 180) * 10, 3600))});
    }
    CHECK(farthest < 1.5e-6);
    const Mosaic elsewhere = raster_of("+proj=gnom +lat_0=-90 +datum=WGS84", {0, 1000, 0, 0, 0, -1000}, 10, 10);
    for (const Point p : Placement(arctic, elsewhere).places({0, 0, 3, 3}, false))
        CHECK(std::isnan(p.x));
}

TEST_CASE("cells that are pixels are so along both axes") {
    const Grid grid = grid_over({300'000, 3'650'000, 301'920, 3'651'920}, 30, utm43.wkt);
    const double west = grid.edge_x(0), north = grid.edge_y(0);
    const auto first = [&](const PixelTransform& transform) {
        return Placement(grid, raster_of("EPSG:32643", transform, 64, 64)).first_pixel(grid.window());
    };
    CHECK(first({west, 30, 0, north, 0, -30}) == Cell{0, 0});
    CHECK(first({west - 60, 30, 0, north + 90, 0, -30}) == Cell{2, 3});
    CHECK_FALSE(first({west - 10, 30, 0, north, 0, -30}));     // between pixels
    CHECK_FALSE(first({west, 60, 0, north, 0, -60}));          // other pixels
    CHECK_FALSE(first({west, 0, 30, north, -30, 0}));          // transposed: right at two corners
    CHECK_FALSE(first({west, 31, -1, north, 1, -31}));         // sheared
    CHECK_FALSE(first({west, 30, 0, north - 64 * 30, 0, 30})); // from south to north
}
