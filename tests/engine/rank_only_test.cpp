// SPDX-License-Identifier: Apache-2.0
#include "engine/rank_only.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace zonerank;

TEST_CASE("the ranking alone is the run's, whatever the tiles, and leaves no file") {
    const tests::StudyFolder folder;
    const std::string study = tests::small_study(folder, "stability: none\n");
    const auto p = folder.ready(study), q = folder.ready(study);
    const engine::RankedSites alone = engine::rank_only(*p, 2, 16, {}, false);
    CHECK(!std::filesystem::exists(folder.path("out")));
    const engine::Ranking whole = tests::run_in(folder, *q).ranking;
    REQUIRE(alone.ranking.rows.size() == 2);
    CHECK(alone.tallies.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(alone.ranking.rows[i].name == whole.rows[i].name);
        CHECK(alone.ranking.rows[i].score == whole.rows[i].score);
    }
}

TEST_CASE("weights that follow from the sites are found without a run") {
    const tests::StudyFolder folder;
    std::string study = tests::small_study(folder, "stability: none\n");
    for (const std::string beside : {"      weight: 3\n", "      weight: 1\n"})
        study.erase(study.find(beside), beside.size());
    study.replace(study.find("  location:\n"), 12, "  location:\n    weights: entropy\n");
    const auto p = folder.ready(study), q = folder.ready(study);
    CHECK(engine::rank_only(*p, 1, 512, {}, false).ranking.columns[0].weight ==
          tests::run_in(folder, *q).ranking.columns[0].weight);
    CHECK(p->decision.criteria[0].weight != 0.5);
}
