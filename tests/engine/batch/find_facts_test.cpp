// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/find_facts.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/batch.hpp"

#include <doctest/doctest.h>

using namespace zonerank;

TEST_CASE("facts are of all districts that can be prepared, and stand in each study") {
    const tests::StudyFolder folder;
    engine::BatchOptions options = tests::batch_over_halves(folder);
    options.common_facts = true;
    std::string text = tests::read_file(folder.path("study.yaml"));
    const std::string linear = "{linear: {worst: 0 m, best: 100 m}}";
    text.replace(text.find(linear), linear.size(), "{stretch: {falling: true}}");
    tests::write_file(folder.path("study.yaml"), text);
    engine::BatchJobs jobs = engine::batch_jobs(options);
    jobs.all.push_back({"Broken", "Broken", jobs.all[0].file, "", [](layers::Problems& problems) {
                            problems.error({}, "broken");
                            return layers::Node();
                        }});
    layers::Sharing sharing;
    engine::InputHashes hashes;
    engine::use_common_facts(jobs, options, hashes, sharing, false);
    layers::Problems problems;
    const layers::Node west = jobs.all[0].study(problems);
    CHECK(problems.ok());
    const layers::Node* value = west.find("criteria")->find("location")->find("height")->find("value");
    CHECK(value->find("linear")->find("best")->text == "0 m");
    CHECK(value->find("linear")->find("worst")->text == "110 m");
}

/// The ramp of the East is damaged behind its header.
static engine::BatchOptions half_damaged(const tests::StudyFolder& folder, const std::string& value) {
    engine::BatchOptions options = tests::batch_over_halves(folder);
    options.common_facts = true;
    std::string text = tests::read_file(folder.path("study.yaml"));
    const std::string linear = "{linear: {worst: 0 m, best: 100 m}}";
    text.replace(text.find(linear), linear.size(), value);
    text.replace(text.find("source: ramp.tif"), 16, "source: 'ramp{code}.tif'");
    tests::write_file(folder.path("study.yaml"), text);
    std::filesystem::copy(folder.path("ramp.tif"), folder.path("ramp1.tif"));
    const std::string whole = tests::read_file(folder.path("ramp.tif"));
    tests::write_file(folder.path("ramp2.tif"), whole.substr(0, whole.size() - 200));
    return options;
}

TEST_CASE("a damaged district is left out of the facts, and the others have theirs") {
    const tests::StudyFolder folder;
    const engine::BatchOptions options = half_damaged(folder, "stretch");
    engine::BatchJobs jobs = engine::batch_jobs(options);
    layers::Sharing sharing;
    engine::InputHashes hashes;
    engine::use_common_facts(jobs, options, hashes, sharing, false);
    layers::Problems problems;
    const layers::Node study = jobs.all[0].study(problems);
    const layers::Node* value = study.find("criteria")->find("location")->find("height")->find("value");
    CHECK(value->find("linear")->find("best")->text == "50 m");
    CHECK_THROWS_WITH_AS(jobs.all[1].study(problems), doctest::Contains("left out of the common facts: "), Error);
    CHECK_THROWS_WITH_AS(jobs.all[1].study(problems), doctest::Contains("ramp2.tif"), Error);
}

/// With weights of the location that follow from the sites, of whose heights the East's are damaged.
static engine::BatchOptions weighed_by_sites(const tests::StudyFolder& folder, const std::string& of_water) {
    const engine::BatchOptions options = half_damaged(folder, "{linear: {worst: 0 m, best: 100 m}}");
    std::string text = tests::read_file(folder.path("study.yaml"));
    for (const char* weight : {"      weight: 3\n", "      weight: 1\n"})
        text.erase(text.find(weight), std::string(weight).size());
    text.replace(text.find("  location:\n"), 12, "  location:\n    weights: standard deviation\n");
    const std::string linear = "{linear: {best: 0 m, worst: 100 m}}";
    text.replace(text.find(linear), linear.size(), of_water);
    tests::write_file(folder.path("study.yaml"), text);
    return options;
}

TEST_CASE("who is left out at the sites is left out of all that was found before, too") {
    const tests::StudyFolder folder;
    const engine::BatchOptions options = weighed_by_sites(folder, "{stretch: {falling: true}}");
    folder.features("sites.geojson", {tests::rectangle(10, 70, 40, 40, R"("name": "hill", "price": 3)"),
                                      tests::rectangle(0, 10, 30, 30, R"("name": "shore", "price": 4)"),
                                      tests::rectangle(70, 70, 40, 40, R"("name": "ridge", "price": 5)")});
    engine::BatchJobs jobs = engine::batch_jobs(options);
    layers::Sharing sharing;
    engine::InputHashes hashes;
    engine::use_common_facts(jobs, options, hashes, sharing, false);
    layers::Problems problems;
    CHECK_THROWS_WITH_AS(jobs.all[1].study(problems), doctest::Contains("ramp2.tif"), Error);
    const layers::Node study = jobs.all[0].study(problems);
    const layers::Node* value = study.find("criteria")->find("location")->find("water")->find("value");
    CHECK(value->find("linear")->find("best")->text == "5 m"); // the lake itself is in the East
}

TEST_CASE("weights can't follow from sites of which none can be measured") {
    const tests::StudyFolder folder;
    const engine::BatchOptions options = weighed_by_sites(folder, "{linear: {best: 0 m, worst: 100 m}}");
    engine::BatchJobs jobs = engine::batch_jobs(options);
    layers::Sharing sharing;
    engine::InputHashes hashes;
    std::filesystem::copy(folder.path("ramp2.tif"), folder.path("ramp1.tif"),
                          std::filesystem::copy_options::overwrite_existing);
    CHECK_THROWS_WITH_AS(engine::use_common_facts(jobs, options, hashes, sharing, false),
                         doctest::Contains("no district's can be measured"), Error);
}

TEST_CASE("a study that needs none stays as it is") {
    const tests::StudyFolder folder;
    const engine::BatchOptions options = tests::batch_over_halves(folder);
    engine::BatchJobs jobs = engine::batch_jobs(options);
    layers::Sharing sharing;
    engine::InputHashes hashes;
    engine::use_common_facts(jobs, options, hashes, sharing, false);
    layers::Problems problems;
    CHECK(jobs.all[0].study(problems).find("sites")->find("where")->text == "FID IN (0)");
}
