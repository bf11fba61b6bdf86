// SPDX-License-Identifier: Apache-2.0
#include "layers/sources.hpp"

#include "tests/support/files.hpp"
#include "tests/support/measuring.hpp"
#include "tests/support/said.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <thread>

using namespace zonerank;
using layers::Sources;
using tests::Folder;
using tests::said;

static layers::LayerSpec roads(const Folder& folder) {
    return tests::wkt_layer(folder, "roads", "class",
                            {"trunk,\"LINESTRING Z (500000 3600000 1, 500100 3600000 2)\"",
                             "track,\"LINESTRING (500000 3600050, 500100 3600050)\"", "path,"});
}

static layers::LayerSpec raster_layer(const Folder& folder, const std::string& name) {
    const std::vector<float> values{1, 2, 3, 4};
    layers::LayerSpec spec;
    spec.name = name;
    spec.paths = {tests::write_raster(folder / (name + ".tif"),
                                      {.west = 500'000, .north = 3'600'100, .cell = 50, .cols = 2, .rows = 2}, values)};
    return spec;
}

TEST_CASE("an unknown layer is told with the nearest") {
    const Folder folder;
    const Sources sources({roads(folder), raster_layer(folder, "terrain")}, {});
    CHECK(said([&] { sources.spec("rods"); }) == "unknown layer 'rods'; did you mean 'roads'?");
    CHECK(said([&] { sources.feature_info("substations"); }) == "unknown layer 'substations'; there is roads, terrain");
    CHECK(sources.spec("terrain").name == "terrain");
}

TEST_CASE("features are read once for each question") {
    const Folder folder;
    Sources sources({roads(folder)}, {});
    const rasters::Grid grid = tests::grid_of(10, 10, 10);
    const auto all = sources.features("roads", "", {}, grid);
    CHECK(all->features.size() == 2);
    CHECK(sources.features("roads", "", {}, grid) == all);
    CHECK(sources.features("roads", "class = 'trunk'", {}, grid) != all);
    CHECK(sources.features("roads", "", {"class"}, grid) != all);
    rasters::Grid larger = grid;
    larger.cols = 20;
    CHECK(sources.features("roads", "", {}, larger) == all);
    larger.crs = rasters::parse_crs("EPSG:32642").wkt;
    CHECK(sources.features("roads", "", {}, larger) != all);
}

TEST_CASE("features can be let go and are read again") {
    const Folder folder;
    Sources sources({roads(folder)}, {});
    const rasters::Grid grid = tests::grid_of(10, 10, 10);
    const std::weak_ptr<const layers::FeatureSet> first = sources.features("roads", "", {}, grid);
    CHECK_FALSE(first.expired());
    sources.release_features();
    CHECK(first.expired());
    CHECK(sources.repairs().at("roads").read == 3);
    CHECK(sources.features("roads", "", {}, grid)->features.size() == 2);
}

TEST_CASE("what was read of a layer and is held still can be asked for, without reading") {
    const Folder folder;
    Sources sources({roads(folder)}, {});
    const rasters::Grid grid = tests::grid_of(10, 10, 10);
    CHECK(sources.held("roads", grid.crs).empty());
    const auto trunk = sources.features("roads", "class = 'trunk'", {}, grid);
    const auto all = sources.features("roads", "", {}, grid);
    CHECK(sources.held("roads", grid.crs) == std::vector{all, trunk});
    CHECK(sources.held("road", grid.crs).empty());
    CHECK(sources.held("roads", rasters::parse_crs("EPSG:32642").wkt).empty());
    sources.release_features();
    CHECK(sources.held("roads", grid.crs).empty());
}

// Nodes, a road and a pond.
static layers::LayerSpec osm(const Folder& folder, const std::string& name, const std::string& layer) {
    tests::write_file(folder / "a.osm", R"(<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="33.0" lon="73.0"/><node id="2" lat="33.0" lon="73.1"/><node id="3" lat="33.1" lon="73.1"/>
<way id="10"><nd ref="1"/><nd ref="2"/><tag k="highway" v="trunk"/></way>
<way id="12"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="natural" v="water"/></way></osm>)");
    layers::LayerSpec spec;
    spec.name = name;
    spec.paths = {folder / "a.osm"};
    spec.layer = layer;
    return spec;
}

TEST_CASE("what is expected of an OpenStreetMap file is read in one pass") {
    const Folder folder;
    Sources sources(
        {osm(folder, "roads", "lines"), osm(folder, "water", "multipolygons"), osm(folder, "towns", "points")}, {});
    const rasters::Grid grid = tests::grid_of(10, 10, 10);
    sources.expect("roads", "highway = 'trunk'", {"highway"});
    sources.expect("water", "", {});
    sources.expect("water", "", {});
    sources.expect("towns", "", {});
    sources.feature_info("water");
    sources.feature_info("towns");
    const auto roads = sources.features("roads", "highway = 'trunk'", {"highway"}, grid);
    REQUIRE(roads->features.size() == 1);
    CHECK(roads->features[0].fields == std::vector<layers::Field>{std::string("trunk")});
    // With the file gone, only what came with that one pass is known.
    std::filesystem::remove(folder / "a.osm");
    CHECK(sources.features("water", "", {}, grid)->features.size() == 1);
    CHECK(sources.features("roads", "highway = 'trunk'", {"highway"}, grid) == roads);
    CHECK(said([&] { sources.features("towns", "", {}, grid); }) == "layer 'towns': no features");
    CHECK(said([&] { sources.features("water", "natural = 'water'", {}, grid); }).starts_with("layer 'water': "));
    CHECK(sources.repairs().at("water").read == 1);
}

TEST_CASE("one bad expectation does not spoil the others") {
    const Folder folder;
    Sources sources({osm(folder, "roads", "lines"), osm(folder, "water", "multipolygons")}, {});
    const rasters::Grid grid = tests::grid_of(10, 10, 10);
    sources.expect("roads", "hihgway = 'trunk'", {});
    sources.expect("water", "", {});
    CHECK(sources.features("water", "", {}, grid)->features.size() == 1);
    CHECK(said([&] { sources.features("roads", "hihgway = 'trunk'", {}, grid); }).find("did you mean 'highway'") !=
          std::string::npos);
}

TEST_CASE("many threads get the same features") {
    const Folder folder;
    Sources sources({roads(folder)}, {});
    const rasters::Grid grid = tests::grid_of(10, 10, 10);
    std::vector<std::shared_ptr<const layers::FeatureSet>> sets(8);
    {
        std::vector<std::jthread> threads;
        for (auto& set : sets)
            threads.emplace_back([&] { set = sources.features("roads", "", {}, grid); });
    }
    for (const auto& set : sets)
        CHECK(set == sets.front());
}

TEST_CASE("the layer's condition and the measure's both count") {
    const Folder folder;
    layers::LayerSpec spec = roads(folder);
    spec.where = "class = 'trunk' or class = 'track'";
    Sources sources({spec}, {});
    const rasters::Grid grid = tests::grid_of(10, 10, 10);
    CHECK(sources.features("roads", "", {}, grid)->features.size() == 2);
    CHECK(sources.features("roads", "class <> 'trunk'", {}, grid)->features.size() == 1);
    CHECK(said([&] { sources.features("roads", "class = 'path'", {}, grid); }) ==
          "layer 'roads': no features where (class = 'trunk' or class = 'track') AND (class = 'path')");
    CHECK(layers::both("", "b") == "b");
    CHECK(layers::both("a", "") == "a");
}

TEST_CASE("no features, or none with a geometry, is an error") {
    const Folder folder;
    Sources sources(
        {tests::wkt_layer(folder, "none", "", {}), tests::wkt_layer(folder, "bare", "", {"", "POINT EMPTY"})}, {});
    const rasters::Grid grid = tests::grid_of(10, 10, 10);
    CHECK(said([&] { sources.features("none", "", {}, grid); }) == "layer 'none': no features");
    CHECK(said([&] { sources.features("bare", "", {}, grid); }) == "layer 'bare': no features with a geometry");
}

TEST_CASE("repairs are those of the widest reading") {
    const Folder folder;
    Sources sources({roads(folder)}, {});
    const rasters::Grid grid = tests::grid_of(10, 10, 10);
    CHECK(sources.repairs().empty());
    sources.features("roads", "class = 'track'", {}, grid);
    CHECK(sources.repairs().at("roads") == layers::Repairs{.read = 1});
    sources.features("roads", "", {}, grid);
    sources.features("roads", "class = 'trunk'", {}, grid);
    CHECK(sources.repairs().at("roads") == layers::Repairs{.read = 3, .null = 1, .flattened = 1});
}

TEST_CASE("rasters and vectors are told apart") {
    const Folder folder;
    layers::LayerSpec missing;
    missing.name = "missing";
    missing.paths = {folder / "missing.gpkg"};
    const Sources sources({roads(folder), raster_layer(folder, "terrain"), missing}, {});
    CHECK(sources.is_raster("terrain"));
    CHECK_FALSE(sources.is_raster("roads"));
    CHECK_FALSE(sources.is_raster("missing"));
    CHECK(sources.raster_info("terrain").cols == 2);
    CHECK(sources.feature_info("roads").count == 3);
    CHECK(sources.feature_info("roads").crs.authority == "EPSG:32643");
    CHECK(said([&] { sources.feature_info("missing"); }).starts_with("layer 'missing': "));
    CHECK(said([&] { sources.raster_info("roads"); }).starts_with("layer 'roads': "));
}

TEST_CASE("a layer has no keys that are for the other kind of source") {
    const Folder folder;
    const auto told = [&](layers::LayerSpec spec, const std::function<void(layers::LayerSpec&)>& set) {
        set(spec);
        const Sources sources({spec}, {});
        return said([&] { sources.is_raster(spec.name); });
    };
    const layers::LayerSpec terrain = raster_layer(folder, "terrain");
    CHECK(told(terrain, [](auto& spec) { spec.where = "a = 1"; }) ==
          "layer 'terrain': `where` is for features; terrain.tif is a raster");
    const std::string why = " is for rasters; roads.csv holds features";
    CHECK(told(roads(folder), [](auto& spec) { spec.band = 2; }) == "layer 'roads': `band`" + why);
    CHECK(told(roads(folder), [](auto& spec) { spec.nodata = 0; }) == "layer 'roads': `nodata`" + why);
    CHECK(told(roads(folder), [](auto& spec) { spec.values = rasters::Values::classes; }) ==
          "layer 'roads': `values`" + why);
    CHECK(told(roads(folder), [](auto& spec) { spec.resample = rasters::Resample::nearest; }) ==
          "layer 'roads': `resample`" + why);
    // Of a file that can't be opened nobody knows which it is.
    CHECK(told(terrain, [](auto& spec) {
              spec.paths = {"nowhere.tif"};
              spec.nodata = 0;
          }).find("is for rasters") == std::string::npos);
}

TEST_CASE("a layer's other uses tell of them, too") {
    const Folder folder;
    layers::LayerSpec terrain = raster_layer(folder, "terrain"), lines = roads(folder);
    terrain.where = "a = 1";
    lines.band = 2;
    const Sources sources({terrain, lines}, {});
    CHECK(said([&] { sources.raster_info("terrain"); }).find("`where` is for features") != std::string::npos);
    CHECK(said([&] { sources.feature_source(lines); }).find("`band` is for rasters") != std::string::npos);
}

TEST_CASE("conditions and fields are checked before anything is read") {
    const Folder folder;
    const Sources sources({roads(folder)}, {});
    sources.check_fields("roads", "class = 'trunk'", {"id"});
    CHECK(said([&] { sources.check_fields("roads", "clas = 'trunk'", {}); }) ==
          "layer 'roads': roads.csv: where: unknown field 'clas'; did you mean 'class'?");
    CHECK(said([&] { sources.check_fields("roads", "", {"lanes"}); }) ==
          "layer 'roads': roads.csv: unknown field 'lanes'; there is id, class, wkt");
}

TEST_CASE("a raster is read on the grid, as the layer or the measure says") {
    const Folder folder;
    layers::LayerSpec spec = raster_layer(folder, "terrain");
    spec.nodata = 4;
    const Sources sources({spec}, {});
    const rasters::RasterReader reader = sources.raster("terrain", tests::grid_of(2, 2, 50));
    CHECK(reader.read({0, 0, 2, 2})[{0, 1}] == 3);
    CHECK(std::isnan(reader.read({0, 0, 2, 2})[{1, 1}]));
    CHECK(sources.raster("terrain", tests::grid_of(2, 2, 50), rasters::Values::classes).info().values ==
          rasters::Values::classes);
}
