// SPDX-License-Identifier: Apache-2.0
#include "engine/records/difference_text.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace zonerank;

static engine::RunDifference runs() {
    engine::RunDifference runs;
    runs.before = {.folder = "old", .version = "0.1.0", .title = "Mirpur"};
    runs.after = {.folder = "new", .version = "0.1.0", .title = "Mirpur"};
    return runs;
}

TEST_CASE("difference_text: what a planner asks, in order") {
    engine::RunDifference found = runs();
    found.inputs = {{"roads", "data/roads.gpkg", "content changed", 1000, 2000}};
    found.study = {{"criterion power: value: worst", "20 km", "15 km"}};
    found.weights = {{"power", 0.6, 0.5}, {"rail", 0.4, 0.4}};
    found.methods = {{"grid", "100 m", "50 m"}};
    found.sites = {{engine::PastSite{"s", "Hill", 1, 0.8, "", {}}, engine::PastSite{"s", "Hill", 2, 0.7, "", {}},
                    "Grid connection", -0.09},
                   {{}, engine::PastSite{"n", "Lake\x1b[31m", 1, 0.9, "", {}}, "", 0}};
    found.states = {{"excluded", engine::PastGround{"excluded", 1, 1234.4}, engine::PastGround{"excluded", 2, 1000}}};
    found.map.difference = engine::MapDifference{.both = 10, .changed = 4};
    const std::string text = engine::difference_text(found, 100);
    std::size_t at = 0;
    for (const char* part :
         {"before  old (Mirpur, zonerank 0.1.0)", "Inputs: 1 file differs", "content changed", "Study: 1 change",
          "criterion power: value: worst: 20 km -> 15 km", "power        60.0   50.0", "-10.0", "1 other is as before",
          "grid: 100 m -> 50 m", "Ranking: of 2 sites 2 another rank, 1 another score", "1 -> 2",
          "Grid connection (-0.090)", "new", "1,234", "-234", "Suitability: 4 of 10 cells changed (40 %)"}) {
        CAPTURE(std::string(part));
        const std::size_t next = text.find(part, at);
        CHECK(next != text.npos);
        at = next == text.npos ? at : next;
    }
    CHECK(text.find('\x1b') == text.npos);
    CHECK(text.find("Nothing differs") == text.npos);
}

TEST_CASE("difference_text: where nothing differs, and what could not be compared") {
    engine::RunDifference found = runs();
    found.sites_unread = "new has no ranking.csv";
    found.map.reason = "their grids differ: 3 x 2 and 2 x 3 cells";
    const std::string text = engine::difference_text(found, 100);
    CHECK(text.find("Ranking: not compared: new has no ranking.csv.") != text.npos);
    CHECK(text.find("Suitability: not compared: their grids differ") != text.npos);
    CHECK(text.find("Nothing differs between the two runs.") != text.npos);
}

TEST_CASE("difference_text: of long lists the first, and how many more") {
    engine::RunDifference found = runs();
    for (int i = 0; i < 1000; ++i) {
        found.inputs.push_back({"tiles", fmt::format("{}.tif", i), "gone", 1, 0});
        found.outputs.push_back({"", fmt::format("o{}.tif", i), "gone", 1, 0});
    }
    const std::string text = engine::difference_text(found, 100);
    CHECK(text.find("Inputs: 1000 files differ") != text.npos);
    CHECK(text.find("  and 950 more (--json has all)\n") != text.npos);
    CHECK(text.find("o5.tif and 994 more.") != text.npos);
    CHECK(text.size() < 10'000);
}
