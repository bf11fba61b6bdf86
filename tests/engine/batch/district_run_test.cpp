// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/district_run.hpp"

#include "tests/support/batch.hpp"

#include <doctest/doctest.h>

namespace fs = std::filesystem;
using namespace zonerank;
using engine::BatchRow;
using State = BatchRow::State;

TEST_CASE("a district is done, already done, failed, or waits still") {
    const tests::StudyFolder folder;
    const engine::BatchOptions options = tests::batch_over_halves(folder);
    const engine::BatchJobs jobs = batch_jobs(options);
    std::atomic<bool> stop = false;
    layers::Sharing sharing;
    std::vector<std::string> told;
    engine::BatchWords words([&](const std::string& line) { told.push_back(line); });
    engine::DistrictRuns runs(options, sharing, words, stop);
    const auto run = [&](const engine::BatchJob& job) { return runs(job, jobs.folder / job.folder, {}); };

    const BatchRow done = run(jobs.all[0]);
    CHECK(done.state == State::done);
    CHECK(done.best == "hill");
    CHECK(done.seconds > 0);
    const BatchRow kept = run(jobs.all[0]);
    CHECK(kept.state == State::kept);
    CHECK(kept.cells == done.cells);
    CHECK(kept.seconds == 0);

    stop = true;
    CHECK(run(jobs.all[1]).state == State::waiting);
    CHECK_FALSE(fs::exists(jobs.folder / "East"));
    CHECK(told.empty());

    stop = false;
    fs::remove(folder.path("lake.geojson"));
    const BatchRow failed = run(jobs.all[1]);
    CHECK(failed.state == State::failed);
    CHECK(failed.error.find("lake.geojson") != std::string::npos);
    REQUIRE(told.size() == 1);
    CHECK(told[0] == "East: " + failed.error);
}
