// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/way.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace zonerank;

TEST_CASE("way: how far on it a measurement is") {
    const layers::Unit metres = layers::base_unit(layers::Dimension::length);
    const struct {
        std::vector<layers::Parameter> parameters;
    } row{{engine::measured("from", ""), engine::measured("to", "")}};
    layers::Problems problems;
    const layers::Params p(tests::yaml("{from: 2 km, to: 6 km}"), row.parameters, metres, "row", problems);
    const engine::Way way = engine::way(p, "from", "to");
    CHECK(way.open(3000) == 0.25);
    CHECK(way.open(10'000) == 2);
    CHECK(way.closed(10'000) == 1);
    CHECK(way.closed(0) == 0);
    CHECK_THROWS_WITH(engine::way(p, "to", "from"), "'to' (6 km) must be below 'from' (2 km)");
}
