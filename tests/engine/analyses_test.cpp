// SPDX-License-Identifier: Apache-2.0
#include "engine/analyses.hpp"

#include "tests/support/industries.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>

TEST_CASE("analyses: none without sites") {
    const zonerank::tests::StudyFolder folder;
    folder.raster("hill.tif", 2, {1, 2, 3, 4});
    const auto p = folder.ready(zonerank::tests::square_area(2) +
                                "layers: {hill: {source: hill.tif, unit: m}}\n"
                                "criteria: {land: {hill: {measure: {sample: {of: hill}}, value: {linear: {worst: 0 "
                                "m, best: 10 m}}}}}\n");
    CHECK(analyses(*p).empty());
}

TEST_CASE("analyses: compare leaves its files and tells the terminal") {
    using namespace zonerank;
    const tests::StudyFolder folder;
    const auto p =
        folder.ready(tests::small_study(folder, "compare: [weighted sum, vikor, {promethee: {preference: v-shape, "
                                                "threshold: {height: 50 m, other: 0.1 km}}}]\n"
                                                "stability: none\n"));
    const engine::RunResult result = tests::run_in(folder, *p);
    REQUIRE(result.tables.size() == 1);
    CHECK(result.tables[0].find("site   study  weighted sum  vikor  promethee\n") != std::string::npos);
    CHECK(tests::read_file(folder.path("out/comparison/ranks.csv")).find("hill,") != std::string::npos);
    CHECK(tests::read_file(folder.path("out/comparison/agreement.csv")).find("study,vikor,") != std::string::npos);
    CHECK(tests::read_file(folder.path("out/comparison/pairs.csv")).find("promethee relation") != std::string::npos);
    CHECK(tests::read_file(folder.path("out/comparison/comparison.json")).find("Brans and Vincke") !=
          std::string::npos);
}

TEST_CASE("analyses: a threshold in another unit is told before anything is computed") {
    using namespace zonerank;
    const tests::StudyFolder folder;
    const auto p = folder.prepared(tests::small_study(
        folder, "compare: [{promethee: {preference: v-shape, threshold: {height: 5 min, other: 1 km}}}]\n"));
    REQUIRE(p->problems.errors().size() == 1);
    CHECK(p->problems.errors()[0].text.starts_with("compare: promethee: threshold: height: expected a length"));
}

TEST_CASE("analyses: industries and known sites, a unit each; known ground is the map's") {
    const zonerank::tests::StudyFolder folder;
    const auto p = folder.ready(
        small_study(folder, zonerank::tests::two_industries + "validate: {good: {sites: hill}}\nstability: none\n"));
    const auto asked = analyses(*p);
    REQUIRE(asked.size() == 2);
    CHECK(asked[0].files.front() == "industries/scores.csv");
    CHECK(asked[1].files.front() == "validation/roc.csv");
    folder.features("known.geojson", {zonerank::tests::rectangle(0, 0, 30, 30)});
    const std::string on_map = small_study(folder, "validate: {good: {source: known.geojson}}\nstability: none\n");
    CHECK(analyses(*folder.ready(on_map)).empty());
    const auto with_map = folder.ready(on_map);
    const auto whole = run_in(folder, *with_map);
    CHECK(whole.tables.size() == 1);
    CHECK(zonerank::tests::read_file(folder.path("out/manifest.json")).find("known.geojson") != std::string::npos);
    CHECK(std::ranges::find(whole.outputs, "validation/known.csv") != whole.outputs.end());
    const auto without = folder.ready(on_map);
    const auto quick = run_in(folder, *without, {.sites_only = true});
    REQUIRE(quick.tables.size() == 1);
    CHECK(quick.tables[0].find("--sites-only") != std::string::npos);
    CHECK(std::ranges::find(quick.outputs, "validation/known.csv") == quick.outputs.end());
}
