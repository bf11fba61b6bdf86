// SPDX-License-Identifier: Apache-2.0
#include "layers/speed_map.hpp"

#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using layers::Friction;
using layers::FrictionSpec;
using layers::Sources;
using rasters::Tile;
using tests::Folder;

TEST_CASE("a cell has the speed of the fastest that crosses it, in whatever window") {
    const Folder folder;
    const rasters::Grid grid = tests::grid_of(10, 10, 100);
    // The lines run through the sixth row from the north, the lake covers columns 2 and 3.
    Sources sources({tests::wkt_layer(folder, "road", "class",
                                      {"slow,\"LINESTRING (500000 3600450,501000 3600450)\"",
                                       "fast,\"LINESTRING (500450 3600420,500650 3600420)\""}),
                     tests::wkt_layer(folder, "lake", "",
                                      {"\"POLYGON ((500200 3600000,500200 3601000,500400 3601000,500400 "
                                       "3600000,500200 3600000))\""})},
                    {});
    FrictionSpec spec;
    spec.ground = 4;
    spec.speeds = {{.layer = "road",
                    .field = "class",
                    .by_class = {{layers::parse_class("slow"), 2}, {layers::parse_class("fast"), 80}}}};
    spec.barriers = {{.layer = "lake"}};
    const layers::SpeedMap map(spec, sources, std::make_shared<const Friction>(spec, sources, grid));
    const Tile speed = map.tile({0, 0, 10, 10});
    CHECK(speed[{0, 0}] == doctest::Approx(4));
    CHECK(std::isnan(speed[{2, 0}]));
    CHECK(speed[{2, 5}] == doctest::Approx(2)); // a bridge
    CHECK(speed[{0, 5}] == doctest::Approx(4)); // whoever is faster than on the road goes beside it
    for (int col = 4; col <= 6; ++col)
        CHECK(speed[{col, 5}] == doctest::Approx(80));
    CHECK(speed[{7, 5}] == doctest::Approx(4));
    CHECK(map.tile({5, 5, 1, 1})[{5, 5}] == speed[{5, 5}]);
    CHECK(map.tile({7, 5, 3, 2})[{7, 5}] == speed[{7, 5}]);
}
