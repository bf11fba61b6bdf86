// SPDX-License-Identifier: Apache-2.0
#include "layers/travel_time.hpp"

#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <cmath>

using namespace zonerank;
using layers::BarrierRule;
using layers::FrictionSpec;
using layers::Layer;
using layers::LayerSpec;
using layers::Sources;
using rasters::Box;
using rasters::Grid;
using rasters::Tile;
using tests::Folder;

namespace {

const Grid grid = tests::grid_of(60, 40, 100);

FrictionSpec over_the_grid() {
    FrictionSpec spec;
    spec.area = grid.box();
    spec.crs = rasters::parse_crs(grid.crs);
    return spec;
}

LayerSpec port(const Folder& folder, const std::string& at = "503050 3602050") {
    return tests::wkt_layer(folder, "port", "", {"POINT (" + at + ")"});
}

// A river that parts the ground at x = 501500, for its whole length or with a gap.
LayerSpec river(const Folder& folder) {
    return tests::wkt_layer(folder, "river", "", {"\"LINESTRING (501550 3599000,501550 3605000)\""});
}

Tile solved(const std::vector<LayerSpec>& specs, const FrictionSpec& friction,
            const std::string& measure = "travel time: {to: port}") {
    Sources sources(specs, {}, friction);
    const Layer layer = tests::measured(sources, measure, grid);
    REQUIRE(layer.field);
    layer.field->solve({});
    CHECK(tests::same_in_tiles(layer, grid, 17));
    return tests::whole(layer, grid);
}

std::string said(const std::vector<LayerSpec>& specs, const std::optional<FrictionSpec>& friction) {
    Sources sources(specs, {}, friction);
    try {
        tests::measured(sources, "travel time: {to: port}", grid);
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

} // namespace

TEST_CASE("on even ground time is distance by speed, in all directions") {
    const Folder folder;
    const Tile minutes = solved({port(folder)}, over_the_grid());
    for (const rasters::Cell cell : {rasters::Cell{30, 19}, {59, 19}, {30, 0}, {3, 37}, {59, 0}, {10, 15}}) {
        const rasters::Point p = grid.centre(cell);
        const double metres = std::hypot(p.x - 503050, p.y - 3602050);
        CHECK(static_cast<double>(minutes[cell]) == doctest::Approx(metres * 0.012).epsilon(0.005));
    }
}

TEST_CASE("who comes from below takes longer than who comes from above") {
    const Folder folder;
    std::vector<float> metres;
    for (int i = 0; i < 62 * 40; ++i)
        metres.push_back(static_cast<float>(i % 62 * 5)); // 5 % up to the east
    LayerSpec dem{.name = "dem"};
    dem.paths = {tests::write_raster(
        folder / "dem.tif", {.west = grid.edge_x(0), .north = grid.edge_y(0), .cell = 100, .cols = 62, .rows = 40},
        metres)};
    dem.unit = layers::unit_called("m");
    FrictionSpec friction = over_the_grid();
    friction.terrain = "dem";
    friction.directed = true;
    const Tile minutes = solved({port(folder), dem}, friction);
    CHECK(static_cast<double>(minutes[{10, 19}]) == doctest::Approx(2000 * 0.012 * std::exp(0.175)).epsilon(0.005));
    CHECK(static_cast<double>(minutes[{50, 19}]) == doctest::Approx(2000 * 0.012 * std::exp(-0.175)).epsilon(0.005));
}

TEST_CASE("a river is crossed at the bridge, and nowhere without one") {
    const Folder folder;
    FrictionSpec friction = over_the_grid();
    friction.barriers = {{.layer = "river"}};
    const Tile parted = solved({port(folder), river(folder)}, friction);
    CHECK(std::isnan(parted[{3, 19}]));
    CHECK(std::isnan(parted[{15, 19}]));
    CHECK(parted[{20, 19}] > 0);

    const LayerSpec road = tests::wkt_layer(folder, "road", "", {"\"LINESTRING (501050 3603550,502050 3603550)\""});
    friction.speeds = {{.layer = "road", .speed = 60}};
    const Tile bridged = solved({port(folder), river(folder), road}, friction);
    const double to_bridge = std::hypot(503050 - 502050, 1500) * 0.012, over = 1000 * 0.001;
    CHECK(static_cast<double>(bridged[{10, 4}]) == doctest::Approx(to_bridge + over).epsilon(0.01));
    CHECK(bridged[{3, 19}] > bridged[{10, 4}]);
    CHECK(std::isnan(bridged[{15, 30}])); // in the river
}

TEST_CASE("what is beyond the limit counts as the limit, what can't be reached has no time") {
    const Folder folder;
    FrictionSpec friction = over_the_grid();
    friction.barriers = {{.layer = "river"}};
    const Tile minutes = solved({port(folder), river(folder)}, friction, "travel time: {to: port, limit: 10 min}");
    CHECK(minutes[{59, 39}] == 10);
    CHECK(minutes[{30, 19}] < 2);
    CHECK(std::isnan(minutes[{3, 19}]));
}

TEST_CASE("one-way roads are followed towards the target") {
    const Folder folder;
    FrictionSpec friction = over_the_grid();
    friction.speeds = {{.layer = "road", .speed = 60, .one_way = "oneway"}};
    const auto at_far_end = [&](const char* oneway) {
        const LayerSpec road = tests::wkt_layer(
            folder, "road", "oneway", {std::string(oneway) + ",\"LINESTRING (500050 3602050,503050 3602050)\""});
        return static_cast<double>(solved({port(folder), road}, friction)[{0, 19}]);
    };
    CHECK(at_far_end("yes") == doctest::Approx(3).epsilon(0.01));
    CHECK(at_far_end("-1") == doctest::Approx(36).epsilon(0.01));
    CHECK(at_far_end("no") == doctest::Approx(3).epsilon(0.01));
}

TEST_CASE("lines and areas are reached at their edges") {
    const Folder folder;
    const LayerSpec zone = tests::wkt_layer(
        folder, "port", "",
        {"\"POLYGON ((502000 3601000,502000 3603000,504000 3603000,504000 3601000,502000 3601000))\""});
    const Tile minutes = solved({zone}, over_the_grid());
    CHECK(minutes[{30, 20}] == 0);
    CHECK(static_cast<double>(minutes[{0, 20}]) == doctest::Approx(1950 * 0.012).epsilon(0.005));
}

TEST_CASE("a coarser friction is read between its cells") {
    const Folder folder;
    FrictionSpec friction = over_the_grid();
    friction.area = grid.box().grown(600);
    friction.cell = 300;
    const Tile minutes = solved({port(folder)}, friction);
    CHECK(static_cast<double>(minutes[{0, 19}]) == doctest::Approx(3000 * 0.012).epsilon(0.01));
    CHECK(minutes[{0, 19}] > minutes[{1, 19}]);
}

TEST_CASE("near the area finer cells go on where coarser ones lead") {
    const Folder folder;
    const std::vector<LayerSpec> layers{
        port(folder, "522050 3609050"), river(folder),
        tests::wkt_layer(folder, "road", "",
                         {"\"LINESTRING (500050 3603550,504050 3603000,509050 3608000,522050 3609000)\""})};
    FrictionSpec friction = over_the_grid();
    friction.area = grid.box().grown(25'000);
    friction.barriers = {{.layer = "river"}};
    friction.speeds = {{.layer = "road", .speed = 60}};
    const Tile fine = solved(layers, friction);
    friction.cell = 300;
    const Tile coarse = solved(layers, friction);
    friction.near = layers::NearSpec{.cell = 100, .within = 2000};
    const Tile near = solved(layers, friction);
    double off = 0, off_coarse = 0;
    for (std::size_t c = 0; c < fine.values().size(); ++c) {
        REQUIRE(std::isnan(near.values()[c]) == std::isnan(fine.values()[c]));
        if (std::isnan(fine.values()[c]))
            continue;
        off = std::max(off, std::abs(double{near.values()[c]} / double{fine.values()[c]} - 1));
        if (!std::isnan(coarse.values()[c]))
            off_coarse = std::max(off_coarse, std::abs(double{coarse.values()[c]} / double{fine.values()[c]} - 1));
    }
    CHECK(off < 0.01);
    CHECK(off_coarse > 2 * off); // the bridge is one cell wide
}

TEST_CASE("beyond the limit stays beyond it near the area, and unreachable without a time") {
    const Folder folder;
    FrictionSpec friction = over_the_grid();
    friction.area = grid.box().grown(9'000);
    friction.cell = 300;
    friction.near = layers::NearSpec{.cell = 100, .within = 1000};
    friction.barriers = {{.layer = "fence"}};
    const LayerSpec fence =
        tests::wkt_layer(folder, "fence", "",
                         {"\"LINESTRING (500500 3600500,501500 3600500,501500 3601500,500500 3601500,500500 "
                          "3600500)\""});
    const Tile minutes =
        solved({port(folder, "510050 3602050"), fence}, friction, "travel time: {to: port, limit: 60 min}");
    CHECK(minutes[{0, 19}] == 60);
    CHECK(double{minutes[{59, 19}]} == doctest::Approx(4'100 * 0.012).epsilon(0.005));
    CHECK(std::isnan(minutes[{10, 30}])); // inside the fence
    const Tile none =
        solved({port(folder, "510050 3602050"), fence}, friction, "travel time: {to: port, limit: 5 min}");
    CHECK(none[{59, 19}] == 5);
    CHECK(std::isnan(none[{10, 30}]));
}

TEST_CASE("the nearest by time is on this side of the river, the first of those as near") {
    const Folder folder;
    const LayerSpec ports = tests::wkt_layer(
        folder, "port", "name,code",
        {"Karachi,7,POINT (503050 3602050)", "Gwadar,9,POINT (500050 3602050)", "Qasim,4,POINT (503050 3602050)"});
    FrictionSpec friction = over_the_grid();
    friction.barriers = {{.layer = "river"}};
    Sources sources({ports, river(folder)}, {}, friction);
    const Layer named = tests::measured(sources, "nearest by time: {to: port, field: name}", grid);
    CHECK(named.categorical);
    CHECK(named.classes == std::vector<std::string>{"Gwadar", "Karachi", "Qasim"});
    named.field->solve({});
    CHECK(tests::same_in_tiles(named, grid, 17));
    const Tile nearest = tests::whole(named, grid);
    for (int row = 0; row < grid.rows; ++row)
        for (int col = 0; col < grid.cols; ++col)
            if (col == 15)
                REQUIRE(std::isnan(nearest[{col, row}]));
            else
                REQUIRE(nearest[{col, row}] == (col < 15 ? 0 : 1));

    const Layer coded = tests::measured(sources, "nearest by time: {to: port, field: code, limit: 10 min}", grid);
    CHECK(coded.classes.empty());
    coded.field->solve({});
    CHECK(coded.tile({25, 19, 1, 1}).values().front() == 7); // Karachi's
    CHECK(std::isnan(coded.tile({59, 39, 1, 1}).values().front()));
}

TEST_CASE("without a river the nearest by time is the nearest, on a coarser friction too") {
    const Folder folder;
    const LayerSpec ports =
        tests::wkt_layer(folder, "port", "name", {"A,POINT (501050 3602050)", "B,POINT (504050 3602050)"});
    FrictionSpec friction = over_the_grid();
    friction.area = grid.box().grown(600);
    for (const double cell : {100, 300}) {
        friction.cell = cell;
        Sources sources({ports}, {}, friction);
        const Layer layer = tests::measured(sources, "nearest by time: {to: port, field: name}", grid);
        layer.field->solve({});
        const Tile nearest = tests::whole(layer, grid);
        for (int row = 0; row < grid.rows; ++row)
            for (int col = 0; col < grid.cols; ++col)
                if (const double off = grid.centre_x(col) - 502'550; std::abs(off) > cell)
                    REQUIRE(nearest[{col, row}] == (off < 0 ? 0 : 1));
    }
}

TEST_CASE("a solve tells how far it is, and can be stopped") {
    const Folder folder;
    Sources sources({port(folder)}, {}, over_the_grid());
    const Layer layer = tests::measured(sources, "travel time: {to: port}", grid);
    std::atomic<bool> stop = false;
    double last = 0;
    const rasters::Course course(stop, [&](double part) {
        CHECK(part > last);
        last = part;
    });
    tbb::task_arena(1).execute([&] { layer.field->solve(course); });
    CHECK(last == 1);
    stop = true;
    CHECK_THROWS_WITH_AS(layer.field->solve(course), "stopped", Error);
}

TEST_CASE("targets that can't be reached are told") {
    const Folder folder;
    FrictionSpec friction = over_the_grid();
    CHECK(said({port(folder)}, std::nullopt).find("a `friction` section") != std::string::npos);
    CHECK(said({port(folder, "520000 3602050")}, friction).find("feature 1 lies outside the friction's area") !=
          std::string::npos);
    friction.barriers = {{.layer = "river"}};
    CHECK(said({port(folder, "501550 3602050"), river(folder)}, friction).find("lies on a barrier") !=
          std::string::npos);
}
