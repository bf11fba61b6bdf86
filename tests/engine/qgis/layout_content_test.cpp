// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/layout_content.hpp"

#include "engine/qgis/result_layers.hpp"
#include "tests/support/project.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

/// What the page of a run shows; the run's own results, with the maps that it left.
LayoutContent content_of(const Prepared& prepared, const RunResult& run, const CellCounts* counts) {
    const Results results{.prepared = prepared,
                          .ranking = run.ranking,
                          .counts = counts,
                          .folder = run.folder,
                          .target = run.folder,
                          .files = run.outputs};
    return layout_content(results, result_layers(results));
}

} // namespace

TEST_CASE("layout_content: the best sites, what is strong and what is weak in them") {
    const tests::StudyFolder folder;
    const auto prepared = folder.ready(tests::small_study(folder));
    const RunResult run = tests::run_in(folder, *prepared);
    CellCounts counts(2, 1);
    counts.excluded[0] = 36;
    const LayoutContent content = content_of(*prepared, run, &counts);
    CHECK(content.title == "Small");
    REQUIRE(content.ranking.size() == 2);
    CHECK(content.ranking[0][0] == "1");
    CHECK(content.ranking[0][1] == run.ranking.rows[0].name);
    const auto lead = [&](std::size_t i) { // of two sites the mean lies halfway
        return run.ranking.columns[i].weight *
               (run.ranking.rows[0].entries[i].value - run.ranking.rows[1].entries[i].value);
    };
    const std::size_t best = lead(0) >= lead(1) ? 0 : 1;
    CHECK(content.ranking[0][4] == run.ranking.columns[best].label);
    CHECK(content.ranking[0][5] == run.ranking.columns[1 - best].label);
    CHECK(content.more == "2 of 2 sites are ranked; sites.gpkg has them all");
    CHECK(content.notes.find("ramp.tif, lake.geojson") != std::string::npos);
    CHECK(content.notes.find("weighted sum") != std::string::npos);
    CHECK(content.notes.find("EPSG:32643") != std::string::npos);
    const rasters::Box area = bounds(prepared->territory.area);
    CHECK(content.view.contains({area.xmin, area.ymin}));
    CHECK(content.view.contains({area.xmax, area.ymax}));
}

TEST_CASE("layout_content: what has no cell is not in the legend") {
    const tests::StudyFolder folder;
    const auto prepared = folder.ready(tests::small_study(folder));
    const RunResult run = tests::run_in(folder, *prepared);
    CellCounts counts(2, 1);
    CHECK(content_of(*prepared, run, &counts).layers.back().id == suitability_id);
    counts.excluded[0] = 1;
    LayoutContent content = content_of(*prepared, run, &counts);
    CHECK(content.layers.back().id == constraints_id);
    CHECK(content.layers.back().title == "Not usable");
    CHECK(content.layers.back().entries == std::vector<int>{1});
    counts.by_state[static_cast<std::size_t>(State::unknown)] = 1;
    CHECK(content_of(*prepared, run, &counts).layers.back().entries == std::vector<int>{1, 2});
    CHECK(content_of(*prepared, run, nullptr).layers.back().id == suitability_id);
}
