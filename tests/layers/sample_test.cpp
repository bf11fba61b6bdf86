// SPDX-License-Identifier: Apache-2.0
#include "layers/sample.hpp"

#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using layers::Layer;
using layers::LayerSpec;
using layers::Sources;
using rasters::Grid;
using tests::Folder;
using tests::measured;

// Four columns and two rows of 10 m.
static LayerSpec raster(const Folder& folder) {
    const std::vector<float> values{1, 2, 3, 4, 5, 6, 7, -9999};
    LayerSpec spec;
    spec.name = "people";
    spec.paths = {tests::write_raster(folder / "people.tif",
                                      {.west = 500'000, .north = 3'600'020, .cell = 10, .cols = 4, .rows = 2}, values)};
    return spec;
}

TEST_CASE("a raster's own cells come as they are") {
    const Folder folder;
    Sources sources({raster(folder)}, {});
    const Grid grid = tests::grid_of(4, 2, 10);
    const Layer layer = measured(sources, "sample: {of: people}", grid);
    const rasters::Tile tile = layer.tile(grid.window());
    CHECK(tile[{0, 0}] == 1);
    CHECK(tile[{2, 1}] == 7);
    CHECK(std::isnan(tile[{3, 1}]));
    CHECK_FALSE(layer.categorical);
    CHECK(tests::same_in_tiles(layer, grid, 3));
}

TEST_CASE("continuous values are averaged, counts keep their sum, classes are picked") {
    const Folder folder;
    LayerSpec spec = raster(folder);
    const Grid grid = tests::grid_of(2, 1, 20);
    const auto first = [&](rasters::Values values) {
        spec.values = values;
        Sources sources({spec}, {});
        const Layer layer = measured(sources, "sample: {of: people}", grid);
        CHECK(layer.categorical == (values == rasters::Values::classes));
        return layer.tile(grid.window())[{0, 0}];
    };
    CHECK(first(rasters::Values::continuous) == doctest::Approx(3.5));
    CHECK(first(rasters::Values::counts) == doctest::Approx(14));
    const float picked = first(rasters::Values::classes);
    CHECK((picked == 1 || picked == 2 || picked == 5 || picked == 6));
}

TEST_CASE("samples carry the layer's unit, in its base; classes have none") {
    const Folder folder;
    LayerSpec spec = raster(folder);
    spec.unit = layers::unit_called("km");
    const Grid grid = tests::grid_of(4, 2, 10);
    {
        Sources sources({spec}, {});
        const Layer layer = measured(sources, "sample: {of: people}", grid);
        CHECK(layer.unit.name == "m");
        CHECK(layer.tile(grid.window())[{1, 0}] == 2000);
    }
    spec.values = rasters::Values::classes;
    Sources sources({spec}, {});
    const Layer layer = measured(sources, "sample: {of: people}", grid);
    CHECK(layer.unit == layers::Unit{});
    CHECK(layer.tile(grid.window())[{1, 0}] == 2);
}

TEST_CASE("sample needs a raster") {
    const Folder folder;
    const Sources sources({tests::wkt_layer(folder, "roads", "", {"\"LINESTRING (0 0, 1 1)\""})}, {});
    CHECK_THROWS_WITH_AS(tests::measure(sources, "sample: {of: roads}"),
                         "test: layer 'roads' holds lines; sample needs a raster", Error);
}
