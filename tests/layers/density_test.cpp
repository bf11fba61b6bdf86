// SPDX-License-Identifier: Apache-2.0
#include "layers/density.hpp"

#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <random>

using namespace zonerank;
using layers::Dimension;
using layers::Layer;
using layers::LayerSpec;
using layers::Sources;
using rasters::Grid;
using tests::Folder;
using tests::measured;
using tests::same_in_tiles;

static constexpr double pi = std::numbers::pi;

// The centre of grid_of(1, 1, 100) is (500050, 3600050): plants there, 300 m and 2 km east of it.
static LayerSpec plants(const Folder& folder) {
    return tests::wkt_layer(
        folder, "plants", "mw,fuel",
        {"100,gas,POINT (500050 3600050)", "50,hydro,POINT (500350 3600050)", "7,hydro,POINT (502050 3600050)"});
}

static double value_of(Sources& sources, const std::string& text) {
    const Grid grid = tests::grid_of(1, 1, 100);
    return static_cast<double>(measured(sources, text, grid).tile(grid.window())[{0, 0}]);
}

TEST_CASE("points per km2 by kernel, within the radius") {
    const Folder folder;
    Sources sources({plants(folder)}, {});
    const double disc = pi; // km2, of a radius of 1 km
    const double falling = 3 / disc * (1 + std::pow(1 - 0.09, 2));
    CHECK(value_of(sources, "density: {of: plants, radius: 1 km}") == doctest::Approx(falling));
    CHECK(value_of(sources, "density: {of: plants, radius: 1 km, kernel: quartic}") == doctest::Approx(falling));
    CHECK(value_of(sources, "density: {of: plants, radius: 1 km, kernel: uniform}") == doctest::Approx(2 / disc));
    CHECK(value_of(sources, "density: {of: plants, radius: 1 km, kernel: count}") == 2);
    CHECK(value_of(sources, "density: {of: plants, radius: 5 km, kernel: count}") == 3);
    CHECK(value_of(sources, "density: {of: plants, radius: 1 km, kernel: count, where: \"fuel = 'hydro'\"}") == 1);
    CHECK(value_of(sources, "density: {of: [plants, plants], radius: 1 km, kernel: count}") == 4);
}

TEST_CASE("points may carry a weight") {
    const Folder folder;
    LayerSpec spec = plants(folder);
    spec.unit = layers::unit_called("people");
    Sources sources({spec}, {});
    CHECK(value_of(sources, "density: {of: plants, radius: 1 km, kernel: count, weight: mw}") == 150);
    CHECK(value_of(sources, "density: {of: plants, radius: 1 km, kernel: uniform, weight: mw}") ==
          doctest::Approx(150 / pi));
}

TEST_CASE("the unit is known before anything is read, and follows from weight and kernel") {
    const Folder folder;
    struct Row {
        const char *layer_unit, *parameters, *name;
        Dimension dimension;
    };
    for (const Row& row :
         {Row{"", "", "1/km²", Dimension::point_density}, Row{"", ", kernel: count", "", Dimension::number},
          Row{"people", ", weight: mw", "people/km²", Dimension::people_density},
          Row{"people", ", weight: mw, kernel: count", "people", Dimension::people},
          Row{"MW", ", weight: mw", "MW/km²", Dimension::other},
          Row{"MW", ", weight: mw, kernel: count", "MW", Dimension::other},
          Row{"MW", "", "1/km²", Dimension::point_density}}) {
        LayerSpec spec = plants(folder);
        if (*row.layer_unit != '\0')
            spec.unit = layers::unit_called(row.layer_unit);
        Sources sources({spec}, {});
        const std::string text = fmt::format("density: {{of: plants, radius: 1 km{}}}", row.parameters);
        CAPTURE(text);
        const layers::Measure measure = tests::measure(sources, text);
        CHECK(measure.unit.name == row.name);
        CHECK(measure.unit.dimension == row.dimension);
        CHECK(measure.layer(sources, tests::grid_of(1, 1, 100)).unit == measure.unit);
    }
}

TEST_CASE("lines are measured as their length within the radius") {
    const Folder folder;
    Sources sources({tests::wkt_layer(folder, "roads", "class",
                                      {"a,\"LINESTRING (490000 3600050, 510000 3600050)\"",
                                       "b,\"LINESTRING (500050 3600650, 500050 3600850)\""})},
                    {});
    CHECK(value_of(sources, "density: {of: roads, radius: 1 km, where: class = 'a'}") == doctest::Approx(2 / pi));
    CHECK(value_of(sources, "density: {of: roads, radius: 1 km}") == doctest::Approx(2.2 / pi));
    CHECK(tests::measure(sources, "density: {of: roads, radius: 1 km}").unit ==
          layers::base_unit(Dimension::line_density));
}

TEST_CASE("density says what doesn't fit") {
    const Folder folder;
    const std::string line = "\"LINESTRING (500000 3600000, 500100 3600000)\"";
    Sources sources({plants(folder), tests::wkt_layer(folder, "roads", "lanes", {"2," + line}),
                     tests::wkt_layer(folder, "mixed", "v", {"1," + line, "2,POINT (1 1)"}),
                     tests::wkt_layer(folder, "zones", "v", {"1,\"POLYGON ((0 0, 1 0, 1 1, 0 0))\""}),
                     tests::wkt_layer(folder, "gaps", "v,w", {"1,a,POINT (1 1)", ",b,POINT (2 2)"})},
                    {});
    const auto refused = [&](const std::string& text, const std::string& why) {
        CAPTURE(text);
        CHECK_THROWS_WITH_AS(measured(sources, text, tests::grid_of(1, 1, 100)), why.c_str(), Error);
    };
    refused("density: {of: plants, radius: 0 km}", "test: density: radius: it must be above 0, found '0 km'");
    refused("density: {of: mixed, radius: 1 km}", "test: density is of points or of lines, not of points or lines");
    refused("density: {of: [plants, roads], radius: 1 km}",
            "test: density is of points or of lines, not of points or lines");
    refused("density: {of: zones, radius: 1 km}", "test: layer 'zones' holds polygons; density needs points or lines");
    refused("density: {of: roads, radius: 1 km, weight: lanes}",
            "test: weight: lines have none; their density is the length within the radius");
    refused("density: {of: roads, radius: 1 km, kernel: count}",
            "test: kernel: lines have none; their density is the length within the radius");
    refused(
        "density: {of: gaps, radius: 1 km, weight: v}",
        "layer 'gaps': v of feature 2 is null; a weight must be a number (leave it out with where: \"v is not null\")");
    refused(
        "density: {of: gaps, radius: 1 km, weight: w}",
        "layer 'gaps': w of feature 1 is text; a weight must be a number (leave it out with where: \"w is not null\")");
}

TEST_CASE("density is the same in whatever window") {
    const Folder folder;
    std::mt19937 random(5);
    std::vector<std::string> points, lines;
    for (int i = 0; i < 50; ++i) {
        const auto x = 500'000 + random() % 5000, y = 3'600'000 + random() % 5000;
        points.push_back(fmt::format("{},POINT ({} {})", i, x, y));
        lines.push_back(fmt::format("\"LINESTRING ({} {}, {} {})\"", x, y, x + random() % 999, y - random() % 999));
    }
    Sources sources({tests::wkt_layer(folder, "points", "v", points), tests::wkt_layer(folder, "lines", "", lines)},
                    {});
    const Grid grid = tests::grid_of(40, 40, 125);
    for (const char* text : {"density: {of: points, radius: 900 m, weight: v}", "density: {of: lines, radius: 900 m}"})
        for (const int side : {5, 16})
            CHECK(same_in_tiles(measured(sources, text, grid), grid, side));
}
