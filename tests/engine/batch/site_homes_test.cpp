// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/site_homes.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/batch.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::SiteHomes;
using engine::Study;
using tests::rectangle;

static SiteHomes homes(const tests::StudyFolder& folder, const std::vector<tests::MadeFeature>& sites) {
    folder.features("sites.geojson", sites);
    Study study;
    study.grid.cell = 10;
    study.sites.emplace();
    study.sites->paths = {folder.path("sites.geojson")};
    study.sites->footprint_m2 = 100;
    return engine::site_homes(study,
                              engine::read_districts(tests::two_halves(folder), engine::GridChoice::automatic, {}), {});
}

TEST_CASE("a site belongs to who holds most of it, once") {
    const tests::StudyFolder folder;
    const SiteHomes found = homes(folder, {rectangle(10, 10, 20, 20), rectangle(30, 10, 40, 10),
                                           rectangle(40, 50, 50, 10), rectangle(200, 0, 5, 5)});
    CHECK(found.of[0] == std::vector<std::int64_t>{0, 1});
    CHECK(found.of[1] == std::vector<std::int64_t>{2});
    CHECK(found.nowhere == std::vector<std::int64_t>{3});
}

TEST_CASE("a site partly in no district belongs to who holds any of it") {
    const tests::StudyFolder folder;
    CHECK(homes(folder, {rectangle(110, 0, 100, 10)}).of[1] == std::vector<std::int64_t>{0});
}

TEST_CASE("points belong to where they lie") {
    const tests::StudyFolder folder;
    const SiteHomes found =
        homes(folder, {{"", "Point", {{59, 5}}}, {"", "Point", {{61, 5}}}, {"", "Point", {{-9, 5}}}});
    CHECK(found.of[0] == std::vector<std::int64_t>{0});
    CHECK(found.of[1] == std::vector<std::int64_t>{1});
    CHECK(found.nowhere == std::vector<std::int64_t>{2});
}

TEST_CASE("sites that their number doesn't tell apart are refused") {
    const tests::StudyFolder folder;
    CHECK_THROWS_WITH_AS(homes(folder, {rectangle(1, 1, 5, 5, R"("FID": 7)")}), doctest::Contains("has a field 'FID'"),
                         Error);
}

TEST_CASE("conditions of many numbers are lists that OGR takes") {
    CHECK(engine::where_fid_in({1, 5}) == "FID IN (1, 5)");
    std::vector<std::int64_t> many(1200);
    for (std::size_t i = 0; i < many.size(); ++i)
        many[i] = static_cast<std::int64_t>(i);
    const std::string where = engine::where_fid_in(many);
    CHECK(where.find("499) OR FID IN (500, ") != std::string::npos);
    const tests::StudyFolder folder;
    folder.features("points.geojson", {{"", "Point", {{0, 0}}}, {"", "Point", {{1, 1}}}});
    const auto set = layers::read_features({.paths = {folder.path("points.geojson")}, .where = where}, {}, 1, {});
    CHECK(set.features.size() == 2);
}
