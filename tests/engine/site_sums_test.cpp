// SPDX-License-Identifier: Apache-2.0
#include "engine/site_sums.hpp"

#include "tests/support/run.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace zonerank;
using engine::SiteSums;

TEST_CASE("SiteSums: the same ranking whatever the tiles and their order") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::small_study(folder));
    const engine::Ranking whole = tests::ranked(*p);
    SiteSums sums(*p);
    std::vector<rasters::Window> tiles = engine::tiles_of(*p->model, 7);
    std::ranges::reverse(tiles);
    for (const rasters::Window& tile : tiles)
        if (const auto sites = sums.in(tile); !sites.empty())
            sums.add(p->model->evaluate(tile), sites);
    const engine::Ranking found = sums.ranking();
    REQUIRE(found.rows.size() == whole.rows.size());
    for (std::size_t i = 0; i < whole.rows.size(); ++i) {
        CHECK(found.rows[i].name == whole.rows[i].name);
        CHECK((found.rows[i].score == whole.rows[i].score || whole.rows[i].rank == 0));
    }
}

TEST_CASE("tiles have names, and no site reaches into one that it does not touch") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::small_study(folder));
    const SiteSums sums(*p);
    CHECK(engine::name_of({0, 512, 512, 100}) == "columns 0..511, rows 512..611");
    CHECK(sums.in({100'000, 100'000, 10, 10}).empty());
    CHECK(sums.in(p->model->grid().window()).size() == p->territory.candidates.size());
}

TEST_CASE("facts and weights are known when their units are done") {
    const tests::StudyFolder folder;
    std::string study = tests::small_study(folder);
    const auto p = folder.ready(study);
    CHECK(engine::add_facts_and_weights(*p, "key", 8, {}).empty());
    bool told = false;
    p->decision.weighing.later = [&](const engine::DecisionMatrix& matrix) {
        told = true;
        return engine::Weighing{engine::Weights::equal(matrix.columns()), "of the sites", "of the sites"};
    };
    const auto last = engine::add_facts_and_weights(*p, "key", 8, {});
    REQUIRE(last.size() == 1);
    CHECK(p->graph.units()[last[0]].name == "weights");
    p->graph.run(2, {}, false);
    CHECK(told);
    CHECK_FALSE(p->decision.awaits_sites());
}

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
