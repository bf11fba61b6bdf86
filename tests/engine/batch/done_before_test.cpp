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

TEST_CASE("a source that can't be listed is asked again, not taken for one without files") {
    const tests::Folder folder;
    tests::write_file(folder / "a", "one");
    InputHashes hashes;
    for (int time = 0; time < 2; ++time)
        CHECK_THROWS_AS(hashes.of_source("a", []() -> std::vector<fs::path> { throw Error("no such format"); }), Error);
    CHECK(hashes.known().parts.empty());
    hashes.of_source("a", [&] { return std::vector{folder / "a"}; });
    CHECK(hashes.known().parts.at("a").size() == 1);
}

TEST_CASE("hashes are known while files stay what they were") {
    const tests::Folder folder;
    tests::write_file(folder / "a", "one");
    InputHashes hashes;
    const std::string before = hashes.of(folder / "a").sha256;
    CHECK(hashes.known().hashes.size() == 1);
    tests::write_file(folder / "a", "other");
    CHECK(hashes.known().hashes.empty());
    CHECK(hashes.of(folder / "a").sha256 != before);
    CHECK_THROWS_AS(hashes.of(folder / "none"), Error);
    int listed = 0;
    for (int i = 0; i < 2; ++i)
        hashes.of_source("roads", [&] {
            ++listed;
            return std::vector{folder / "a"};
        });
    CHECK(listed == 1);
    CHECK(hashes.known().parts.at("roads").size() == 1);
}
