// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch_jobs.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/batch.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::batch_jobs;
using engine::BatchOptions;

TEST_CASE("a job for each district, with its own sites") {
    const tests::StudyFolder folder;
    const engine::BatchJobs jobs = batch_jobs(tests::batch_over_halves(folder));
    REQUIRE(jobs.all.size() == 2);
    CHECK(jobs.title == "Small");
    CHECK(jobs.grid == "the study's grid");
    CHECK(jobs.have_sites);
    CHECK(jobs.all[0].name == "West");
    layers::Problems problems;
    const layers::Node east = jobs.all[1].study(problems);
    CHECK(problems.ok());
    CHECK(east.find("sites")->find("where")->text == "FID IN (1)");
}

TEST_CASE("the title of all has an ellipsis for what differs") {
    const tests::StudyFolder folder;
    const BatchOptions options = tests::batch_over_halves(folder);
    std::string text = tests::read_file(folder.path("study.yaml"));
    text.replace(text.find("Small"), 5, "'Zones of {district} {{x}}'");
    tests::write_file(folder.path("study.yaml"), text);
    CHECK(batch_jobs(options).title == "Zones of \u2026 {x}");
}

TEST_CASE("what is wrong with all of them is told before anything is run") {
    const tests::StudyFolder folder;
    BatchOptions options = tests::batch_over_halves(folder, "sitse: {}\n");
    CHECK_THROWS_WITH_AS(batch_jobs(options), doctest::Contains("sitse"), Error);
    options = tests::batch_over_halves(folder);
    options.grid = engine::GridChoice::own;
    CHECK_THROWS_WITH_AS(batch_jobs(options), doctest::Contains("--grid own is for one that doesn't"), Error);
}

TEST_CASE("the folder is beside the study's output, unless named") {
    const tests::StudyFolder folder;
    BatchOptions options = tests::batch_over_halves(folder, "output: results\n");
    CHECK(batch_jobs(options).folder == options.folder);
    options.folder.clear();
    CHECK(batch_jobs(options).folder == std::filesystem::weakly_canonical(folder.path("results-batch")));
}

TEST_CASE("several studies, whose sites stand in one ranking where they score alike") {
    const tests::StudyFolder folder;
    const std::string text = tests::small_study(folder);
    tests::write_file(folder.path("a.yaml"), text);
    tests::write_file(folder.path("b.yaml"), text + "known: 60 %\n");
    tests::write_file(folder.path("c.yaml"), text);
    const auto jobs = [&](std::vector<std::filesystem::path> studies) {
        return batch_jobs({.studies = std::move(studies), .folder = folder.path("all")});
    };
    CHECK(jobs({folder.path("a.yaml"), folder.path("c.yaml")}).no_ranking.empty());
    CHECK(jobs({folder.path("a.yaml"), folder.path("b.yaml")}).no_ranking == "the studies score by different criteria");
    CHECK(jobs({folder.path("a.yaml")}).all[0].folder == "a");
    CHECK_THROWS_WITH_AS(jobs({folder.path("a.yaml"), folder.path("A.yaml")}),
                         doctest::Contains("would have one folder"), Error);
    tests::write_file(folder.path("batch.csv.yaml"), text);
    CHECK_THROWS_WITH_AS(jobs({folder.path("batch.csv.yaml")}), doctest::Contains("and the batch's own files"), Error);
    tests::write_file(folder.path("a.plan.yaml"), text);
    CHECK_THROWS_WITH_AS(jobs({folder.path("a.plan.yaml"), folder.path("a.yaml")}), doctest::Contains("a.plan;"),
                         Error);
}
