// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/districts.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/batch.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::GridChoice;
using engine::OverSpec;
using engine::read_districts;
using tests::rectangle;

static std::string refusal(const tests::StudyFolder& folder, const std::vector<std::string>& properties) {
    std::vector<tests::MadeFeature> features;
    for (const std::string& text : properties)
        features.push_back(rectangle(100.0 * static_cast<double>(features.size()), 0, 100, 100, text));
    folder.features("districts.geojson", features);
    try {
        read_districts({folder.path("districts.geojson"), "", "name", ""}, GridChoice::automatic, {});
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

TEST_CASE("districts have their fields, a folder and what selects them") {
    const tests::StudyFolder folder;
    const engine::Districts districts = read_districts(tests::two_halves(folder), GridChoice::automatic, {});
    REQUIRE(districts.all.size() == 2);
    const engine::District& west = districts.all[0];
    CHECK(west.name == "West");
    CHECK(west.folder == "West");
    CHECK(west.where == "\"district\" = 'West'");
    CHECK(west.fields.names == std::vector<std::string>{"district", "code"});
    CHECK(std::get<std::int64_t>(west.fields.values[1]) == 1);
    CHECK(districts.common_grid);
    CHECK(districts.around.authority == "EPSG:32643");
}

TEST_CASE("`where` chooses, and stays with what selects them; numbers can be names") {
    const tests::StudyFolder folder;
    OverSpec over = tests::two_halves(folder);
    over.where = "code > 1";
    over.name = "CODE"; // as in conditions, letter case does not count
    const engine::Districts districts = read_districts(over, GridChoice::automatic, {});
    REQUIRE(districts.all.size() == 1);
    CHECK(districts.all[0].name == "2");
    CHECK(districts.all[0].where == "(\"code\" = 2) AND (code > 1)");
}

TEST_CASE("what would be lost or mixed up is refused before anything is run") {
    const tests::StudyFolder folder;
    CHECK(refusal(folder, {R"("name": "a/b")", R"("name": "A:B")"})
              .ends_with("'A:B' and 'a/b' would have one folder, A_B; name them by a field in which they differ"));
    CHECK(refusal(folder, {R"("name": "a")", R"("name": "a")"}).find("several features are named 'a'") !=
          std::string::npos);
    CHECK(refusal(folder, {R"("name": "a")", R"("name": "A.plan")"}).find("one folder, A.plan") != std::string::npos);
    CHECK(refusal(folder, {R"("name": "Batch.json")"}).find("the batch's own files") != std::string::npos);
    CHECK(refusal(folder, {R"("name": null)"}).find("has no name in 'name'") != std::string::npos);
    CHECK(refusal(folder, {R"("name": "  ")"}).find("has no name in 'name'") != std::string::npos);
    CHECK(refusal(folder, {R"("nam": "a")"}).find("unknown field 'name'; did you mean 'nam'?") != std::string::npos);
    CHECK(refusal(folder, {"\"name\": \"" + std::string(300, 'x') + '"'}).find("longer than 200 bytes") !=
          std::string::npos);
    CHECK(refusal(folder, {R"("name": ".hidden")"}).empty());
    folder.features("districts.geojson", {{R"("name": "p")", "Point", {{0, 0}}}});
    CHECK_THROWS_WITH_AS(read_districts({folder.path("districts.geojson"), "", "name", ""}, GridChoice::automatic, {}),
                         doctest::Contains("'p' has no polygon"), Error);
}

TEST_CASE("one grid where one CRS is true to 0.1 %, else one each; those of one CRS together") {
    const tests::StudyFolder folder;
    const double far = 2'000'000; // some zones to the east
    folder.features("districts.geojson",
                    {rectangle(0, 0, 1000, 1000, R"("name": "a")"), rectangle(far, 0, 1000, 1000, R"("name": "b")"),
                     rectangle(2000, 0, 1000, 1000, R"("name": "c")")});
    const OverSpec over{folder.path("districts.geojson"), "", "name", ""};
    const engine::Districts own = read_districts(over, GridChoice::automatic, {});
    CHECK_FALSE(own.common_grid);
    CHECK(own.all[0].name == "a");
    CHECK(own.all[1].name == "c");
    CHECK(own.all[1].crs.authority == "EPSG:32643");
    CHECK(own.all[2].crs.authority != "EPSG:32643");
    const engine::Districts common = read_districts(over, GridChoice::common, {});
    CHECK(common.common_grid);
    CHECK(common.all[1].name == "b");
    CHECK(common.all[1].crs.wkt == common.around.wkt);
    CHECK_FALSE(read_districts(tests::two_halves(folder), GridChoice::own, {}).common_grid);
}
