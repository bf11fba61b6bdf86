// SPDX-License-Identifier: Apache-2.0
#include "layers/settled.hpp"

#include "layers/accessibility.hpp"
#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::LayerSpec;
using layers::Params;
using layers::Sources;
using rasters::Grid;
using rasters::Tile;
using tests::Folder;

namespace {

const Grid grid = tests::grid_of(20, 20, 100); // 500000 to 502000, 3600000 to 3602000

Params params_of(const std::string& settled) {
    layers::Problems problems;
    const layers::MeasureKind kind = layers::people_within_measure();
    Params params(tests::yaml("{of: any, within: 1 km, settled: " + settled + "}"), kind.parameters, {}, kind.name,
                  problems);
    REQUIRE(problems.ok());
    return params;
}

/// 40 x 40 pixels of 50 m.
LayerSpec raster(const Folder& folder, const std::vector<float>& values, rasters::Values meaning) {
    tests::write_raster(folder / "ground.tif", {.west = 500000, .north = 3602000, .cell = 50, .cols = 40, .rows = 40},
                        values);
    LayerSpec spec;
    spec.name = "ground";
    spec.paths = {folder / "ground.tif"};
    spec.values = meaning;
    return spec;
}

Tile amounts(const LayerSpec& spec, const std::string& settled) {
    Sources sources({spec}, {});
    const Params params = params_of(settled);
    layers::check_settled(params, sources, "settled");
    return layers::settled_amounts(params, sources, grid, "settled")(grid.window());
}

std::string said(const LayerSpec& spec, const std::string& settled) {
    try {
        amounts(spec, settled);
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

constexpr auto classes = rasters::Values::classes, continuous = rasters::Values::continuous;

} // namespace

TEST_CASE("a raster's values, none without data") {
    const Folder folder;
    std::vector<float> values(1600, 0);
    values[0] = 3, values[1] = -9999, values[2] = 1, values[3] = 2;
    const Tile settled = amounts(raster(folder, values, continuous), "ground");
    CHECK(settled[{0, 0}] == doctest::Approx(3));
    CHECK(settled[{1, 0}] == doctest::Approx(3));
    CHECK(settled[{5, 5}] == 0);
    values[90] = -1;
    CHECK(said(raster(folder, values, continuous), "ground") ==
          "layer 'ground' has values below 0; where people are settled is told by values of 0 or more (`nodata` names "
          "what is none)");
}

TEST_CASE("classes by their densities, every pixel of a cell") {
    const Folder folder;
    std::vector<float> codes(1600, 30);
    codes[0] = 50, codes[1] = 40, codes[2] = -9999, codes[3] = 50;
    const LayerSpec spec = raster(folder, codes, classes);
    const Tile settled = amounts(spec, "ground, densities: {50: 1, 40: 0.2}");
    CHECK(settled[{0, 0}] == doctest::Approx(1.2 / 4));
    CHECK(settled[{1, 0}] == doctest::Approx(1.0 / 4));
    CHECK(settled[{9, 9}] == 0);
    CHECK(amounts(spec, "ground, densities: {50: 1, other: 0.1}")[{9, 9}] == doctest::Approx(0.1));
}

TEST_CASE("polygons cover, ground under several once") {
    const Folder folder;
    const LayerSpec towns = tests::wkt_layer(
        folder, "towns", "",
        {"\"POLYGON ((500000 3600000,500150 3600000,500150 3600100,500000 3600100,500000 3600000))\"",
         "\"POLYGON ((500000 3600000,500050 3600000,500050 3600100,500000 3600100,500000 3600000))\""});
    const Tile settled = amounts(towns, "towns");
    CHECK(settled[{0, 19}] == doctest::Approx(1));
    CHECK(settled[{1, 19}] == doctest::Approx(0.5));
    CHECK(settled[{2, 19}] == 0);
}

TEST_CASE("what doesn't tell where people are is told") {
    const Folder folder;
    const std::vector<float> codes(1600, 30);
    CHECK(said(raster(folder, codes, classes), "ground") ==
          "layer 'ground' holds classes; `densities` tells how densely people live in each: {50: 1, 40: 0.05}");
    CHECK(said(raster(folder, codes, continuous), "ground, densities: {30: 1}") ==
          "layer 'ground' holds no classes; write `values: classes` for it");
    CHECK(said(raster(folder, codes, classes), "ground, densities: {30: -1}") ==
          "densities: a density of -1; densities are relative to each other, 0 or more");
    CHECK(said(raster(folder, codes, classes), "ground, densities: {30: 0}") ==
          "densities: all are 0, so nobody lives anywhere");
    CHECK(said(raster(folder, codes, continuous), "[ground, ground]") == "'settled' takes one layer here, found 2");
    const LayerSpec towns = tests::wkt_layer(folder, "towns", "", {"\"POLYGON ((0 0,1 0,1 1,0 0))\""});
    CHECK(said(towns, "towns, densities: {1: 1}") == "densities: layer 'towns' is no raster of classes");
}
