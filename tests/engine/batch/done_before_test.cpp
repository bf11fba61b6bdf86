// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/done_before.hpp"

#include "engine/plan/plan_folder.hpp"
#include "engine/text/yaml.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>

namespace fs = std::filesystem;
using namespace zonerank;
using engine::done_before;
using engine::InputHashes;

static engine::Study study_in(const tests::StudyFolder& folder, const std::string& text) {
    tests::write_file(folder.path("study.yaml"), text);
    layers::Problems problems;
    return engine::read_study(folder.path("study.yaml"), problems);
}

TEST_CASE("a run is as it was until its study, an input or an output changes") {
    const tests::StudyFolder folder;
    const std::string text = tests::small_study(folder);
    CHECK_FALSE([&] {
        InputHashes hashes;
        return done_before(folder.path("out"), study_in(folder, text), hashes);
    }());
    tests::run_in(folder, *folder.ready(text));
    InputHashes hashes;
    const engine::Study study = study_in(folder, text);
    CHECK(done_before(folder.path("out"), study, hashes));
    CHECK_FALSE(done_before(folder.path("out"), study_in(folder, text + "known: 60 %\n"), hashes));

    SUBCASE("an output is missing") {
        fs::remove(folder.path("out/suitability.tif"));
    }
    SUBCASE("an output has another size") {
        tests::write_file(folder.path("out/ranking.csv"), "half");
    }
    SUBCASE("an input has changed") {
        folder.features("lake.geojson", {tests::rectangle(50, 0, 60, 60)});
    }
    SUBCASE("an input is gone") {
        fs::remove(folder.path("lake.geojson"));
    }
    SUBCASE("the manifest can't be read") {
        tests::write_file(folder.path("out/manifest.json"), "{");
    }
    CHECK_FALSE(done_before(folder.path("out"), study, hashes));
}

TEST_CASE("what a killed run has left beside its results is cleared away, and they stay") {
    const tests::StudyFolder folder;
    tests::run_in(folder, *folder.ready(tests::small_study(folder)));
    const fs::path out = folder.path("out"), earlier = folder.path(".out.part-abcdef"), plan = folder.path("out.plan");
    fs::copy(out, earlier, fs::copy_options::recursive);
    fs::create_directories(plan / "units");
    tests::write_file(plan / ".zonerank-lock", "");
    const auto before = fs::last_write_time(out / "manifest.json");
    SUBCASE("when nobody is at work") {
        engine::clear_strays(out);
        CHECK_FALSE(fs::exists(earlier));
        CHECK_FALSE(fs::exists(plan));
    }
    SUBCASE("but not the plan that another is at work on") {
        const auto lock = engine::PlanFolder(plan).lock(true);
        engine::clear_strays(out);
        CHECK(fs::exists(plan));
    }
    CHECK(fs::last_write_time(out / "manifest.json") == before);
}

TEST_CASE("a file more that known places are in is none of the run's") {
    const tests::StudyFolder folder;
    folder.features("known1.geojson", {tests::rectangle(20, 80, 10, 10)});
    const std::string text = tests::small_study(folder, "validate: {good: {source: 'known*.geojson'}}\n");
    tests::run_in(folder, *folder.ready(text));
    InputHashes hashes;
    CHECK(done_before(folder.path("out"), study_in(folder, text), hashes));
    folder.features("known2.geojson", {tests::rectangle(30, 90, 10, 10)});
    CHECK_FALSE(done_before(folder.path("out"), study_in(folder, text), hashes));
}

TEST_CASE("an input that was only touched is the same") {
    const tests::StudyFolder folder;
    const std::string text = tests::small_study(folder);
    tests::run_in(folder, *folder.ready(text));
    fs::last_write_time(folder.path("lake.geojson"), fs::file_time_type::clock::now() + std::chrono::hours(1));
    InputHashes hashes;
    CHECK(done_before(folder.path("out"), study_in(folder, text), hashes));
}

/// Whether the small study, with `more`, is what was done in "out".
static bool is_done(const tests::StudyFolder& folder, const std::string& text) {
    InputHashes hashes;
    return done_before(folder.path("out"), study_in(folder, text), hashes);
}

/// A Shapefile of one rectangle, with all its parts.
static void write_shapefile(const tests::StudyFolder& folder, const std::string& name,
                            const tests::MadeFeature& shape) {
    folder.features("made.geojson", {shape});
    tests::converted(folder.path("made.geojson"), folder.path(name), {"-f", "ESRI Shapefile", "-overwrite"});
    fs::remove(folder.path("made.geojson"));
}

/// The small study whose lake is in a folder of Shapefiles.
static std::string study_of_folder(const tests::StudyFolder& folder) {
    std::string text = tests::small_study(folder);
    fs::create_directory(folder.path("water"));
    write_shapefile(folder, "water/lake.shp", tests::rectangle(60, 0, 60, 60));
    text.replace(text.find("lake: lake.geojson"), 18, "lake: {source: water, layer: lake}");
    return text;
}

TEST_CASE("a folder is the same as long as all of its files are, and no further one came") {
    const tests::StudyFolder folder;
    const std::string text = study_of_folder(folder);
    tests::run_in(folder, *folder.ready(text));
    CHECK(is_done(folder, text));
    SUBCASE("a file has changed") {
        write_shapefile(folder, "water/lake.shp", tests::rectangle(50, 0, 60, 60));
    }
    SUBCASE("a file came") {
        write_shapefile(folder, "water/pond.shp", tests::rectangle(0, 0, 20, 20));
    }
    SUBCASE("a file went") {
        fs::remove(folder.path("water/lake.prj"));
    }
    CHECK_FALSE(is_done(folder, text));
}

TEST_CASE("a file that came beside an input and is read with it counts") {
    const tests::StudyFolder folder;
    const std::string text = study_of_folder(folder);
    fs::remove(folder.path("water/lake.prj"));
    std::string single = text;
    single.replace(single.find("{source: water, layer: lake}"), 28, "{source: water/lake.shp, crs: EPSG:32643}");
    tests::run_in(folder, *folder.ready(single));
    CHECK(is_done(folder, single));
    tests::write_file(folder.path("water/lake.cpg"), "UTF-8");
    CHECK_FALSE(is_done(folder, single));
}

/// The small study with weights of judgements in a table.
static std::string judged(const tests::StudyFolder& folder, const std::string& three) {
    std::string text = tests::small_study(folder);
    for (const char* weight : {"      weight: 3\n", "      weight: 1\n"})
        text.erase(text.find(weight), std::string(weight).size());
    text.insert(text.find("    height:"), "    weights: {ahp: {csv: judgements.csv}}\n");
    tests::write_file(folder.path("judgements.csv"), ",height,water\nheight,1," + three + "\nwater,,1\n");
    return text;
}

TEST_CASE("tables of judgements count with what is in them, whenever that was written") {
    const tests::StudyFolder folder;
    const std::string text = judged(folder, "3");
    tests::run_in(folder, *folder.ready(text));
    const fs::path table = folder.path("judgements.csv");
    fs::last_write_time(table, fs::file_time_type::clock::now() + std::chrono::hours(1));
    CHECK(is_done(folder, text));
    judged(folder, "5");
    fs::last_write_time(table, fs::last_write_time(folder.path("out/manifest.json")) - std::chrono::hours(1));
    CHECK_FALSE(is_done(folder, text));
    fs::remove(table);
    CHECK_FALSE(is_done(folder, text));
}

TEST_CASE("what the base of a study says counts") {
    const tests::StudyFolder folder;
    const std::string base = tests::small_study(folder);
    const std::string text = "extends: base.yaml\n";
    tests::write_file(folder.path("base.yaml"), base);
    study_in(folder, text);
    layers::Problems problems;
    const auto prepared = engine::prepare(folder.path("study.yaml"), {}, 1, {}, false);
    REQUIRE(prepared->problems.ok());
    tests::run_in(folder, *prepared);
    CHECK(is_done(folder, text));
    tests::write_file(folder.path("base.yaml"), "# only a remark\n" + base);
    CHECK(is_done(folder, text));
    tests::write_file(folder.path("base.yaml"), base + "known: 60 %\n");
    CHECK_FALSE(is_done(folder, text));
}

TEST_CASE("results name the file of their study, and the way to it") {
    const tests::StudyFolder folder;
    const std::string text = tests::small_study(folder);
    tests::run_in(folder, *folder.ready(text));
    CHECK(is_done(folder, text));
    tests::write_file(folder.path("other.yaml"), text);
    layers::Problems problems;
    InputHashes hashes;
    CHECK_FALSE(done_before(folder.path("out"), engine::read_study(folder.path("other.yaml"), problems), hashes));
    fs::create_directories(folder.path("deep"));
    fs::rename(folder.path("out"), folder.path("deep/out"));
    CHECK_FALSE(done_before(folder.path("deep/out"), study_in(folder, text), hashes));
}

TEST_CASE("a server that nobody may ask, or that doesn't answer, may have anything by now") {
    const tests::StudyFolder folder;
    const std::string text = tests::small_study(folder);
    tests::run_in(folder, *folder.ready(text));
    const fs::path manifest = folder.path("out/manifest.json");
    std::string told = tests::read_file(manifest);
    const std::string at = R"("files": [)";
    const std::size_t lake = told.find(at, told.find(R"("lake": {)"));
    told.insert(lake + at.size(),
                R"({"source": "/vsicurl/http://127.0.0.1:9/a", "bytes": 1, "modified": 5, "tag": ""},)");
    tests::write_file(manifest, told);
    CHECK_FALSE(is_done(folder, text));
}
