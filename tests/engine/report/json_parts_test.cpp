// SPDX-License-Identifier: Apache-2.0
#include "engine/report/json_parts.hpp"

#include "tests/support/ranking.hpp"
#include "tests/support/study.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::Json;

TEST_CASE("outline_json: rings in the grid's metres, to a 20th of a cell") {
    const rasters::Shape square = tests::square_shape(300'000.123456, 3'660'000, 1000);
    const auto corner = [&](double cell) {
        const rasters::Grid grid{.cell = cell, .cols = 10, .rows = 10};
        return engine::outline_json(square, grid, cell / 2, 100).at(0).at(0).at(0).dump();
    };
    CHECK(corner(30) == "300000.0");
    CHECK(corner(10) == "300000.1");
    CHECK(corner(1) == "300000.12");
    CHECK(corner(0.1) == "300000.123");
    CHECK(corner(1000) == "300000.0");
}

TEST_CASE("decision_json: numbers by which every aggregation can be repeated") {
    const tests::StudyFolder folder;
    folder.raster("hill.tif", 9, std::vector<float>(81, 3));
    const auto aggregation = [&](const std::string& choice) {
        const auto p = folder.ready(tests::square_area(9) +
                                    "layers: {hill: {source: hill.tif, unit: m}}\naggregate: " + choice + R"(
criteria:
  land:
    a: {measure: {sample: {of: hill}}, value: {linear: {worst: 0 m, best: 10 m}}}
    b: {measure: {sample: {of: hill}}, value: {linear: {worst: 10 m, best: 0 m}}}
)");
        const engine::Ranking none;
        const std::vector<std::string> files;
        const engine::Results results{.prepared = *p, .ranking = none, .folder = {}, .target = {}, .files = files};
        return engine::decision_json(results)["themes"][0]["aggregation"];
    };
    CHECK(aggregation("weighted sum")["parameters"] == Json::object());
    CHECK(aggregation("weighted sum")["movable"] == true);
    CHECK(aggregation("minimum")["movable"] == false);
    CHECK(aggregation("fuzzy sum")["movable"] == false);
    CHECK(aggregation("{waspas: {lambda: 0.2}}")["parameters"] == Json{{"lambda", 0.2}});
    CHECK(aggregation("fuzzy gamma")["parameters"] == Json{{"gamma", 0.9}});
    CHECK(aggregation("{t-norm: {family: fodor, of: or}}")["parameters"] == Json{{"family", "fodor"}, {"of", "or"}});
    CHECK(aggregation("{owa: {order weights: [3, 1]}}")["parameters"] == Json{{"order weights", {0.75, 0.25}}});
    const Json quantifier = aggregation("{owa quantifier: {risk: 0}}")["parameters"];
    CHECK(quantifier["exponent"] == "inf");
    CHECK(quantifier["order weights"] == Json{1.0, 0.0});
    const Json topsis = aggregation("{topsis: {ideal: {a: 8 m}, anti-ideal: {b: 9 m}}}")["parameters"];
    CHECK(topsis["ideal"] == Json{0.8, 1.0});
    CHECK(topsis["anti-ideal"][0] == 0.0);
    CHECK(topsis["anti-ideal"][1].get<double>() == doctest::Approx(0.1));
    CHECK(aggregation("{compromise: {p: inf}}")["parameters"]["p"] == "inf");
    CHECK(aggregation("{compromise: {p: 3}}")["parameters"]["p"] == 3.0);
}
