// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/check_json.hpp"

#include "engine/text/yaml.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::tests;
using engine::Json;

TEST_CASE("a tree is told as it was written") {
    layers::Problems problems;
    const auto node = engine::parse_yaml("{to: [a, b], limit: 20 km, none: }", "test", problems);
    CHECK(engine::node_json(node).dump() == R"({"to":["a","b"],"limit":"20 km","none":null})");
}

TEST_CASE("a study as data: grid, layers, criteria with their weights, constraints, sites") {
    const StudyFolder folder;
    const auto prepared = folder.ready(small_study(folder));
    engine::StudyOptions options;
    options.study = "study.yaml";
    options.threads = 1;
    const Json json = engine::check_json(*prepared, options);
    CHECK(json["ok"] == true);
    CHECK(json["study"] == "Small");
    CHECK(json["errors"].empty());
    CHECK(json["grid"].dump() == R"({"cols":12,"rows":12,"cell":10.0,"cells":144})");
    CHECK(json["area_km2"].get<double>() == doctest::Approx(0.0144).epsilon(1e-2));
    CHECK(json["layers"][0]["holds"] == "cells");
    CHECK(json["layers"][1]["count"] == 1);
    const Json& height = json["themes"][0]["criteria"][0];
    CHECK(height["weight"] == 0.75);
    CHECK(height["measure"].dump() == R"({"sample":{"of":"ramp"}})");
    CHECK(height["words"] == "sample of ramp; 0 m is worth 0, 100 m and more is worth 1");
    CHECK(json["constraints"][0]["words"] == "inside lake");
    CHECK(json["sites"]["count"] == 2);
    CHECK(json["sites"]["needs_usable"] == 0.4);
}
