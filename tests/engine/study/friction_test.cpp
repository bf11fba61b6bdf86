// SPDX-License-Identifier: Apache-2.0
#include "engine/study/friction.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using layers::FrictionSpec;

namespace {

struct Read {
    FrictionSpec friction;
    std::string said;
};

Read read(const std::string& text) {
    layers::Problems problems;
    FrictionSpec friction = engine::read_friction(tests::yaml(text), problems);
    return {std::move(friction), tests::text_of(problems)};
}

bool says(const std::string& text, const std::string& what) {
    const std::string said = read(text).said;
    INFO(said);
    return said.find(what) != std::string::npos;
}

} // namespace

TEST_CASE("a friction as a study writes it") {
    const auto [friction, said] = read(R"(
cell: 250 m
area: {box: [60, 23, 78, 37.5]}
ground: 4 km/h
terrain: dem
speeds:
  - {of: roads, by: class, speed: {motorway: 100 km/h, other: 10 m/s}, one way: oneway}
  - {of: rail, where: "gauge > 1000", speed: 60 km/h}
barriers: [water, {outside: countries, cells: any part}]
delays: [{of: posts, time: 1 h}]
)");
    CHECK(said.empty());
    CHECK(friction.cell == 250);
    CHECK(friction.area->ymax == 37.5);
    CHECK(friction.ground == 4);
    CHECK(friction.terrain == "dem");
    REQUIRE(friction.speeds.size() == 2);
    CHECK(friction.speeds[0].field == "class");
    CHECK(friction.speeds[0].one_way == "oneway");
    REQUIRE(friction.speeds[0].by_class.size() == 2);
    CHECK(friction.speeds[0].by_class[1].first.other);
    CHECK(friction.speeds[0].by_class[1].second == doctest::Approx(36));
    CHECK(friction.speeds[1].speed == 60);
    CHECK(friction.speeds[1].where == "gauge > 1000");
    REQUIRE(friction.barriers.size() == 2);
    CHECK(friction.barriers[0].layer == "water");
    CHECK_FALSE(friction.barriers[0].any_part);
    CHECK(friction.barriers[1].outside);
    CHECK(friction.barriers[1].any_part);
    REQUIRE(friction.delays.size() == 1);
    CHECK(friction.delays[0].minutes == 60);
}

TEST_CASE("left out: the study's cells, walking pace, level ground") {
    const FrictionSpec friction = read("speeds: [{of: roads, speed: 50 km/h}]").friction;
    CHECK(friction.cell == 0);
    CHECK_FALSE(friction.area);
    CHECK(friction.ground == 5);
    CHECK(friction.terrain.empty());
}

TEST_CASE("slopes: their mean both ways, or uphill and downhill, by a curve") {
    const auto [walking, none] = read("terrain: {of: dem, direction: uphill and downhill}");
    CHECK(none.empty());
    CHECK(walking.terrain == "dem");
    CHECK(walking.directed);
    CHECK(walking.slopes.kind == layers::SlopeCurve::Kind::tobler);
    const FrictionSpec driving = read("terrain: {of: dem, curve: vehicle}").friction;
    CHECK_FALSE(driving.directed);
    CHECK(driving.slopes.kind == layers::SlopeCurve::Kind::vehicle);
    const auto [table, still_none] = read("terrain: {of: dem, curve: {-20 %: 0.5, 0 %: 1, 45 deg: 0}}");
    CHECK(still_none.empty());
    REQUIRE(table.slopes.table.size() == 3);
    CHECK(table.slopes.table[0].first == doctest::Approx(-0.2));
    CHECK(table.slopes.table[2].first == doctest::Approx(1));
    CHECK(says("terrain: {of: dem, direction: up}", "expected both ways or uphill and downhill, found 'up'"));
    CHECK(says("terrain: {of: dem, curve: car}", "expected tobler, vehicle or a table"));
    CHECK(says("terrain: {of: dem, curve: {10 %: 1, 5 %: 0}}", "slopes have to rise"));
    CHECK(says("terrain: {of: dem, curve: {0 %: 1, 5 %: -0.1}}", "a factor of speed is 0 or more, found '-0.1'"));
    CHECK(says("terrain: {of: dem, curve: {}}", "expected tobler, vehicle or a table"));
    CHECK(says("terrain: {curve: tobler}", "'of' is missing"));
}

TEST_CASE("what can't be meant is told") {
    CHECK(says("speeds: [{of: roads, speed: 0 km/h}]", "a speed is above 0, found '0 km/h'"));
    CHECK(says("speeds: [{of: roads, speed: {a: -3 km/h}}]", "speed: a: a speed is above 0"));
    CHECK(says("speeds: [{of: roads, speed: 60}]", "speed"));
    CHECK(read("speeds: [{of: a raster of speeds}]").said.empty());
    CHECK(says("speeds: [{speed: 5 km/h}]", "'of' is missing"));
    CHECK(says("speeds: {of: roads}", "expected a list, found a mapping"));
    CHECK(says("speeds: [{of: roads, sped: 5 km/h}]", "did you mean 'speed'?"));
    CHECK(says("ground: 0 km/h", "expected more than 0"));
    CHECK(says("cell: -3 m", "expected more than 0"));
    CHECK(says("cell: 3 min", "expected a length"));
    CHECK(says("area: {around: sites}", "expected {box: [west, south, east, north]}"));
    CHECK(says("barriers: [{of: lakes, cells: all}]", "expected centre or any part, found 'all'"));
    CHECK(says("barriers: [{of: lakes, outside: land}]", "`outside` names it"));
    CHECK(says("delays: [{of: posts}]", "'time' is missing"));
    CHECK(says("delays: [{of: posts, time: -5 min}]", "a delay is 0 or more"));
}
