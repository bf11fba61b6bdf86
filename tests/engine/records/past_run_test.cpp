// SPDX-License-Identifier: Apache-2.0
#include "engine/records/past_run.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/past_run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::read_past_run;
using Json = nlohmann::ordered_json;

static std::string complaint(const std::string& manifest) {
    const tests::Folder folder;
    tests::write_file(folder / "manifest.json", manifest);
    try {
        read_past_run(folder.path());
    } catch (const Error& e) {
        const std::string text = e.what();
        CHECK(text.find('\n') == text.npos);
        return text.substr(folder.path().string().size() + 1);
    }
    return "";
}

TEST_CASE("past_run: what a manifest tells") {
    const tests::Folder folder;
    tests::write_small_run(folder.path(), tests::small_manifest());
    for (const auto& from : {folder / "out", folder / "out" / "manifest.json"}) {
        const engine::PastRun run = read_past_run(from);
        CHECK(run.folder == folder / "out");
        CHECK(run.title == "Small");
        CHECK(run.grid == "EPSG:32643, 4 x 3 cells of 100 m");
        REQUIRE(run.outputs.size() == 2);
        CHECK(run.outputs[1] == engine::ListedFile{"b/c.txt", 3, engine::sha256("two")});
        REQUIRE(run.inputs.size() == 1);
        CHECK(run.inputs[0].files[0].path == "data/roads.gpkg");
        CHECK(run.weights[1].name == "local roads");
        CHECK(run.weights[1].number == 0.4);
        CHECK(run.states[0].cells == 10);
        CHECK(run.constraints[0].ha == 2.1);
        CHECK(run.study_folder == "..");
        CHECK_FALSE(run.connected);
    }
}

TEST_CASE("past_run: what is no manifest of ours") {
    for (const char* text :
         {"", "{", "[]", "null", "\"zonerank\"", "{}", R"({"program": "other"})", R"({"program": 7})"})
        CHECK(complaint(text) == "manifest.json: not the manifest of a run of zonerank");
    CHECK(complaint(std::string(1'000'000, '[')).find("levels deep") != std::string::npos);
    const tests::Folder folder;
    CHECK_THROWS_WITH_AS(read_past_run(folder / "none"), (folder / "none: no such file").c_str(), Error);
}

TEST_CASE("past_run: outputs lie below the run's folder") {
    for (const char* path : {"../a.txt", "/etc/passwd", "b/../../a.txt", "..", "", ".", "b/", "./a.txt", "/"}) {
        CHECK_FALSE(engine::stays_inside(path));
        Json manifest = tests::small_manifest();
        manifest["outputs"][path] = tests::listed("x");
        CHECK(complaint(manifest.dump()) ==
              fmt::format("manifest.json: the output '{}' leads out of the run's folder", path));
    }
    CHECK_FALSE(engine::stays_inside(std::string("a\0b", 3)));
    for (const char* path : {"a.txt", "criteria/power.tif", "..a", "a b/c..txt"})
        CHECK(engine::stays_inside(path));
}

TEST_CASE("past_run: inputs are seen from the study's folder, also from beside it") {
    Json manifest = tests::small_manifest();
    Json& path = manifest["inputs"]["roads"]["files"][0]["path"];
    path = "../shared/roads.gpkg";
    CHECK(complaint(manifest.dump()).empty());
    for (const char* bad : {"/etc/passwd", ""}) {
        path = bad;
        CHECK(complaint(manifest.dump()) ==
              fmt::format("manifest.json: the input '{}' is no path from the study's folder", bad));
    }
}

TEST_CASE("past_run: the way to the study only leads up") {
    for (const auto& [way, kept] :
         {std::pair{"..", true}, {"../..", true}, {".", true}, {"../data", false}, {"/etc", false}, {"", false}}) {
        Json manifest = tests::small_manifest();
        manifest["study_folder"] = way;
        const tests::Folder folder;
        tests::write_small_run(folder.path(), manifest);
        CHECK(read_past_run(folder / "out").study_folder.has_value() == kept);
    }
}

TEST_CASE("past_run: the study's file is a name, no way") {
    const tests::Folder folder;
    Json manifest = tests::small_manifest();
    tests::write_small_run(folder.path(), manifest);
    CHECK(read_past_run(folder / "out").study_file.empty()); // of a run by an older version
    manifest["study_file"] = "a b.yaml";
    tests::write_small_run(folder.path(), manifest);
    CHECK(read_past_run(folder / "out").study_file == "a b.yaml");
    for (const char* way : {"../a.yaml", "/etc/passwd", "b/a.yaml", "..", "."}) {
        manifest["study_file"] = way;
        CHECK(complaint(manifest.dump()) == fmt::format("manifest.json: the study's file '{}' is no name alone", way));
    }
}

TEST_CASE("past_run: members of another shape than ours") {
    const std::pair<const char*, Json> wrong[] = {
        {"/outputs", Json::array()},
        {"/outputs", nullptr},
        {"/outputs/a.txt", 7},
        {"/outputs/a.txt/bytes", -1},
        {"/outputs/a.txt/bytes", 1e300},
        {"/outputs/a.txt/sha256", "abc"},
        {"/outputs/a.txt/sha256", std::string(64, 'G')},
        {"/inputs", "all"},
        {"/inputs/roads", Json::array()},
        {"/inputs/roads/files", Json::object()},
        {"/inputs/roads/files/0", 3},
        {"/inputs/roads/files/0/path", 3},
        {"/inputs/roads/files/0/path", nullptr},
        {"/grid", 5},
        {"/grid/columns", "many"},
        {"/decision", Json::array()},
        {"/decision/criteria", "x"},
        {"/decision/criteria/power/weight", "0.6"},
        {"/decision/weighing/summary", 5},
        {"/cells/states/valid", 7},
        {"/cells/constraints/steep/excludes", 7},
        {"/version", 7},
        {"/sites_only", "no"},
        {"/expanded", Json::object()},
        {"/study_folder", 1},
        {"/study_file", 1},
        {"/ready_criteria", "grid connection@1"},
        {"/ready_criteria", {{"power", 1}}},
    };
    for (const auto& [place, value] : wrong) {
        Json manifest = tests::small_manifest();
        manifest[Json::json_pointer(place)] = value;
        CAPTURE(place);
        CHECK_FALSE(complaint(manifest.dump()).empty());
    }
    for (const char* key : {"outputs", "inputs", "grid"}) {
        Json manifest = tests::small_manifest();
        manifest.erase(key);
        CHECK_FALSE(complaint(manifest.dump()).empty());
    }
}

TEST_CASE("past_run: tables that were read") {
    const tests::Folder folder;
    Json manifest = tests::small_manifest();
    Json table{{"database", "PG:dbname=zones password=***"},
               {"table", "gis.roads"},
               {"rows", 7},
               {"sha256", std::string(64, 'a')}};
    manifest["inputs"]["roads"]["files"] = {table};
    tests::write_small_run(folder.path(), manifest);
    const engine::PastInput input = read_past_run(folder / "out").inputs.at(0);
    REQUIRE(input.tables.size() == 1);
    CHECK(input.tables[0].rows == 7);
    CHECK(input.tables[0].label() == "gis.roads in database 'zones'");
    table["database"] = "data/roads.gpkg";
    manifest["inputs"]["roads"]["files"] = {table};
    CHECK(complaint(manifest.dump()) == "manifest.json: the input 'gis.roads' is in no database");
}

TEST_CASE("past_run: what came from servers, with what they told") {
    const tests::Folder folder;
    Json manifest = tests::small_manifest();
    manifest["inputs"]["roads"]["files"] = {
        {{"source", "/vsicurl/http://h/a.tif"}, {"bytes", 3}, {"modified", 7}, {"tag", "\"one\""}}};
    tests::write_small_run(folder.path(), manifest);
    const engine::PastInput input = read_past_run(folder / "out").inputs.at(0);
    REQUIRE(input.remotes.size() == 1);
    CHECK(input.remotes[0].state == zonerank::rasters::RemoteState{3, 7, "\"one\""});
    CHECK_FALSE(input.elsewhere);
    for (const char* source : {"not a file", "/etc/passwd", "/vsistdin/", "/vsicurl/http://h/b.tif"}) {
        Json untold{{"source", source}};
        if (std::string(source).find("h/b") == std::string::npos)
            untold.update({{"bytes", 3}, {"modified", 7}, {"tag", ""}});
        manifest["inputs"]["roads"]["files"] = {untold};
        tests::write_small_run(folder.path(), manifest);
        const engine::PastInput elsewhere = read_past_run(folder / "out").inputs.at(0);
        CHECK_MESSAGE(elsewhere.elsewhere, source);
        CHECK(elsewhere.remotes.empty());
    }
    manifest["inputs"]["roads"]["files"] = {{{"source", "/vsicurl/http://h/a.tif"}, {"bytes", -3}, {"modified", 7}}};
    CHECK_FALSE(complaint(manifest.dump()).empty());
}
