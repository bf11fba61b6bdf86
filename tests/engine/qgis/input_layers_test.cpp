// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/input_layers.hpp"

#include "tests/support/folder.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;
namespace fs = std::filesystem;

namespace {

std::vector<TreeNode> inputs_of(const tests::StudyFolder& folder, const std::string& study) {
    const auto prepared = folder.ready(study);
    const Ranking ranking;
    const std::vector<std::string> files;
    return input_layers({.prepared = *prepared,
                         .ranking = ranking,
                         .folder = folder.path(".out.part"),
                         .target = folder.path("out"),
                         .files = files});
}

} // namespace

TEST_CASE("inputs: layers as the study names them") {
    const tests::StudyFolder folder;
    const std::vector<TreeNode> inputs = inputs_of(folder, tests::small_study(folder));
    std::vector<std::string> names, sources;
    for (const TreeNode& node : inputs) {
        REQUIRE(node.layer);
        names.push_back(node.layer->name);
        sources.push_back(node.layer->source);
        CHECK_FALSE(node.shown);
    }
    CHECK(names == std::vector<std::string>{"sites", "ramp", "lake"});
    CHECK(sources == std::vector<std::string>{"../sites.geojson", "../ramp.tif", "../lake.geojson"});
    CHECK(inputs[1].layer->kind == LayerKind::raster);
    CHECK(inputs[1].layer->abstract.find("Values in m.") != std::string::npos);
    CHECK(inputs[2].layer->kind == LayerKind::polygons);
}

TEST_CASE("inputs: classes with names are shown by them, all else in grey") {
    const tests::StudyFolder folder;
    folder.raster("plain.tif", 2, {0, 1, 2, 1});
    tests::write_file(
        folder.path("named.vrt"),
        fmt::format("<VRTDataset rasterXSize=\"2\" rasterYSize=\"2\"><SRS>EPSG:32643</SRS>"
                    "<GeoTransform>{}, 10, 0, {}, 0, -10</GeoTransform><VRTRasterBand dataType=\"Float32\" band=\"1\">"
                    "<CategoryNames><Category/><Category>forest &lt;old&gt;</Category><Category>built</Category>"
                    "</CategoryNames><SimpleSource><SourceFilename relativeToVRT=\"1\">plain.tif</SourceFilename>"
                    "<SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>",
                    tests::west, tests::south + 20));
    const std::vector<TreeNode> inputs = inputs_of(folder, tests::square_area(2) + R"(layers:
  plain: {source: plain.tif, values: classes}
  named: {source: named.vrt, values: classes}
criteria:
  land:
    plain: {measure: {category: {of: plain}}, value: {categories: {1: 1, other: 0}}}
    named: {measure: {category: {of: named}}, value: {categories: {built: 1, other: 0}}}
)");
    REQUIRE(inputs.size() == 2);
    CHECK(inputs[0].layer->style.find("singlebandgray") != std::string::npos);
    CHECK(inputs[1].layer->style.find("paletted") != std::string::npos);
    CHECK(inputs[1].layer->style.find("label=\"forest &lt;old&gt;\"") != std::string::npos);
}

TEST_CASE("inputs: a file is reached from where the results will lie") {
    const tests::Folder home;
    const tests::Folder elsewhere;
    fs::create_directories(home / "data");
    tests::write_file(home / "data/a & b.tif", "");
    tests::write_file(home / "out.tif", "");
    tests::write_file(elsewhere / "far.tif", "");
    const auto source = [&](const fs::path& file) { return source_in(home / "out/run", file, home.path()); };
    CHECK(source(home / "data/a & b.tif") == "../../data/a & b.tif");
    CHECK(source(home / "data/../out.tif") == "../../out.tif");
    CHECK(source_in(home.path(), home / "out.tif", home.path()) == "./out.tif");
    CHECK(source(elsewhere / "far.tif") == "../../../" + elsewhere.path().filename().string() + "/far.tif");
    CHECK_FALSE(source(home / "none.tif"));
}

TEST_CASE("inputs: below the study links are kept, so that it can be moved as a whole") {
    const tests::Folder home;
    const tests::Folder disk;
    tests::write_file(disk / "big.tif", "");
    fs::create_directory_symlink(disk.path(), home / "data");
    CHECK(source_in(home / "out", home / "data/big.tif", home.path()) == "../data/big.tif");
}

TEST_CASE("inputs: names that QGIS can't hold are left out") {
    const tests::Folder home;
    for (const std::string name : {"a|b.tif", "a\nb.tif", "a\xff.tif"}) {
        tests::write_file(home / name, "");
        CHECK_FALSE(source_in(home.path(), home / name, home.path()));
    }
}
