// SPDX-License-Identifier: Apache-2.0
#include "layers/measures.hpp"

#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace zonerank;
using layers::Dimension;
using layers::Geometries;
using layers::Sources;
using layers::Type;
using tests::Folder;

TEST_CASE("every row of the table is complete") {
    std::set<std::string_view> names;
    for (const layers::MeasureKind& kind : layers::measures()) {
        CAPTURE(std::string(kind.name));
        CHECK(names.insert(kind.name).second);
        CHECK_FALSE(kind.summary.empty());
        CHECK_FALSE(kind.summary.ends_with('.'));
        CHECK(static_cast<bool>(kind.make.unit));
        CHECK(static_cast<bool>(kind.make.layer));
        std::set<std::string_view> parameters;
        for (const layers::Parameter& parameter : kind.parameters) {
            CAPTURE(std::string(parameter.name));
            CHECK(parameters.insert(parameter.name).second);
            CHECK_FALSE(parameter.help.empty());
            CHECK((parameter.type == Type::choice) == !parameter.choices.empty());
            CHECK_FALSE((parameter.optional && !parameter.fallback.empty()));
        }
        // `to:` for what is travelled to, `of:` for what is measured, `measure:` for another.
        CHECK(parameters.contains("to") + parameters.contains("of") + parameters.contains("measure") == 1);
    }
    for (const char* name :
         {"distance", "sample", "slope", "aspect", "ruggedness", "attribute", "cover", "density", "category", "focal"})
        CHECK(names.contains(name));
}

TEST_CASE("fallbacks are what a study could write") {
    for (const layers::MeasureKind& kind : layers::measures())
        for (const layers::Parameter& parameter : kind.parameters)
            if (!parameter.fallback.empty()) {
                layers::Problems problems;
                const layers::Parameter rows[] = {parameter};
                const layers::Params params(layers::Node{}, rows, {}, kind.name, problems);
                CHECK(problems.ok());
                CHECK(params.has(parameter.name));
            }
}

TEST_CASE("kinds of geometry in words") {
    CHECK(layers::to_text(Geometries{.points = true}) == "points");
    CHECK(layers::to_text(Geometries{.points = true, .polygons = true}) == "points or polygons");
    CHECK(layers::to_text(Geometries{true, true, true}) == "points, lines or polygons");
    CHECK(layers::to_text(Geometries{true, false, true}, "and") == "points and polygons");
}

TEST_CASE("measurements are in the base of their dimension; the user's own units stay") {
    CHECK(layers::base_of(layers::unit_called("km")).name == "m");
    CHECK(layers::base_of(layers::Unit{}) == layers::Unit{});
    CHECK(layers::base_of(layers::unit_called("PKR/acre")).name == "PKR/acre");
}

TEST_CASE("scaling leaves no data alone") {
    rasters::Tile tile({0, 0, 2, 1});
    tile[{0, 0}] = 3;
    tile[{1, 0}] = rasters::no_data;
    const rasters::Tile metres = layers::scaled(std::move(tile), 1000);
    CHECK(metres[{0, 0}] == 3000);
    CHECK(std::isnan(metres[{1, 0}]));
}

TEST_CASE("layers must fit the measure") {
    const Folder folder;
    const std::vector<float> values{1};
    layers::LayerSpec terrain;
    terrain.name = "terrain";
    terrain.paths = {tests::write_raster(folder / "t.tif", {.cols = 1, .rows = 1}, values)};
    const Sources sources(
        {terrain, tests::wkt_layer(folder, "roads", "class", {"a,\"LINESTRING (0 0, 1 1)\""}),
         tests::wkt_layer(folder, "none", "class", {}),
         tests::wkt_layer(
             folder, "all", "",
             {"\"GEOMETRYCOLLECTION (POINT (0 0), LINESTRING (0 0, 1 1), POLYGON ((0 0, 1 0, 1 1, 0 0)))\""})},
        {});
    const Geometries any{true, true, true}, polygons{.polygons = true};
    layers::LayerSpec mixed =
        tests::wkt_layer(folder, "mixed", "", {"POINT (0 0)", "\"MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))\""});
    CHECK_THROWS_WITH_AS(layers::need_features(Sources({mixed}, {}), "mixed", "cover", polygons),
                         "layer 'mixed' holds points and polygons; cover needs polygons (give the layer a where: "
                         "\"OGR_GEOMETRY like '%POLYGON'\" or the like)",
                         Error);
    mixed.where = "OGR_GEOMETRY like '%POLYGON'";
    CHECK_NOTHROW(layers::need_features(Sources({mixed}, {}), "mixed", "cover", polygons));
    CHECK_NOTHROW(layers::need_features(sources, "roads", "distance", any));
    CHECK_NOTHROW(layers::need_features(sources, "all", "cover", polygons));
    CHECK_NOTHROW(layers::need_raster(sources, "terrain", "slope"));
    CHECK_THROWS_WITH_AS(layers::need_features(sources, "terrain", "distance", any),
                         "layer 'terrain' is a raster; distance needs points, lines or polygons", Error);
    CHECK_THROWS_WITH_AS(layers::need_features(sources, "roads", "cover", polygons),
                         "layer 'roads' holds lines; cover needs polygons", Error);
    CHECK_THROWS_WITH_AS(layers::need_features(sources, "none", "distance", any), "layer 'none' is empty", Error);
    CHECK_THROWS_WITH_AS(layers::need_features(sources, "road", "distance", any),
                         "unknown layer 'road'; did you mean 'roads'?", Error);
    CHECK_THROWS_WITH_AS(layers::need_raster(sources, "roads", "slope"),
                         "layer 'roads' holds lines; slope needs a raster", Error);
}
