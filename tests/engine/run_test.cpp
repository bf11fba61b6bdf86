// SPDX-License-Identifier: Apache-2.0
#include "engine/run.hpp"

#include "rasters/core/stopped.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>

namespace fs = std::filesystem;
using namespace zonerank;
using namespace zonerank::tests;

static std::vector<std::string> listed(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (!entry.is_directory())
            names.push_back(entry.path().lexically_relative(folder).string());
    std::ranges::sort(names);
    return names;
}

TEST_CASE("a run leaves its files, and nothing beside them") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    const engine::RunResult result = run_in(folder, *prepared);
    std::vector<std::string> files = result.outputs;
    std::ranges::sort(files);
    CHECK(files == listed(folder.path("out")));
    CHECK(std::ranges::find(files, "manifest.json") != files.end());
    for (const std::string& name : listed(folder.path("")))
        CHECK(name.find(".part-") == std::string::npos);
}

TEST_CASE("the ranking is what a hand finds") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    const engine::Ranking ranking = run_in(folder, *prepared).ranking;
    // hill: columns 1..4, mean height 25 m; its centres lie 10 k + 5 + 10 m and more from the lake's corner.
    const engine::SiteRow& hill = row_of(ranking, "hill");
    CHECK(hill.entries[0].measurement == doctest::Approx(25));
    double metres = 0;
    for (int row = 0; row < 4; ++row)
        for (int col = 1; col < 5; ++col)
            metres += std::hypot(60 - (col * 10 + 5), 15 + row * 10) / 16;
    CHECK(hill.entries[1].measurement == doctest::Approx(metres).epsilon(1e-6));
    CHECK(hill.score == doctest::Approx(0.75 * 0.25 + 0.25 * (1 - metres / 100)).epsilon(1e-6));
    // shore: half of it lies in the lake.
    const engine::SiteRow& shore = row_of(ranking, "shore");
    CHECK(shore.shares.excluded == doctest::Approx(0.5));
    CHECK(shore.excluded_by == "lake");
    CHECK(shore.rank == 1);
    CHECK(hill.rank == 2);
}

TEST_CASE("the bytes do not depend on tiles, threads or maps") {
    const StudyFolder folder;
    const std::string study = small_study(folder);
    std::vector<std::string> seen[3];
    for (const int tile : {16, 64, 512})
        for (const unsigned threads : {1U, 4U}) {
            const auto prepared = folder.ready(study);
            run_in(folder, *prepared, {.threads = threads, .tile = tile});
            seen[0].push_back(read_file(folder.path("out/suitability.tif")));
            seen[1].push_back(read_file(folder.path("out/sites.geojson")));
            seen[2].push_back(read_file(folder.path("out/constraints.tif")));
        }
    for (const auto& versions : seen)
        for (const std::string& bytes : versions)
            CHECK(bytes == versions.front());
    const auto prepared = folder.ready(study);
    const engine::RunResult result = run_in(folder, *prepared, {.sites_only = true});
    CHECK(read_file(folder.path("out/sites.geojson")) == seen[1].front());
    CHECK(std::ranges::find(result.outputs, "suitability.tif") == result.outputs.end());
}

TEST_CASE("a stopped run leaves the earlier result") {
    const StudyFolder folder;
    const std::string study = small_study(folder);
    const auto first = folder.ready(study);
    run_in(folder, *first);
    const std::string before = read_file(folder.path("out/manifest.json"));
    const auto second = folder.ready(study);
    engine::RunOptions options{.threads = 1, .output = folder.path("out")};
    CHECK_THROWS_WITH_AS(engine::run(*second, options, true), "stopped", Stopped);
    CHECK(read_file(folder.path("out/manifest.json")) == before);
}

TEST_CASE("a measurement beyond the ends that a study sets ends the run, which leaves nothing") {
    const StudyFolder folder;
    std::string study = small_study(folder);
    const std::string old = "{linear: {worst: 0 m, best: 100 m}}";
    study.replace(study.find(old), old.size(), "{piecewise: {0 m: 0, 100 m: 1, beyond: error}}");
    const auto prepared = folder.ready(study);
    std::string found;
    try {
        run_in(folder, *prepared);
    } catch (const Error& error) {
        found = error.what();
    }
    CHECK(found.find("criterion 'height': 110 m is measured, beyond the ends of its value function, 0 m and 100 m "
                     "(beyond: error)") != found.npos);
    CHECK_FALSE(fs::exists(folder.path("out")));
    for (const std::string& name : listed(folder.path("")))
        CHECK(name.find(".part-") == std::string::npos);
}
