// SPDX-License-Identifier: Apache-2.0
#include "layers/network_time.hpp"

#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using layers::FrictionSpec;
using layers::Layer;
using layers::LayerSpec;
using layers::Sources;
using rasters::Grid;
using rasters::Tile;
using tests::Folder;

namespace {

const Grid grid = tests::grid_of(60, 40, 100); // 500000..506000, 3600000..3604000

/// A road along y = 3602050 with a bridge over another one, of fields class, way, level.
std::vector<LayerSpec> layers_of(const Folder& folder, const std::string& port = "500050 3602050") {
    return {tests::wkt_layer(folder, "port", "", {"POINT (" + port + ")"}),
            tests::wkt_layer(folder, "roads", "class,way,level",
                             {"fast,,,\"LINESTRING (500050 3602050,503000 3602050)\"",
                              "fast,,1,\"LINESTRING (503000 3602050,504000 3602050)\"",
                              "fast,,,\"LINESTRING (504000 3602050,505950 3602050)\"",
                              "slow,no,0,\"LINESTRING (503500 3600050,503500 3603950)\""})};
}

FrictionSpec speeds() {
    FrictionSpec spec;
    spec.speeds = {{.layer = "roads",
                    .field = "class",
                    .by_class = {{layers::parse_class("fast"), 60}, {layers::parse_class("slow"), 30}}}};
    return spec;
}

Tile minutes(const Folder& folder, const std::string& more, FrictionSpec friction = speeds()) {
    Sources sources(layers_of(folder), {}, std::move(friction));
    const Layer layer = tests::measured(sources, "network time: {to: port" + more + "}", grid);
    CHECK(layer.unit.name == "min");
    CHECK(tests::same_in_tiles(layer, grid, 17));
    return tests::whole(layer, grid);
}

std::string said(const std::vector<LayerSpec>& specs, const std::optional<FrictionSpec>& friction,
                 const std::string& more = "") {
    Sources sources(specs, {}, friction);
    try {
        tests::measured(sources, "network time: {to: port" + more + "}", grid);
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

double at(const Tile& tile, int col, int row) {
    return static_cast<double>(tile[{col, row}]);
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("minutes along the friction's lines, from any cell") {
    const Folder folder;
    const Tile tile = minutes(folder, "");
    // The grid is in UTM, 0.04 % shorter than the ground at its central meridian.
    CHECK(at(tile, 50, 19) == doctest::Approx(5 / 0.9996).epsilon(1e-5));
    const double aslant = std::sqrt(0.012 * 0.012 - 0.001 * 0.001);
    CHECK(at(tile, 50, 15) == doctest::Approx(5 + 400 * aslant).epsilon(1e-3));
    CHECK(at(tile, 0, 19) == 0);
}

TEST_CASE("bridges are crossed over or turned off at, by the field of levels") {
    const Folder folder;
    const int col = 35, row = 2; // 50 m from the slow road, 1.7 km north of the bridge
    const double walk = 17 * 1.2;
    CHECK(at(minutes(folder, ", join: all crossings"), col, row) == doctest::Approx(3.45 + 3.4 + 0.59).epsilon(0.005));
    CHECK(at(minutes(folder, ", join: all crossings, level: level"), col, row) > 3.45 + 3.4 + 0.5);
    CHECK(at(minutes(folder, ", join: all crossings, level: level"), col, row) < 3.45 + walk);
}

TEST_CASE("what is beyond the limit counts as that, what nothing reaches is unknown") {
    const Folder folder;
    const Tile tile = minutes(folder, ", limit: 4 min, within: 500 m");
    CHECK(at(tile, 55, 19) == 4);
    CHECK(std::isnan(at(tile, 10, 30)));
    CHECK(at(tile, 20, 19) < 3);
}

TEST_CASE("one-way lines lead only there") {
    const Folder folder;
    FrictionSpec friction = speeds();
    friction.speeds[0].one_way = "way";
    CHECK(at(minutes(folder, "", friction), 50, 19) == doctest::Approx(5).epsilon(1e-3));
    Sources sources({tests::wkt_layer(folder, "port", "", {"POINT (500050 3602050)"}),
                     tests::wkt_layer(folder, "roads", "class,way,level",
                                      {"fast,yes,,\"LINESTRING (500050 3602050,503000 3602050)\""})},
                    {}, friction);
    const Tile tile = tests::whole(tests::measured(sources, "network time: {to: port, within: 300 m}", grid), grid);
    CHECK(std::isnan(at(tile, 20, 19)));
    CHECK(at(tile, 2, 19) == doctest::Approx(2.4).epsilon(1e-3));
}

TEST_CASE("what doesn't work is told") {
    const Folder folder;
    const auto specs = layers_of(folder);
    CHECK(has(said(specs, {}), "network time needs lines"));
    CHECK(has(said(specs, FrictionSpec{}), "network time needs lines"));
    CHECK(has(said(specs, speeds(), ", level: lvel"), "level"));
    CHECK(has(said(specs, speeds(), ", join: everywhere"), "join"));
    CHECK(has(said(specs, speeds(), ", level: class"), "expected a whole number, found 'fast'"));
    CHECK(said(layers_of(folder, "500050 3609050"), speeds()) ==
          "1 of 1 targets lies farther than 5 km from every line of `friction: speeds` (the nearest: 6.16 km); leave "
          "it out "
          "with `where`, or take a larger `within`");
    auto elsewhere = specs;
    elsewhere[1] = tests::wkt_layer(folder, "abroad", "class,way,level",
                                    {"fast,,,\"LINESTRING (550000 3602050,553000 3602050)\""});
    elsewhere[1].name = "roads";
    CHECK(said(elsewhere, speeds()) == "no line of `friction: speeds` comes within 5 km of the area");
}

TEST_CASE("a network in pieces is hinted at") {
    const Folder folder;
    Sources sources(layers_of(folder), {}, speeds());
    CHECK(has(tests::measured(sources, "network time: {to: port}", grid).hint,
              "no target can be reached from 57 % of the network, which falls into 2 pieces"));
    CHECK(tests::measured(sources, "network time: {to: port, join: all crossings}", grid).hint.empty());
}
