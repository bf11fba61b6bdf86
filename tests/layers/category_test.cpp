// SPDX-License-Identifier: Apache-2.0
#include "layers/category.hpp"

#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using layers::Layer;
using layers::LayerSpec;
using layers::Sources;
using rasters::Grid;
using rasters::Tile;
using tests::Folder;
using tests::measured;
using tests::same_in_tiles;

// Codes of 10 m cells, drawn as digits; '.' is no data.
static LayerSpec classes(const Folder& folder, const std::vector<std::string>& rows) {
    std::vector<float> values;
    for (const std::string& row : rows)
        for (const char c : row)
            values.push_back(c == '.' ? -9999.0F : static_cast<float>(c - '0'));
    const int cols = static_cast<int>(rows[0].size()), count = static_cast<int>(rows.size());
    LayerSpec spec;
    spec.name = "landcover";
    spec.paths = {tests::write_raster(
        folder / "landcover.tif",
        {.west = 500'000, .north = 3'600'000 + 10.0 * count, .cell = 10, .cols = cols, .rows = count}, values)};
    spec.values = rasters::Values::classes;
    return spec;
}

static std::string drawn(const Tile& tile) {
    std::string text;
    for (const float value : tile.values())
        text += std::isnan(value) ? '.' : static_cast<char>('0' + static_cast<int>(value));
    return text;
}

TEST_CASE("the class of a raster's cell") {
    const Folder folder;
    Sources sources({classes(folder, {"1123", "1.23", "4433", "4439"})}, {});
    const Grid grid = tests::grid_of(4, 4, 10);
    const Layer layer = measured(sources, "category: {of: landcover}", grid);
    CHECK(layer.categorical);
    CHECK(layer.unit == layers::Unit{});
    CHECK(drawn(layer.tile(grid.window())) == "11231.2344334439");
    const Grid fine = tests::grid_of(8, 8, 5);
    CHECK(drawn(measured(sources, "category: {of: landcover}", fine).tile({0, 0, 8, 2})) == "1111223311112233");
}

TEST_CASE("a cell of several takes the most frequent class, the smallest of equals") {
    const Folder folder;
    LayerSpec spec = classes(folder, {"1123", "1.23", "4433", "4939", "..65", "..56", "77..", "8..."});
    const Grid grid = tests::grid_of(2, 4, 20);
    Sources sources({spec}, {});
    const Layer layer = measured(sources, "category: {of: landcover}", grid);
    CHECK(drawn(layer.tile(grid.window())) == "1243.57.");
    for (const int side : {1, 3})
        CHECK(same_in_tiles(layer, grid, side));
    spec.resample = rasters::Resample::nearest;
    Sources nearest({spec}, {});
    const std::string picked = drawn(measured(nearest, "category: {of: landcover}", grid).tile(grid.window()));
    CHECK(picked.size() == 8);
    CHECK(picked != "1243.57.");
}

TEST_CASE("polygons: texts are coded by the alphabet, numbers are their own code") {
    const Folder folder;
    const auto square = [](int x) {
        return fmt::format("\"POLYGON (({0} 3600000, {1} 3600000, {1} 3600010, {0} 3600010, {0} 3600000))\"",
                           500'000 + 10 * x, 500'010 + 10 * x);
    };
    Sources sources({tests::wkt_layer(folder, "landuse", "kind,code",
                                      {"residential,30," + square(0), "farm,20," + square(1), ",," + square(2),
                                       "residential,30," + square(3), "Öl,7," + square(4)})},
                    {});
    const Grid grid = tests::grid_of(6, 1, 10);
    const Layer layer = measured(sources, "category: {of: landuse, field: kind}", grid);
    CHECK(layer.categorical);
    CHECK(layer.classes == std::vector<std::string>{"farm", "residential", "Öl"});
    CHECK(drawn(layer.tile(grid.window())) == "10.12.");
    const Layer codes = measured(sources, "category: {of: landuse, field: code}", grid);
    CHECK(codes.classes.empty());
    CHECK(codes.tile(grid.window())[{0, 0}] == 30);
    CHECK(codes.tile(grid.window())[{4, 0}] == 7);
    CHECK(std::isnan(codes.tile(grid.window())[{2, 0}]));
    const Layer some = measured(sources, "category: {of: landuse, field: kind, where: kind <> 'farm'}", grid);
    CHECK(some.classes == std::vector<std::string>{"residential", "Öl"});
    CHECK(same_in_tiles(layer, grid, 2));
}

TEST_CASE("category says what doesn't fit") {
    const Folder folder;
    LayerSpec counts = classes(folder, {"12"});
    counts.name = "people";
    counts.values = rasters::Values::counts;
    LayerSpec unsaid = classes(folder, {"12"});
    unsaid.name = "unsaid";
    unsaid.values = {};
    const std::string square = "\"POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))\"";
    Sources sources({classes(folder, {"12"}), counts, unsaid,
                     tests::wkt_layer(folder, "zones", "share,id2", {"0.5,16777217," + square}),
                     tests::wkt_layer(folder, "roads", "kind", {"a,\"LINESTRING (0 0, 1 1)\""})},
                    {});
    const auto refused = [&](const std::string& text, const char* why) {
        CAPTURE(text);
        CHECK_THROWS_WITH_AS(measured(sources, text, tests::grid_of(1, 1, 10)), why, Error);
    };
    refused("category: {of: zones}", "test: field: which field of layer 'zones' is the class?");
    refused("category: {of: landcover, field: x}", "test: field: layer 'landcover' is a raster and has no fields");
    refused("category: {of: landcover, where: x = 1}", "test: where: layer 'landcover' is a raster and has no fields");
    refused("category: {of: people}",
            "test: layer 'people' holds no classes; write `values: classes` for it, or measure it with sample");
    refused("category: {of: unsaid}", "test: layer 'unsaid' doesn't say that its numbers are classes; write `values: "
                                      "classes` for it, or measure it with sample");
    refused("category: {of: roads, field: kind}", "test: layer 'roads' holds lines; category needs polygons");
    refused("category: {of: zones, field: share}",
            "layer 'zones': 0.5 is no class; whole numbers up to 16777216 or texts are");
    refused("category: {of: zones, field: id2}",
            "layer 'zones': 16777217 is no class; whole numbers up to 16777216 or texts are");
}
