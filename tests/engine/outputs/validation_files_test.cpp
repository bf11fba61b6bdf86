// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/validation_files.hpp"

#include "tests/support/industries.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace zonerank;
using namespace zonerank::engine;
using namespace zonerank::tests;

namespace {

Validation small(bool on_map) {
    Validation result{.on_map = on_map, .cut = 0.6, .others = 4, .others_above = 0.25};
    result.known = {{"a", true, 0.7, 0.75, true}, {"b, c", true, engine::nan, engine::nan, false, "outside the area"}};
    result.roc = roc({{0.7}}, {{0.1}, {0.3}, {0.5}, {0.8}});
    return result;
}

} // namespace

TEST_CASE("validation: the files, empty where nothing is known") {
    const Folder folder;
    write_validation(small(true), folder.path());
    CHECK(read_file(folder / "validation/known.csv") ==
          "name,known,score,higher_than,above_cut,reason\na,good,0.7,0.75,yes,\n\"b, c\",good,,,,outside the area\n");
    CHECK(read_file(folder / "validation/roc.csv") ==
          "cut,hit_rate,false_alarm_rate\n,0,0\n0.8,0,0.25\n0.7,1,0.25\n0.1,1,1\n");
    const auto json = nlohmann::json::parse(read_file(folder / "validation/validation.json"));
    CHECK(json["auc"] == 0.75);
    CHECK(json["known"][1]["score"].is_null());
    CHECK(json["roc"][0][0].is_null());
}

TEST_CASE("validation: in plain words") {
    const std::string map = validation_text(small(true)), sites = validation_text(small(false));
    CHECK(map.find("1 of 1 good zone with a score reaches the cut of 0.6, which 25 % of the usable area does.\n") !=
          std::string::npos);
    CHECK(map.find("the good one scores higher in 75: AUC 0.75 (0.5 is chance, 1 perfect)") != std::string::npos);
    CHECK(map.find("presence against background, Hirzel and Le Lay 2008") != std::string::npos);
    CHECK(map.find("With 1 good zone the standard error is rough") != std::string::npos);
    CHECK(sites.find("which 25 % of the 4 other sites do.\n") != std::string::npos);
    CHECK(sites.find("Hirzel") == std::string::npos);
    CHECK(map.find("nan") == std::string::npos);
}

TEST_CASE("validation: nothing to compare is said") {
    Validation none{.on_map = true, .cut = 0.5};
    none.known = {{"a", true, engine::nan, engine::nan, false, "outside the area"}};
    const std::string text = validation_text(none);
    CHECK(text.find("0 of 0 good zones with a score reach the cut of 0.5.\n") != std::string::npos);
    CHECK(text.find("There is nothing to compare: no AUC.\n") != std::string::npos);
    CHECK(text.find("nan") == std::string::npos);
}
