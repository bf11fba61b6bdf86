// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/industry_files.hpp"

#include "tests/support/industries.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace zonerank;
using namespace zonerank::engine;
using namespace zonerank::tests;

TEST_CASE("industries: the files of a run, the same for any threads and tiles") {
    const StudyFolder folder;
    const std::string study = small_study(folder, two_industries + "assign: {per site: 1}\n");
    std::vector<std::string> seen;
    for (const unsigned threads : {1U, 4U}) {
        const auto p = folder.ready(study);
        const RunResult result = run_in(folder, *p, {.threads = threads, .tile = threads == 1 ? 512 : 16});
        std::string all;
        for (const std::string& file : industry_files()) {
            CHECK(std::ranges::find(result.outputs, file) != result.outputs.end());
            all += read_file(folder.path("out/" + file));
        }
        seen.push_back(all);
    }
    CHECK(seen[0] == seen[1]);
    CHECK(seen[0].find("nan") == std::string::npos);
    const std::string scores = read_file(folder.path("out/industries/scores.csv"));
    CHECK(scores.find("\n1,hill,mill,0.25") != std::string::npos);
    CHECK(scores.find("water 43.9 m, at most 30 m needed") != std::string::npos);
    const auto json = nlohmann::json::parse(read_file(folder.path("out/industries/industries.json")));
    CHECK(json["aim"] == "total score");
    CHECK(json["industries"][0]["weights"]["height"] == 1);
    CHECK(json["industries"][0]["needs"][0]["at_most"] == 30);
    CHECK(json["industries"][0]["second_best_loses"].is_null()); // the hill does not suit
    CHECK(json["assignment"].size() == 2);
    CHECK(json["sites"][0]["best_industry"].is_string());
}

TEST_CASE("industries: who goes without is in the assignment, with the reason") {
    const StudyFolder folder;
    const auto p =
        folder.ready(small_study(folder, "profiles: {mill: {sites: 4, needs: {water: {at most: 30 m}}}, none: "
                                         "{needs: {height: {at least: 1 km}}}}\n"));
    run_in(folder, *p);
    const std::string text = read_file(folder.path("out/industries/assignment.csv"));
    CHECK(text.starts_with("industry,site_id,site,score,rank,below_best,reason\nmill,2,shore,"));
    CHECK(text.find("\nmill,,,,,,only 1 site suits it\n") != std::string::npos);
    CHECK(text.find("\nnone,,,,,,no site suits it\n") != std::string::npos);
}

TEST_CASE("industries: a better use by others is the reason, where sites suit") {
    const IndustryMatrix matrix{{{"1", "a"}}, {{"x", "X"}}, {{0.5}}};
    CHECK(why_without(matrix, 0) == "the sites that suit it do more for others, or take none");
}
