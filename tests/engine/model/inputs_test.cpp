// SPDX-License-Identifier: Apache-2.0
#include "engine/model/inputs.hpp"

#include "engine/model/changed.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;
namespace fs = std::filesystem;
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

TEST_CASE("tables are those of layers, area, sites and known zones alike") {
    const StudyFolder folder;
    std::string text = small_study(folder, R"(validate: {good: {source: "PG:dbname=plan", layer: parks}}
)");
    text.replace(text.find("lake: lake.geojson"), 18, R"(lake: {source: "PG:dbname=gis", layer: lakes})");
    text.replace(text.find("source: sites.geojson"), 21, R"(source: "PG:dbname=gis", layer: plots)");
    using Tables = std::set<std::pair<std::string, std::string>>;
    CHECK(engine::input_tables(folder.prepared(text)->study) ==
          Tables{{"PG:dbname=gis", "lakes"}, {"PG:dbname=gis", "plots"}, {"PG:dbname=plan", "parks"}});
}

TEST_CASE("inputs are noted with what is read beside them and behind them") {
    const StudyFolder folder;
    write_file(folder.path("ponds.csv"), "x,y\n500060,3600030\n");
    write_file(folder.path("ponds.vrt"), R"(<OGRVRTDataSource><OGRVRTLayer name="ponds"><LayerSRS>EPSG:32643</LayerSRS>
        <SrcDataSource relativeToVRT="1">ponds.csv</SrcDataSource><GeometryType>wkbPoint</GeometryType>
        <GeometryField encoding="PointFromColumns" x="x" y="y"/></OGRVRTLayer></OGRVRTDataSource>)");
    std::string text = small_study(folder);
    text.replace(text.find("lake: lake.geojson"), 18, "lake: ponds.vrt");
    text.erase(text.find("constraints:"), text.find("sites:") - text.find("constraints:"));
    const auto p = folder.ready(text);
    p->files.check_all();
    std::string changed = "ponds.csv"; // its end
    SUBCASE("a file behind another") {
        write_file(folder.path(changed), "x,y\n500060,3600031\n1,2\n");
    }
    SUBCASE("one beside that") {
        changed = "ponds.csvt";
        write_file(folder.path(changed), "CoordY,CoordX");
    }
    SUBCASE("one in a folder") {
        fs::create_directory(folder.path("water"));
        write_file(folder.path("water/ponds.csv"), "x,y\n1,2\n");
        engine::note_input({.name = "water", .paths = {folder.path("water")}}, {}, p->files);
        write_file(folder.path("water/ponds.csv"), "x,y\n1,2\n3,4\n");
    }
    SUBCASE("one of the sites") {
        changed = "sites.geojson";
        write_file(folder.path(changed), "{}");
    }
    CHECK_THROWS_WITH_AS(p->files.check_all(), doctest::Contains((changed + ": has changed").c_str()), engine::Changed);
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

TEST_CASE("tables of judgements, wherever weights are, each once") {
    const StudyFolder folder;
    std::filesystem::create_directory(folder.path("more"));
    for (const char* name : {"a.csv", "b.csv", "more/c.csv"})
        write_file(folder.path(name), ",height,water\nheight,1,3\nwater,,1\n");
    std::string text = small_study(folder, "profiles:\n  textile: {weights: {ahp: {csv: more/c.csv}}}\n");
    for (const char* weight : {"      weight: 3\n", "      weight: 1\n"})
        text.erase(text.find(weight), std::string(weight).size());
    text.insert(text.find("    height:"),
                "    weights: {ahp: {people: {ann: {csv: b.csv}, bob: {csv: a.csv}, eve: {csv: a.csv}}}}\n");
    const auto p = folder.prepared(text);
    const engine::Study& study = p->study;
    CHECK(judgement_tables(study) ==
          std::vector<std::filesystem::path>{folder.path("a.csv"), folder.path("b.csv"), folder.path("more/c.csv")});
    const engine::Input& last = inputs_of(study).back();
    CHECK(last.name == engine::judgements_input);
    CHECK(last.is_text);
    CHECK(last.paths.size() == 3);
}

TEST_CASE("the files of an input: all in a folder, and what is read beside a file without being listed") {
    const Folder folder;
    std::filesystem::create_directories(folder / "tiles" / "deep");
    for (const char* name : {"tiles/a.dbf", "tiles/deep/b.shp", "tiles/c.sr.lock", "points.csvt", "points.prj"})
        write_file(folder / name, "x");
    write_file(folder / "points.csv", "name,lon,lat\nA,73.5,33.1\n");
    const auto names = [&](const std::string& source) {
        std::vector<std::string> found;
        for (const std::filesystem::path& file : engine::input_files(folder / source, rasters::Access{}))
            found.push_back(file.lexically_relative(folder.path()).generic_string());
        return found;
    };
    CHECK(names("tiles") == std::vector<std::string>{"tiles/a.dbf", "tiles/deep/b.shp"});
    CHECK(names("points.csv") == std::vector<std::string>{"points.csv", "points.csvt", "points.prj"});
    CHECK(engine::input_files("/vsicurl/http://127.0.0.1:9/a.tif", rasters::Access{}).empty());
}
