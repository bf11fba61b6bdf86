// SPDX-License-Identifier: Apache-2.0
#include "layers/friction.hpp"

#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using layers::Friction;
using layers::FrictionSpec;
using layers::Sources;
using rasters::Grid;
using tests::Folder;
using tests::grid_of;

namespace {

// Columns and rows from the north-west of a grid_of(10, 10, 100).
constexpr const char* west_half = "\"POLYGON ((500000 3600000,500000 3601000,500530 3601000,500530 3600000,500000 "
                                  "3600000))\"";

std::vector<float> first_row(const Friction& friction) {
    const rasters::Tile tile = friction.slowness({0, 0, 10, 1});
    return {tile.values().begin(), tile.values().end()};
}

double level(double km_per_hour) {
    return 0.06 / km_per_hour;
}

} // namespace

TEST_CASE("ground without rules is crossed at one speed") {
    Sources sources({}, {});
    FrictionSpec spec;
    spec.ground = 4;
    const Friction friction(spec, sources, grid_of(10, 10, 100));
    for (const float minutes : first_row(friction))
        CHECK(minutes == doctest::Approx(level(4)));
    CHECK(friction.roads().empty());
}

TEST_CASE("classes of the ground have speeds; what the table leaves open stays") {
    const Folder folder;
    Sources sources({tests::wkt_layer(folder, "land", "cover", {std::string("field,") + west_half})}, {});
    FrictionSpec spec;
    spec.speeds = {{.layer = "land", .field = "cover", .by_class = {{layers::parse_class("field"), 10}}}};
    const std::vector<float> row = first_row(Friction(spec, sources, grid_of(10, 10, 100)));
    CHECK(row[4] == doctest::Approx(level(10)));
    CHECK(row[5] == doctest::Approx(level(5))); // its centre lies beyond 500530
    spec.speeds[0].by_class = {{layers::parse_class("forest"), 2}};
    CHECK(first_row(Friction(spec, sources, grid_of(10, 10, 100)))[4] == doctest::Approx(level(5)));
}

TEST_CASE("a raster of speeds or paces says how fast one moves; at none nothing crosses") {
    const Folder folder;
    const std::vector<float> values{10, 20, 0, -9999};
    layers::LayerSpec spec{.name = "speeds"};
    spec.paths = {tests::write_raster(
        folder / "speeds.tif", {.west = 500'000, .north = 3'601'000, .cell = 100, .cols = 4, .rows = 1}, values)};
    const auto row_in = [&](const char* unit) {
        spec.unit = layers::unit_called(unit);
        Sources sources({spec}, {});
        FrictionSpec friction;
        friction.speeds = {{.layer = "speeds"}};
        return first_row(Friction(friction, sources, grid_of(10, 10, 100)));
    };
    for (const auto& [unit, minutes] : {std::pair("km/h", level(20)), std::pair("m/s", level(72)),
                                        std::pair("min/km", 0.02), std::pair("min/m", 20.0)}) {
        const std::vector<float> row = row_in(unit);
        CHECK(row[1] == doctest::Approx(minutes));
        CHECK(std::isnan(row[2]));
        CHECK(row[3] == doctest::Approx(level(5)));
        CHECK(row[7] == doctest::Approx(level(5)));
    }
    CHECK_THROWS_WITH_AS(row_in("m"), doctest::Contains("unit` of speed or pace (km/h, m/s, min/km, min/m, s/m)"),
                         Error);
}

TEST_CASE("barriers: polygons by centres or by any part, lines by any part, and what lies outside") {
    const Folder folder;
    Sources sources({tests::wkt_layer(folder, "lake", "", {west_half}),
                     tests::wkt_layer(folder, "river", "", {"\"LINESTRING (500250 3600000,500250 3601000)\""})},
                    {});
    const auto blocked = [&](layers::BarrierRule rule) {
        FrictionSpec spec;
        spec.barriers = {std::move(rule)};
        std::string cells;
        for (const float minutes : first_row(Friction(spec, sources, grid_of(10, 10, 100))))
            cells += std::isnan(minutes) ? '#' : '.';
        return cells;
    };
    CHECK(blocked({.layer = "lake"}) == "#####.....");
    CHECK(blocked({.layer = "lake", .any_part = true}) == "######....");
    CHECK(blocked({.layer = "lake", .outside = true}) == ".....#####");
    CHECK(blocked({.layer = "river"}) == "..#.......");
    CHECK_THROWS_WITH_AS(blocked({.layer = "river", .outside = true}),
                         doctest::Contains("layer 'river' has no polygons to be outside of"), Error);
}

TEST_CASE("who passes a post waits") {
    const Folder folder;
    Sources sources({tests::wkt_layer(folder, "posts", "", {"POINT (500350 3600950)"}),
                     tests::wkt_layer(folder, "roads", "", {"\"LINESTRING (500000 3600950,501000 3600950)\""})},
                    {});
    FrictionSpec spec;
    spec.speeds = {{.layer = "roads", .speed = 60}};
    spec.delays = {{.layer = "posts", .minutes = 30}};
    const Friction friction(spec, sources, grid_of(10, 10, 100));
    const std::vector<float> row = first_row(friction);
    CHECK(row[3] * 100 == doctest::Approx(30 + 100 * level(5)));
    CHECK(row[4] * 100 == doctest::Approx(100 * level(5)));
    double through = 0;
    for (const rasters::RoadStep& step : friction.roads())
        if (step.from.col == 3 || step.to.col == 3)
            through += static_cast<double>(step.minutes);
    CHECK(through == doctest::Approx(30 + 2 * 100 * level(60)));
}

namespace {

/// Elevations of a grid_of(12, 10, 100), 5 % up to the east, and unknown in the last column.
layers::LayerSpec hill(const Folder& folder) {
    std::vector<float> metres;
    for (int i = 0; i < 120; ++i)
        metres.push_back(i % 12 == 11 ? -9999.0F : static_cast<float>(i % 12 * 5));
    layers::LayerSpec spec{.name = "dem"};
    spec.paths = {tests::write_raster(
        folder / "dem.tif", {.west = 500'000, .north = 3'601'000, .cell = 100, .cols = 12, .rows = 10}, metres)};
    spec.unit = layers::unit_called("m");
    return spec;
}

} // namespace

TEST_CASE("slopes slow down who walks, both ways taken together") {
    const Folder folder;
    Sources sources({hill(folder)}, {});
    FrictionSpec spec;
    spec.terrain = "dem";
    const Friction walking(spec, sources, grid_of(10, 10, 100));
    CHECK(walking.slowness({4, 5, 1, 1}).values().front() == doctest::Approx(level(5) * std::cosh(0.175)));
    CHECK_FALSE(walking.relief());
    spec.slopes = {.kind = layers::SlopeCurve::Kind::table, .table = {{0, 1}, {0.04, 0}}};
    CHECK(std::isnan(Friction(spec, sources, grid_of(10, 10, 100)).slowness({4, 5, 1, 1}).values().front()));
}

TEST_CASE("where uphill and downhill differ, slopes and delays are the solver's") {
    const Folder folder;
    Sources sources({hill(folder), tests::wkt_layer(folder, "posts", "", {"POINT (500350 3600950)"})}, {});
    FrictionSpec spec;
    spec.terrain = "dem";
    spec.directed = true;
    spec.delays = {{.layer = "posts", .minutes = 30}};
    const Friction friction(spec, sources, grid_of(12, 10, 100));
    const rasters::Tile row = friction.slowness({0, 0, 12, 1});
    CHECK(row[{3, 0}] == doctest::Approx(level(5)));
    CHECK(std::isnan(row[{11, 0}]));
    REQUIRE(friction.relief());
    CHECK(friction.relief()->speed.at(0.1F) == doctest::Approx(friction.relief_back()->speed.at(-0.1F)));
    CHECK(friction.relief()->speed.at(0.1F) < friction.relief()->speed.at(-0.1F));
    CHECK(friction.relief()->elevation({2, 0, 1, 1}).values().front() == 10);
    REQUIRE(friction.relief()->waits.size() == 1);
    CHECK(friction.relief()->waits[0].minutes == 30);
    CHECK(layers::fastest(spec) == doctest::Approx(5 / 0.06 * std::exp(0.175)));
}

TEST_CASE("a class without a speed is told") {
    const Folder folder;
    Sources sources({tests::wkt_layer(folder, "roads", "class",
                                      {"motorway,\"LINESTRING (500000 3600500,501000 3600500)\"",
                                       "track,\"LINESTRING (500000 3600700,501000 3600700)\""})},
                    {});
    FrictionSpec spec;
    spec.speeds = {{.layer = "roads", .field = "class", .by_class = {{layers::parse_class("motorway"), 100}}}};
    CHECK_THROWS_WITH_AS(
        Friction(spec, sources, grid_of(10, 10, 100)),
        doctest::Contains("layer 'roads': no speed for class 'track' (1 feature); give it one, or `other`"), Error);
    spec.speeds[0].by_class.emplace_back(layers::parse_class("other"), 30);
    CHECK(Friction(spec, sources, grid_of(10, 10, 100)).roads().size() == 18);
}

TEST_CASE("a friction has the study's cells, or a grid of its own") {
    const Grid study = grid_of(40, 30, 100);
    FrictionSpec spec;
    const rasters::Box target{73.6, 32.6, 73.6, 32.6};
    const Grid near = layers::friction_grid(spec, study, target);
    CHECK(near.cell == 100);
    CHECK(near.crs == study.crs);
    CHECK(std::remainder(near.edge_x(0) - study.edge_x(0), 100) == doctest::Approx(0));
    CHECK(near.box().contains(study.box().centre()));
    spec.cell = 1000;
    const Grid far = layers::friction_grid(spec, study, {67, 24.8, 67, 24.8});
    CHECK(far.cell == 1000);
    CHECK(far.crs != study.crs); // where UTM is off by more than 0.1 %
    layers::FrictionSpec same;
    same.area = study.box();
    same.crs = rasters::parse_crs(study.crs);
    const Grid exact = layers::friction_grid(same, study, target);
    CHECK(exact.cols == study.cols);
    CHECK(exact.rows == study.rows);
    CHECK(exact.edge_x(0) == study.edge_x(0));
    CHECK(exact.edge_y(0) == study.edge_y(0));
    spec.cell = 1;
    CHECK_THROWS_WITH_AS(layers::friction_grid(spec, study, {67, 24.8, 67, 24.8}),
                         doctest::Contains("take a larger `cell` or a smaller `area`"), Error);
}
