// SPDX-License-Identifier: Apache-2.0
#include "engine/site_sums.hpp"

#include "tests/support/archive.hpp"
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
    SiteSums filed(*p);
    std::vector<rasters::Window> tiles = rasters::tiles(p->model->grid().window(), 7);
    std::ranges::reverse(tiles);
    for (const rasters::Window& tile : tiles) {
        SiteSums part(*p);
        for (SiteSums* to : {&sums, &part})
            if (const auto sites = to->in(tile); !sites.empty())
                to->add(p->model->evaluate(tile), sites);
        tests::hand_over(part, filed);
    }
    CHECK((tests::put_by(filed) == tests::put_by(sums)));
    const engine::Ranking found = filed.ranking();
    REQUIRE(found.rows.size() == whole.rows.size());
    for (std::size_t i = 0; i < whole.rows.size(); ++i) {
        CHECK(found.rows[i].name == whole.rows[i].name);
        CHECK((found.rows[i].score == whole.rows[i].score || whole.rows[i].rank == 0));
    }
}

TEST_CASE("no site reaches into a window that it does not touch") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(tests::small_study(folder));
    const SiteSums sums(*p);
    CHECK(sums.in({100'000, 100'000, 10, 10}).empty());
    CHECK(sums.in(p->model->grid().window()).size() == p->territory.candidates.size());
}
