// SPDX-License-Identifier: Apache-2.0
#include "layers/polygons.hpp"

#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace zonerank;
using layers::Layer;
using layers::Sources;
using rasters::Grid;
using rasters::Tile;
using tests::Folder;
using tests::measured;
using tests::same_in_tiles;
using tests::whole;

// A rectangle in metres from grid_of()'s corner.
static std::string rectangle(double x0, double y0, double x1, double y1) {
    constexpr double x = 500'000, y = 3'600'000;
    return fmt::format("\"POLYGON (({0} {1}, {2} {1}, {2} {3}, {0} {3}, {0} {1}))\"", x + x0, y + y0, x + x1, y + y1);
}

static Tile tile_of(Sources& sources, const std::string& text, const Grid& grid) {
    return whole(measured(sources, text, grid), grid);
}

TEST_CASE("attribute is the number of the polygon that holds the centre") {
    const Folder folder;
    Sources sources({tests::wkt_layer(folder, "districts", "literacy,name",
                                      {"74.5,A," + rectangle(0, 0, 30, 40), "68,B," + rectangle(30, 0, 60, 40)})},
                    {});
    const Grid grid = tests::grid_of(8, 4, 10);
    const Tile tile = tile_of(sources, "attribute: {of: districts, field: literacy}", grid);
    for (int row = 0; row < 4; ++row)
        for (int col = 0; col < 8; ++col) {
            CAPTURE(col);
            if (col < 6)
                CHECK(tile[{col, row}] == (col < 3 ? 74.5F : 68.0F));
            else
                CHECK(std::isnan(tile[{col, row}]));
        }
}

TEST_CASE("a centre on a common border belongs to exactly one of the two") {
    const Folder folder;
    // The border runs through the centres of column 2; one ring clockwise, one not.
    Sources sources(
        {tests::wkt_layer(folder, "left", "v", {"1," + rectangle(0, 0, 25, 40)}),
         tests::wkt_layer(folder, "right", "v", {"1," + rectangle(60, 0, 25, 40)}),
         tests::wkt_layer(folder, "slanted", "v",
                          {"1,\"POLYGON ((500000 3600000, 500050 3600000, 500000 3600050, 500000 3600000))\"",
                           "2,\"POLYGON ((500050 3600000, 500050 3600050, 500000 3600050, 500050 3600000))\""})},
        {});
    const Grid grid = tests::grid_of(5, 5, 10);
    const Tile left = tile_of(sources, "attribute: {of: left, field: v}", grid);
    const Tile right = tile_of(sources, "attribute: {of: right, field: v}", grid);
    for (int row = 1; row < 5; ++row)
        CHECK(std::isnan(left[{2, row}]) != std::isnan(right[{2, row}]));
    const Tile slanted = tile_of(sources, "attribute: {of: slanted, field: v}", grid);
    for (const float value : slanted.values())
        CHECK_FALSE(std::isnan(value));
}

TEST_CASE("the last polygon in the file wins; null is no data, there too") {
    const Folder folder;
    Sources sources({tests::wkt_layer(folder, "zones", "v",
                                      {"1," + rectangle(0, 0, 40, 10), "2," + rectangle(10, 0, 40, 10),
                                       "," + rectangle(20, 0, 40, 10), "4," + rectangle(30, 0, 40, 10)})},
                    {});
    const Grid grid = tests::grid_of(4, 1, 10);
    const Tile tile = tile_of(sources, "attribute: {of: zones, field: v}", grid);
    CHECK(tile[{0, 0}] == 1);
    CHECK(tile[{1, 0}] == 2);
    CHECK(std::isnan(tile[{2, 0}]));
    CHECK(tile[{3, 0}] == 4);
    CHECK(tile_of(sources, "attribute: {of: zones, field: v, where: v is not null and v < 4}", grid)[{2, 0}] == 2);
}

TEST_CASE("attributes carry the layer's unit, in its base") {
    const Folder folder;
    layers::LayerSpec spec = tests::wkt_layer(folder, "zones", "v", {"1.5," + rectangle(0, 0, 10, 10)});
    const Grid grid = tests::grid_of(1, 1, 10);
    for (const auto& [name, base, value] :
         {std::tuple("km", "m", 1500.0F), std::tuple("%", "%", 1.5F), std::tuple("PKR/acre", "PKR/acre", 1.5F)}) {
        spec.unit = layers::unit_called(name);
        Sources sources({spec}, {});
        const Layer layer = measured(sources, "attribute: {of: zones, field: v}", grid);
        CHECK(layer.unit.name == base);
        CHECK(layer.tile(grid.window())[{0, 0}] == value);
        CHECK(tests::measure(sources, "attribute: {of: zones, field: v}").unit == layer.unit);
    }
}

TEST_CASE("attribute says what doesn't fit") {
    const Folder folder;
    Sources sources({tests::wkt_layer(folder, "zones", "v,name", {"1,A," + rectangle(0, 0, 10, 10)}),
                     tests::wkt_layer(folder, "roads", "v", {"1,\"LINESTRING (0 0, 1 1)\""})},
                    {});
    CHECK_THROWS_WITH_AS(tests::measure(sources, "attribute: {of: roads, field: v}"),
                         "test: layer 'roads' holds lines; attribute needs polygons", Error);
    CHECK_THROWS_WITH_AS(tests::measure(sources, "attribute: {of: zones, field: nam}"),
                         "test: layer 'zones': zones.csv: unknown field 'nam'; did you mean 'name'?", Error);
    CHECK_THROWS_WITH_AS(tests::measure(sources, "attribute: {of: [zones, zones], field: v}"),
                         "test: 'of' takes one layer here, found 2", Error);
    CHECK_THROWS_WITH_AS(measured(sources, "attribute: {of: zones, field: name}", tests::grid_of(1, 1, 10)),
                         "layer 'zones': name is text ('A'); attribute needs numbers, category takes texts", Error);
}

TEST_CASE("cover is the exact share, shared ground once") {
    const Folder folder;
    Sources sources(
        {tests::wkt_layer(folder, "woods", "kind",
                          {"a," + rectangle(0, 0, 5, 10), "b," + rectangle(2.5, 0, 15, 5),
                           "c,\"POLYGON ((500020 3600000, 500030 3600000, 500030 3600010, 500020 3600000), "
                           "(500027 3600001, 500029 3600001, 500029 3600003, 500027 3600003, 500027 3600001))\""}),
         tests::wkt_layer(folder, "parks", "kind", {"a," + rectangle(30, 0, 40, 10), "b," + rectangle(0, 0, 5, 10)})},
        {});
    const Grid grid = tests::grid_of(5, 1, 10);
    const Layer layer = measured(sources, "cover: {of: woods}", grid);
    CHECK(layer.unit == layers::base_unit(layers::Dimension::percent));
    const Tile tile = layer.tile(grid.window());
    CHECK(tile[{0, 0}] == doctest::Approx(75));
    CHECK(tile[{1, 0}] == doctest::Approx(25));
    CHECK(tile[{2, 0}] == doctest::Approx(46));
    CHECK(tile[{3, 0}] == 0);
    const Tile both = tile_of(sources, "cover: {of: [woods, parks]}", grid);
    CHECK(both[{0, 0}] == doctest::Approx(75));
    CHECK(both[{3, 0}] == doctest::Approx(100));
    CHECK(tile_of(sources, "cover: {of: woods, where: kind = 'b'}", grid)[{0, 0}] == doctest::Approx(37.5));
}

TEST_CASE("polygons measure the same in whatever window") {
    const Folder folder;
    std::mt19937 random(11);
    std::vector<std::string> zones;
    for (int i = 0; i < 60; ++i) {
        const double x = random() % 900, y = random() % 900, w = 1 + random() % 300, h = 1 + random() % 300;
        zones.push_back(std::to_string(i) + "," + rectangle(x, y, x + w / 2, y + h / 3));
    }
    Sources sources({tests::wkt_layer(folder, "zones", "v", zones)}, {});
    const Grid grid = tests::grid_of(70, 70, 14.3);
    for (const char* text : {"attribute: {of: zones, field: v}", "cover: {of: zones}"}) {
        const Layer layer = measured(sources, text, grid);
        for (const int side : {1, 16, 33})
            CHECK(same_in_tiles(layer, grid, side));
    }
    // The last rectangle that holds the centre, by hand.
    const Tile tile = tile_of(sources, "attribute: {of: zones, field: v}", grid);
    const auto set = sources.features("zones", "", {"v"}, grid);
    for (int row = 0; row < 70; ++row)
        for (int col = 0; col < 70; ++col) {
            float expected = rasters::no_data;
            for (const layers::Feature& zone : set->features)
                if (rasters::bounds(zone.shape).contains(grid.centre({col, row})))
                    expected = static_cast<float>(std::get<std::int64_t>(zone.fields[0]));
            CHECK((tile[{col, row}] == expected || (std::isnan(expected) && std::isnan(tile[{col, row}]))));
        }
}
