// SPDX-License-Identifier: Apache-2.0
#include "engine/model/inputs.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;
using Paths = std::vector<std::string>;

TEST_CASE("a study's inputs: its layers, then what has a source of its own") {
    const StudyFolder folder;
    folder.features("known.geojson", {rectangle(15, 70, 20, 10)});
    const auto p = folder.ready(small_study(folder, "validate: {good: {source: known.geojson}}\n"));
    const std::vector<engine::Input> inputs = engine::inputs_of(p->study);
    REQUIRE(inputs.size() == 4); // the area is a box
    CHECK(inputs[0].name == "ramp");
    CHECK(inputs[0].paths == Paths{folder.path("ramp.tif")});
    CHECK(inputs[1].name == "lake");
    CHECK(inputs[2].name == "(sites)");
    CHECK(inputs[2].paths == Paths{folder.path("sites.geojson")});
    CHECK(inputs[3].name == "(good zones)");
}

TEST_CASE("what inputs are read from is there once, however many read it") {
    const StudyFolder folder;
    const auto p = folder.ready(small_study(folder, "validate: {good: {source: sites.geojson}}\n"));
    CHECK(engine::input_sources(*p) ==
          Paths{folder.path("lake.geojson"), folder.path("ramp.tif"), folder.path("sites.geojson")});
}

TEST_CASE("a source is its files, or the archive that it is in") {
    const StudyFolder folder;
    write_file(folder.path("data.zip"), "PK");
    const auto p = folder.ready(small_study(folder));
    const auto files = [&](const std::string& source) { return engine::input_files(source, *p); };
    CHECK(files(folder.path("ramp.tif")) == std::vector<std::filesystem::path>{folder.path("ramp.tif")});
    CHECK(files("/vsizip/" + folder.path("data.zip") + "/ramp.tif") ==
          std::vector<std::filesystem::path>{folder.path("data.zip")});
    CHECK(files("/vsicurl/https://example.com/ramp.tif").empty());
    CHECK(files("PG:dbname=zones").empty());
}

TEST_CASE("a path is told as the study's folder sees it") {
    const engine::Study study{.folder = "/data/studies/./mirpur"};
    CHECK(engine::path_in_study("/data/studies/mirpur/roads.gpkg", study) == "roads.gpkg");
    CHECK(engine::path_in_study("/data/studies/mirpur/../dem/./hills.tif", study) == "../dem/hills.tif");
}
